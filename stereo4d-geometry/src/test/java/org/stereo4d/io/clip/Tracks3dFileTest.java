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
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks3d;

class Tracks3dFileTest {
  private static final PinholeCamera CAMERA =
      PinholeCamera.ofHorizontalFovDegrees(new ImageSize(8, 4), 60);
  private static final List<Rigid3> POSES =
      List.of(
          Rigid3.IDENTITY,
          new Rigid3(Rotation3.ofAxisAngleRadians(new Vec3(0, 0.1, 0)), new Vec3(1, 2, 3)));

  @TempDir Path folder;

  private static Tracks3d tracks() {
    return Tracks3d.wrap(
        2,
        new float[] {1, 2, 3, 0, 0, 0, 4, 5, 6, 7, 8, 9},
        new boolean[] {true, false, true, true},
        new byte[] {0, 127, -1, 3, 4, 5});
  }

  @Test
  void write_thenRead_givesTheSameTracks() throws IOException {
    Path file = folder.resolve("tracks é.npz");
    QueryPoints queries = QueryPoints.wrap(new int[] {1, 0}, new float[] {3, 2, 5, 1});
    Tracks3dFile.write(file, tracks(), queries, CAMERA, POSES);
    assertThat(Tracks3dFile.readQueries(file).frame(0)).isEqualTo(1);
    assertThat(Tracks3dFile.readQueries(file).xPx(1)).isEqualTo(5);
    Tracks3d read = Tracks3dFile.read(file);
    assertThat(read.xyz()).isEqualTo(tracks().xyz());
    assertThat(read.visible()).isEqualTo(tracks().visible());
    assertThat(read.rgb()).isEqualTo(tracks().rgb());
    try (NpzFile npz = NpzFile.open(file)) {
      assertThat(npz.floats("track3d")[3]).isNaN();
      assertThat(npz.shape("extr")).containsExactly(2, 3, 4);
      // a pixel is square: fx / w = 2 fy / h here
      assertThat(npz.doubles("intr_normalized")[1])
          .isEqualTo(2 * npz.doubles("intr_normalized")[0]);
    }
  }

  @Test
  void read_otherShapesOrNaN_namesFileAndField() throws IOException {
    Path file = folder.resolve("bad.npz");
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("track3d", NpyArray.of(new float[] {1, Float.NaN, 3}, 1, 1, 3));
    arrays.put("visible_list", NpyArray.of(new boolean[] {true}, 1, 1));
    arrays.put("color_values", NpyArray.of(new float[3], 1, 3));
    NpzWriter.write(file, arrays);
    assertThatThrownBy(() -> Tracks3dFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bad.npz")
        .hasMessageContaining("track3d");
    arrays.put("visible_list", NpyArray.of(new boolean[2], 1, 2));
    NpzWriter.write(file, arrays);
    assertThatThrownBy(() -> Tracks3dFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("visible_list");
  }
}
