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
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("tracks", NpyArray.of(tracks.xy(), n, frames, 2));
    arrays.put("visibles", NpyArray.of(tracks.visible(), n, frames));
    arrays.put("query_points", NpyArray.of(pack(tracks.queries()), n, 3));
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
      return Tracks2d.wrap(
          unpack(npz.floats("query_points")),
          shape[1],
          npz.floats("tracks"),
          npz.booleans("visibles"));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Frame, y and x of each query. */
  static float[] pack(QueryPoints queries) {
    float[] out = new float[3 * queries.count()];
    for (int i = 0; i < queries.count(); i++) {
      out[3 * i] = queries.frame(i);
      out[3 * i + 1] = queries.yPx(i);
      out[3 * i + 2] = queries.xPx(i);
    }
    return out;
  }

  static QueryPoints unpack(float[] packed) {
    int[] frames = new int[packed.length / 3];
    float[] xy = new float[2 * frames.length];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = (int) packed[3 * i];
      xy[2 * i] = packed[3 * i + 2];
      xy[2 * i + 1] = packed[3 * i + 1];
    }
    return QueryPoints.wrap(frames, xy);
  }
}
