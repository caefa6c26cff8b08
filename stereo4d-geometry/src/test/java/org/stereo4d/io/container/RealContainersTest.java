package org.stereo4d.io.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stereo4d.run.Limits;
import org.stereo4d.testing.Mutations;
import org.stereo4d.testing.Programs;
import org.stereo4d.testing.RealData;

/** Files of cameras and encoders, with ffprobe as the judge of what players see. */
class RealContainersTest {
  private static final String MESH_VIDEO = "vr180/google_sample_mesh.mp4";

  @TempDir Path folder;

  private static String packets(Path path) throws Exception {
    return Programs.ffprobe(
        "-show_entries",
        "packet=stream_index,pts,dts,size,flags,data_hash",
        "-show_data_hash",
        "md5",
        "-of",
        "csv",
        path.toString());
  }

  @Test
  void read_meshVideo_givesTwoMeshes() throws IOException {
    SphericalMetadata metadata = SphericalVideo.read(RealData.path(MESH_VIDEO));
    assertThat(metadata.layout()).contains(StereoLayout.TOP_BOTTOM);
    assertThat(metadata.yawDegrees()).isZero();
    Projection.Mesh mesh = (Projection.Mesh) metadata.projection().orElseThrow();
    assertThat(mesh.encoding()).isEqualTo("dfl8");
    List<ProjectionMesh> meshes = mesh.decode(Limits.DEFAULTS);
    assertThat(meshes).hasSize(2);
    for (ProjectionMesh m : meshes) {
      assertThat(m.vertexCount()).isEqualTo(1600);
      float[] v = m.vertices();
      for (int i = 0; i < v.length; i += ProjectionMesh.VERTEX_SIZE) {
        double radius = Math.sqrt(v[i] * v[i] + v[i + 1] * v[i + 1] + v[i + 2] * v[i + 2]);
        assertThat(radius).isBetween(0.999, 1.001); // a sphere around the eye
        assertThat(v[i + 3]).isBetween(0f, 1f);
        assertThat(v[i + 4]).isBetween(0f, 1f);
      }
      assertThat(m.strips()).isNotEmpty();
      assertThat(m.strips().get(0).indices().length).isGreaterThan(1600);
    }
    // texture coordinates are of one eye's half of the frame, so each mesh spans all of it
    for (ProjectionMesh m : meshes) {
      assertThat(meanV(m)).isBetween(0.45, 0.55);
    }
  }

  private static double meanV(ProjectionMesh mesh) {
    double sum = 0;
    float[] v = mesh.vertices();
    for (int i = 4; i < v.length; i += ProjectionMesh.VERTEX_SIZE) {
      sum += v[i];
    }
    return sum / mesh.vertexCount();
  }

