package org.stereo4d.io.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.run.Limits;
import org.stereo4d.testing.Mutations;
import org.stereo4d.testing.Programs;
import org.stereo4d.track.CameraTracks;

class TapVid3dFileTest {
  @TempDir Path folder;

  private static TapVid3dFile file() {
    double[] xyz = new double[3 * 2 * 3];
    for (int k = 0; k < xyz.length; k++) {
      xyz[k] = k;
    }
    boolean[] visible = {true, false, true, true, true, false};
    List<Rigid3> poses =
        List.of(
            Rigid3.IDENTITY,
            new Rigid3(Rotation3.ofYawPitchRollDegrees(10, 20, 30), new Vec3(1, 2, 3)),
            Rigid3.IDENTITY);
    return new TapVid3dFile(
        CameraTracks.wrap(3, xyz, visible),
        new double[] {10.5, 20.5, 0, 30.5, 40.5, 2},
        new double[] {100, 110, 50, 60},
        poses);
  }

  @Test
  void write_thenRead_isSame() throws IOException {
    Path path = folder.resolve("a.npz");
    List<byte[]> jpegs = List.of(new byte[] {1, 2, 3}, new byte[] {4}, new byte[] {5, 6});
    file().write(path, jpegs);
    TapVid3dFile back = TapVid3dFile.read(path);
    assertThat(back.tracks().xyz()).isEqualTo(file().tracks().xyz());
    assertThat(back.tracks().visible()).isEqualTo(file().tracks().visible());
    assertThat(back.queryFrames()).containsExactly(0, 2);
    assertThat(back.intrinsics()).isEqualTo(file().intrinsics());
    assertThat(back.cameraFromWorld().get(1).translation()).isEqualTo(new Vec3(1, 2, 3));
    assertThat(TapVid3dFile.readJpegs(path, Limits.DEFAULTS))
        .usingRecursiveComparison()
        .isEqualTo(jpegs);
  }

  @Test
  void read_frameMajorLayoutAndOldNames() throws IOException {
    Map<String, NpyArray> fields = new LinkedHashMap<>();
    fields.put(
        "tracks_xyz", NpyArray.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, 2, 3));
    fields.put("visibility", NpyArray.of(new boolean[] {true, false, true, true}, 2, 2));
    fields.put("queries_xyt", NpyArray.of(new float[6], 2, 3));
    fields.put("intrinsics", NpyArray.of(new float[] {1, 2, 3, 4}));
    Path path = folder.resolve("b.npz");
    NpzWriter.write(path, fields);
    TapVid3dFile file = TapVid3dFile.read(path);
    assertThat(file.tracks().xyz()).containsExactly(1, 2, 3, 7, 8, 9, 4, 5, 6, 10, 11, 12);
    assertThat(file.tracks().visible()).containsExactly(true, true, false, true);
    assertThat(file.cameraFromWorld()).isEmpty();
    assertThatThrownBy(() -> TapVid3dFile.readJpegs(path, Limits.DEFAULTS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("images_jpeg_bytes");
  }

  @Test
  void read_contradictions_areRefused() throws IOException {
    Path path = folder.resolve("c.npz");
    Map<String, NpyArray> fields = new LinkedHashMap<>();
    fields.put("tracks_XYZ", NpyArray.of(new double[6], 2, 1, 3));
    fields.put("visibility", NpyArray.of(new boolean[3], 3, 1));
    fields.put("queries_xyt", NpyArray.of(new double[] {0, 0, 2}, 1, 3));
    fields.put("fx_fy_cx_cy", NpyArray.of(new double[4]));
    NpzWriter.write(path, fields);
    assertThatThrownBy(() -> TapVid3dFile.read(path)).hasMessageContaining("visibility");
    fields.put("visibility", NpyArray.of(new boolean[2], 2, 1));
    NpzWriter.write(path, fields);
    assertThatThrownBy(() -> TapVid3dFile.read(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("query 0")
        .hasMessageContaining("2.0");
  }

  @Test
  void readJpegs_pickledByNumpy_isRefused_whileTracksAreRead() throws Exception {
    Path path = folder.resolve("d.npz");
    Programs.numpy(
        """
        import sys, numpy as np
        np.savez(sys.argv[1], images_jpeg_bytes=np.array([b'a', b'bc'], dtype=object),
                 tracks_XYZ=np.zeros((2, 1, 3)), visibility=np.ones((2, 1), bool),
                 queries_xyt=np.zeros((1, 3)), fx_fy_cx_cy=np.ones(4))
        """,
        path);
    assertThat(TapVid3dFile.read(path).tracks().count()).isEqualTo(1);
    assertThatThrownBy(() -> TapVid3dFile.readJpegs(path, Limits.DEFAULTS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("object array");
  }

  @Test
  void read_damagedFiles_areReadOrRefused() throws Exception {
    Path path = folder.resolve("e.npz");
    file().write(path, List.of(new byte[] {1}, new byte[] {2}, new byte[] {3}));
    Mutations.Outcome outcome =
        Mutations.survives(
            path,
            12,
            damaged -> {
              TapVid3dFile.read(damaged);
              TapVid3dFile.readJpegs(damaged, Limits.DEFAULTS);
            });
    assertThat(outcome.refused()).isGreaterThan(1000);
  }
}
