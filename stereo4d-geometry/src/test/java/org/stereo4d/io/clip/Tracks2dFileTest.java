package org.stereo4d.io.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;

class Tracks2dFileTest {
  @TempDir Path folder;

  @Test
  void read_whatWasWritten_isTheSame() throws IOException {
    Tracks2d tracks =
        Tracks2d.wrap(
            QueryPoints.wrap(new int[] {0, 1}, new float[] {1.5f, 2, 3, 4.25f}),
            2,
            new float[] {1.5f, 2, 1.75f, 2.5f, 2, 4, 3, 4.25f},
            new boolean[] {true, true, false, true});
    Path file = folder.resolve("tracks.npz");
    Tracks2dFile.write(file, tracks);
    Tracks2d read = Tracks2dFile.read(file);
    assertThat(read.xy()).isEqualTo(tracks.xy());
    assertThat(read.visible()).isEqualTo(tracks.visible());
    assertThat(read.queries().frame(1)).isEqualTo(1);
    assertThat(read.queries().xPx(1)).isEqualTo(3f);
    assertThat(read.queries().yPx(1)).isEqualTo(4.25f);
  }

  @Test
  void read_axesThatDiffer_namesFileAndArray() throws IOException {
    Path file = folder.resolve("bad.npz");
    NpzWriter.write(
        file,
        Map.of(
            "tracks", NpyArray.of(new float[8], 2, 2, 2),
            "visibles", NpyArray.of(new boolean[3], 1, 3),
            "query_points", NpyArray.of(new float[6], 2, 3)));
    assertThatThrownBy(() -> Tracks2dFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bad.npz")
        .hasMessageContaining("visibles");
  }

  @Test
  void read_frameOutsideTheClip_isAnIoException() throws IOException {
    Path file = folder.resolve("frame.npz");
    NpzWriter.write(
        file,
        Map.of(
            "tracks", NpyArray.of(new float[4], 1, 2, 2),
            "visibles", NpyArray.of(new boolean[2], 1, 2),
            "query_points", NpyArray.of(new float[] {7, 0, 0}, 1, 3)));
    assertThatThrownBy(() -> Tracks2dFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("frame.npz");
  }
}
