package org.stereo4d.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.camera.Vec3;
import org.stereo4d.depth.PointCloud;
import org.stereo4d.run.Json;
import org.stereo4d.run.Limits;
import org.stereo4d.testing.Mutations;
import org.stereo4d.track.Tracks3d;

/** PLY and GLB. */
class PointFilesTest {
  @TempDir Path folder;

  private static PointCloud cloud() {
    return PointCloud.builder()
        .add(new Vec3(1, 2, 3), 255, 0, 10)
        .add(new Vec3(-4.5, 0.25, 1e-7), 1, 2, 3)
        .build();
  }

  /** Three tracks over four frames; frame 2 shows nothing, track 1 only frame 0. */
  private static Tracks3d tracks() {
    float[] xyz = new float[3 * 4 * 3];
    for (int k = 0; k < xyz.length; k++) {
      xyz[k] = k + 0.5f;
    }
    boolean[] visible = {
      true, true, false, true, true, false, false, false, false, true, false, true
    };
    return Tracks3d.wrap(4, xyz, visible, new byte[] {10, 11, 12, 20, 21, 22, 30, 31, 32});
  }

  @Test
  void ply_cloud_roundTrip() throws IOException {
    Path path = folder.resolve("a.ply");
    Ply.write(path, cloud());
    Ply.Points back = Ply.read(path);
    assertThat(back.cloud().xyz()).isEqualTo(cloud().xyz());
    assertThat(back.cloud().rgb()).isEqualTo(cloud().rgb());
    assertThat(back.track()).isEmpty();
    assertThat(back.frame()).isEmpty();
  }

  @Test
  void ply_tracks_keepTrackAndFrame() throws IOException {
    Path path = folder.resolve("b.ply");
    Ply.writeMerged(path, tracks());
    Ply.Points back = Ply.read(path);
    assertThat(back.track()).containsExactly(0, 0, 0, 1, 2, 2);
    assertThat(back.frame()).containsExactly(0, 1, 3, 0, 1, 3);
    assertThat(back.cloud().point(4)).isEqualTo(tracks().point(2, 1));
    assertThat(back.cloud().rgb()[3 * 4]).isEqualTo((byte) 30);
  }

  @Test
  void ply_frames_areOneFileEach_andMayBeEmpty() throws IOException {
    Ply.writeFrames(folder, "f-", tracks());
    int[] counts = {2, 2, 0, 2};
    for (int t = 0; t < 4; t++) {
      Ply.Points back = Ply.read(folder.resolve("f-0000" + t + ".ply"));
      assertThat(back.cloud().count()).isEqualTo(counts[t]);
    }
  }

  @Test
  void ply_manyPoints_crossTheBuffer() throws IOException {
    float[] xyz = new float[3 * 20_011];
    byte[] rgb = new byte[xyz.length];
    for (int i = 0; i < xyz.length; i++) {
      xyz[i] = i;
      rgb[i] = (byte) i;
    }
    Path path = folder.resolve("c.ply");
    Ply.write(path, PointCloud.wrap(xyz, rgb));
    assertThat(Ply.read(path).cloud().xyz()).isEqualTo(xyz);
    assertThat(Ply.read(path).cloud().rgb()).isEqualTo(rgb);
  }

  @Test
  void ply_asciiWithOtherOrderAndFaces_isRead() throws IOException {
    String text =
        """
        ply
        format ascii 1.0
        comment made by hand
        element vertex 2
        property double z
        property double y
        property double x
        property float red
        property uchar extra
        element face 1
        property list uchar int vertex_indices
        end_header
        1 2 3 1.0 0
        4 5 6 0.5 0
        3 0 1 0
        """;
    Ply.Points points = Ply.read(Files.writeString(folder.resolve("d.ply"), text));
    assertThat(points.cloud().xyz()).containsExactly(3, 2, 1, 6, 5, 4);
    assertThat(points.cloud().rgb()).containsExactly(255, 255, 255, 128, 255, 255);
  }