  @Test
  void write_whatWasRead_givesTheSameBox() throws IOException {
    Path source = RealData.path(MESH_VIDEO);
    byte[] expected = Files.readAllBytes(RealData.path("vr180/google_sample_sv3d.bin"));
    Path target = folder.resolve("same.mp4");
    SphericalVideo.write(source, target, SphericalVideo.read(source));
    byte[] file = Files.readAllBytes(target);
    byte[] before = Files.readAllBytes(source);
    int at = new String(before, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("sv3d") - 4;
    assertThat(Arrays.copyOfRange(file, at, at + expected.length)).isEqualTo(expected);
    assertThat(file).hasSize(before.length);
    Path again = folder.resolve("again.mp4");
    SphericalVideo.write(target, again, SphericalVideo.read(target));
    assertThat(again).hasSameBinaryContentAs(target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MESH_VIDEO,
        "videoio/testsrc_320x240_h264.mp4",
        "videoio/testsrc_320x240_vp9.mp4",
        "videoio/testsrc_32x24_prores.mov",
        "videoio/mediapy_video.mp4",
        "loop/fire.mp4",
        "videoio/pano.webm"
      })
  void write_anyFile_keepsEveryPacket(String name) throws Exception {
    Path source = RealData.path(name);
    Path target = folder.resolve("vr180." + name.substring(name.lastIndexOf('.') + 1));
    SphericalMetadata metadata = SphericalMetadata.vr180(StereoLayout.LEFT_RIGHT);
    SphericalVideo.write(source, target, metadata);
    SphericalMetadata back = SphericalVideo.read(target);
    assertThat(back.layout()).isEqualTo(metadata.layout());
    assertThat(back.projection()).isEqualTo(metadata.projection());
    assertThat(packets(target)).isNotBlank();
    assertThat(packets(target).equals(packets(source))).as("same packets").isTrue();
    String sideData = Programs.ffprobe("-select_streams", "v", "-show_streams", target.toString());
    assertThat(sideData).contains("side by side").containsIgnoringCase("equirectangular");
  }

  @ParameterizedTest
  @ValueSource(strings = {"videoio/pano.webm", "loop/fire.mp4"})
  void write_largeMesh_movesTheMediaAndKeepsEveryPacket(String name) throws Exception {
    Projection mesh = SphericalVideo.read(RealData.path(MESH_VIDEO)).projection().orElseThrow();
    Path source = RealData.path(name);
    Path target = folder.resolve("mesh." + name.substring(name.lastIndexOf('.') + 1));
    SphericalVideo.write(
        source, target, SphericalMetadata.spherical(StereoLayout.TOP_BOTTOM, mesh));
    assertThat(Files.size(target) - Files.size(source)).isGreaterThan(36_000);
    Projection.Mesh back = (Projection.Mesh) SphericalVideo.read(target).projection().orElseThrow();
    assertThat(back.decode(Limits.DEFAULTS)).hasSize(2);
    assertThat(packets(target)).isNotBlank();
    assertThat(packets(target).equals(packets(source))).as("same packets").isTrue();
    String seek = "-read_intervals";
    String late =
        Programs.ffprobe(
            seek,
            "4%+1",
            "-show_entries",
            "packet=pts,data_hash",
            "-show_data_hash",
            "md5",
            "-of",
            "csv",
            target.toString());
    String lateBefore =
        Programs.ffprobe(
            seek,
            "4%+1",
            "-show_entries",
            "packet=pts,data_hash",
            "-show_data_hash",
            "md5",
            "-of",
            "csv",
            source.toString());
    assertThat(late).isEqualTo(lateBefore).isNotBlank();
  }

  @Test
  void write_flatStereo_ffprobeReadsTheLayout() throws Exception {
    Path source = RealData.path("loop/fire.mp4");
    Path target = folder.resolve("flat.mp4");
    SphericalVideo.write(source, target, SphericalMetadata.flat(StereoLayout.TOP_BOTTOM));
    assertThat(Programs.ffprobe("-show_streams", target.toString())).contains("top and bottom");
    assertThat(SphericalVideo.read(target).projection()).isEqualTo(Optional.empty());
  }

  @Test
  void decode_damagedMeshes_areReadOrRefused() throws Exception {
    byte[] data =
        ((Projection.Mesh)
                SphericalVideo.read(RealData.path(MESH_VIDEO)).projection().orElseThrow())
            .data();
    Mutations.Outcome outcome =
        Mutations.survives(
            data,
            ".mesh",
            18,
            file -> new Projection.Mesh("dfl8", Files.readAllBytes(file)).decode(Limits.DEFAULTS));
    assertThat(outcome.refused()).isGreaterThan(1000);
  }

  @Test
  void decode_damagedRawMesh_isReadOrRefused() throws Exception {
    byte[] raw = rawMesh();
    List<ProjectionMesh> meshes = new Projection.Mesh("raw ", raw).decode(Limits.DEFAULTS);
    assertThat(meshes.get(0).vertices()).containsExactly(1, 2, 1, 1, 1, 2, 2, 1, 1, 1);
    assertThat(meshes.get(0).strips().get(0).indices()).containsExactly(0, 1, 0);
    Mutations.survives(
        raw,
        ".mesh",
        19,
        file -> new Projection.Mesh("raw ", Files.readAllBytes(file)).decode(Limits.DEFAULTS));
    assertThatThrownBy(() -> new Projection.Mesh("raw ", new byte[0]).decode(Limits.DEFAULTS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no mesh");
  }

  /**
   * Two coordinates (1, 2), two vertices, one list of three indices. Two bits per coordinate index
   * and per vertex index: differences 0, 1, 0, -1 are coded 0, 2, 0, 1.
   */
  private static byte[] rawMesh() {
    byte[] coordinates = Containers.ints(2, Float.floatToIntBits(1), Float.floatToIntBits(2));
    // vertex 0: indices 0 1 0 0 0; vertex 1: 1 1 0 0 0; each of x y z u v has its own history
    byte[] vertices = Containers.join(Containers.ints(2), bits("00 10 00 00 00 10 00 00 00 00"));
    byte[] list =
        Containers.join(
            Containers.ints(1), new byte[] {0, 1}, Containers.ints(3), bits("00 10 01"));
    return Containers.box("mesh", coordinates, vertices, list);
  }

  private static byte[] bits(String text) {
    String digits = text.replace(" ", "");
    byte[] out = new byte[(digits.length() + 7) / 8];
    for (int i = 0; i < digits.length(); i++) {
      out[i / 8] |= (byte) ((digits.charAt(i) - '0') << (7 - i % 8));
    }
    return out;
  }

  @Test
  void damagedRealHeaders_areReadOrRefused() throws Exception {
    byte[] head = Files.readAllBytes(RealData.path("videoio/testsrc_320x240_h264.mp4"));
    Mutations.Outcome outcome =
        Mutations.survives(
            head,
            ".mp4",
            20,
            file -> {
              SphericalVideo.read(file);
              SphericalVideo.write(
                  file, folder.resolve("o.mp4"), SphericalMetadata.vr180(StereoLayout.MONO));
            });
    assertThat(outcome.read()).isPositive();
  }
}
