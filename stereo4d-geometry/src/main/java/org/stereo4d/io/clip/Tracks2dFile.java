package org.stereo4d.io.clip;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;

/**
 * Tracks of a view in an {@code .npz} archive with the names and axes of the reference: {@code
 * tracks} (N, T, 2) as x and y in pixels, {@code visibles} (N, T), {@code query_points} (N, 3) as
 * frame, y and x.
 */
public final class Tracks2dFile {
  private Tracks2dFile() {}

  /** Writes tracks. */
  public static void write(Path file, Tracks2d tracks) throws IOException {
    int n = tracks.count();
    int frames = tracks.frameCount();
    float[] queries = new float[3 * n];
    for (int i = 0; i < n; i++) {
      queries[3 * i] = tracks.queries().frame(i);
      queries[3 * i + 1] = tracks.queries().yPx(i);
      queries[3 * i + 2] = tracks.queries().xPx(i);
    }
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("tracks", NpyArray.of(tracks.xy(), n, frames, 2));
    arrays.put("visibles", NpyArray.of(tracks.visible(), n, frames));
    arrays.put("query_points", NpyArray.of(queries, n, 3));
    NpzWriter.write(file, arrays);
  }

  /**
   * Reads tracks.
   *
   * @throws IOException if an array is missing, has other axes than its fellows, or holds what no
   *     track can
   */
  public static Tracks2d read(Path file) throws IOException {
    try (NpzFile npz = NpzFile.open(file)) {
      int[] shape = npz.requireShape("tracks", -1, -1, 2);
      npz.requireShape("visibles", shape[0], shape[1]);
      npz.requireShape("query_points", shape[0], 3);
      float[] queries = npz.floats("query_points");
      int[] frames = new int[shape[0]];
      float[] xy = new float[2 * shape[0]];
      for (int i = 0; i < shape[0]; i++) {
        frames[i] = (int) queries[3 * i];
        xy[2 * i] = queries[3 * i + 2];
        xy[2 * i + 1] = queries[3 * i + 1];
      }
      return Tracks2d.wrap(
          QueryPoints.wrap(frames, xy), shape[1], npz.floats("tracks"), npz.booleans("visibles"));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