  @Test
  void ply_badFiles_areRefused() throws IOException {
    String good =
        "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\n"
            + "property float z\nend_header\n1 2 3\n";
    String[] bad = {
      good.replace("ply", "plx"),
      good.replace("ascii", "binary"),
      good.replace("vertex 1", "vertex 2"),
      good.replace("vertex 1", "vertex -1"),
      good.replace("vertex 1", "vertex 999999999"),
      good.replace("float z", "list uchar int z"),
      good.replace("float z", "float y"),
      good.replace("float z", "float w"),
      good.replace("1 2 3", "1 2 x"),
      good.replace("1 2 3", "1 2"),
      good.replace("end_header\n1 2 3\n", ""),
      good.replace("element vertex 1\n", ""),
    };
    assertThat(Ply.read(Files.writeString(folder.resolve("ok.ply"), good)).cloud().count())
        .isEqualTo(1);
    for (String text : bad) {
      Path path = Files.writeString(folder.resolve("e.ply"), text);
      assertThatThrownBy(() -> Ply.read(path))
          .as(text)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("e.ply");
    }
  }

  @Test
  void ply_damagedFiles_areReadOrRefused() throws Exception {
    Path path = folder.resolve("f.ply");
    Ply.writeMerged(path, tracks());
    assertThat(Mutations.survives(path, 9, Ply::read).refused()).isGreaterThan(500);
  }

  /** What a glTF 2.0 loader checks, on our own files. */
  private Map<String, Object> checkedGlb(Path path, ByteBuffer[] binaryOut) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(file.getInt()).isEqualTo(0x46546c67);
    assertThat(file.getInt()).isEqualTo(2);
    assertThat(file.getInt()).isEqualTo(file.capacity());
    byte[] json = new byte[file.getInt()];
    assertThat(json.length % 4).isZero();
    assertThat(file.getInt()).isEqualTo(0x4e4f534a);
    file.get(json);
    String text = new String(json, StandardCharsets.UTF_8);
    Map<String, Object> root = Json.object(Json.parse(text, Limits.DEFAULTS), "root");
    if (file.hasRemaining()) {
      int length = file.getInt();
      assertThat(length % 4).isZero();
      assertThat(file.getInt()).isEqualTo(0x004e4942);
      assertThat(length).isEqualTo(file.remaining());
      binaryOut[0] = file.slice().order(ByteOrder.LITTLE_ENDIAN);
      assertThat(at(root, "buffers", 0, "byteLength")).isEqualTo((double) length);
    }
    return root;
  }

  private static Object at(Object value, Object... path) {
    Object v = value;
    for (Object key : path) {
      v = key instanceof Integer i ? Json.list(v, "list").get(i) : Json.object(v, "o").get(key);
    }
    return v;
  }

  private static int integer(Object root, Object... path) {
    return ((Number) at(root, path)).intValue();
  }

  @Test
  void glb_cloud_isOnePointMeshInGltfAxes() throws IOException {
    Path path = folder.resolve("a.glb");
    Glb.write(path, cloud());
    ByteBuffer[] bin = new ByteBuffer[1];
    Map<String, Object> root = checkedGlb(path, bin);
    assertThat(at(root, "asset", "version")).isEqualTo("2.0");
    assertThat(at(root, "nodes", 0, "rotation")).isEqualTo(List.of(1.0, 0.0, 0.0, 0.0));
    assertThat(integer(root, "meshes", 0, "primitives", 0, "mode")).isZero();
    assertThat(root).doesNotContainKey("animations");
    // second point relative to the first, which is the node's origin
    assertThat(at(root, "nodes", 1, "translation")).isEqualTo(List.of(1.0, 2.0, 3.0));
    assertThat(bin[0].getFloat(16)).isEqualTo(-5.5f);
    assertThat(bin[0].get(16 + 12)).isEqualTo((byte) 1);
    assertThat(at(root, "accessors", 0, "min")).isEqualTo(List.of(-5.5, -1.75, -3.0));
  }

  @Test
  void glb_tracks_showEachFrameInItsTime() throws IOException {
    Path path = folder.resolve("b.glb");
    Glb.write(path, tracks(), 2);
    ByteBuffer[] bin = new ByteBuffer[1];
    Map<String, Object> root = checkedGlb(path, bin);
    List<Object> channels = Json.list(at(root, "animations", 0, "channels"), "channels");
    assertThat(channels).hasSize(3); // frame 2 shows nothing and has no node
    int[] frames = {0, 1, 3};
    for (int i = 0; i < 3; i++) {
      int node = integer(channels, i, "target", "node");
      assertThat(at(root, "nodes", node, "name")).isEqualTo("frame " + frames[i]);
      int sampler = integer(channels, i, "sampler");
      assertThat(at(root, "animations", 0, "samplers", sampler, "interpolation")).isEqualTo("STEP");
      float[] times = floats(root, bin[0], sampler, "input");
      float[] scales = floats(root, bin[0], sampler, "output");
      for (int t = 0; t < 4; t++) {
        boolean shown = scaleAt(times, scales, t * 0.5f + 0.01f) == 1;
        assertThat(shown)
            .as("node of frame %s at frame %s", frames[i], t)
            .isEqualTo(t == frames[i]);
      }
    }
    int count = integer(root, "accessors", 0, "count");
    assertThat(count).isEqualTo(2);
  }

  private static float[] floats(Object root, ByteBuffer bin, int sampler, String end) {
    int accessor = integer(root, "animations", 0, "samplers", sampler, end);
    int view = integer(root, "accessors", accessor, "bufferView");
    int offset =
        integer(root, "bufferViews", view, "byteOffset")
            + integer(root, "accessors", accessor, "byteOffset");
    int lanes = at(root, "accessors", accessor, "type").equals("VEC3") ? 3 : 1;
    float[] out = new float[3];
    for (int i = 0; i < 3; i++) {
      out[i] = bin.getFloat(offset + 4 * lanes * i);
    }
    return out;
  }

  private static float scaleAt(float[] times, float[] scales, float time) {
    assertThat(times).isSorted();
    int key = 0;
    while (key + 1 < times.length && times[key + 1] <= time) {
      key++;
    }
    return scales[key];
  }

  @Test
  void glb_accessorsStayInsideTheBuffer_andBoundsHold() throws IOException {
    Path path = folder.resolve("c.glb");
    Glb.write(path, tracks(), 30);
    ByteBuffer[] bin = new ByteBuffer[1];
    Map<String, Object> root = checkedGlb(path, bin);
    List<Object> accessors = Json.list(root.get("accessors"), "accessors");
    for (int a = 0; a < accessors.size(); a++) {
      int view = integer(accessors, a, "bufferView");
      int offset = integer(accessors, a, "byteOffset");
      int count = integer(accessors, a, "count");
      boolean floats = integer(accessors, a, "componentType") == 5126;
      int lanes = Map.of("SCALAR", 1, "VEC3", 3, "VEC4", 4).get(at(accessors, a, "type"));
      int stride = view == 0 ? 16 : 4 * lanes;
      int end = offset + stride * (count - 1) + lanes * (floats ? 4 : 1);
      assertThat(end).isLessThanOrEqualTo(integer(root, "bufferViews", view, "byteLength"));
      if (Json.object(accessors.get(a), "accessor").containsKey("min")) {
        int start = integer(root, "bufferViews", view, "byteOffset") + offset;
        for (int d = 0; d < lanes; d++) {
          float least = Float.MAX_VALUE;
          for (int i = 0; i < count; i++) {
            least = Math.min(least, bin[0].getFloat(start + stride * i + 4 * d));
          }
          assertThat(((Number) at(accessors, a, "min", d)).floatValue()).isEqualTo(least);
        }
      }
    }
  }

  @Test
  void glb_withoutPoints_isStillAFile() throws IOException {
    Path path = folder.resolve("d.glb");
    Glb.write(path, Tracks3d.wrap(5, new float[0], new boolean[0], new byte[0]), 30);
    Map<String, Object> root = checkedGlb(path, new ByteBuffer[1]);
    assertThat(root).doesNotContainKeys("meshes", "animations", "buffers", "accessors");
    Glb.write(path, PointCloud.builder().build());
    assertThat(checkedGlb(path, new ByteBuffer[1])).doesNotContainKey("meshes");
  }

  @Test
  void glb_pointsThatAreNotFinite_areRefused() {
    PointCloud cloud = PointCloud.builder().add(new Vec3(Double.NaN, 0, 0), 0, 0, 0).build();
    assertThatThrownBy(() -> Glb.write(folder.resolve("e.glb"), cloud))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }
}
