package org.stereo4d.io.clip;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.run.Check;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks3d;

/**
 * World tracks with the cameras that saw them, as the reference's {@code optimized_tracks} names
 * its arrays (spec A.2): {@code track3d} (n, T, 3) with NaN where hidden, {@code visible_list} (n,
 * T), {@code color_values} (n, 3) in [0, 1], {@code imh}, {@code imw}, {@code extr} (T, 3, 4)
 * camera from world, {@code intr_normalized} (T, 6) as fx, fy, cx, cy, k1, k2.
 */
public final class Tracks3dFile {
  private Tracks3dFile() {}

  /**
   * Writes tracks.
   *
   * @param queries one per track
   */
  public static void write(
      Path file,
      Tracks3d tracks,
      QueryPoints queries,
      PinholeCamera camera,
      List<Rigid3> worldFromCameras)
      throws IOException {
    int n = tracks.count();
    Check.that(queries.count() == n, "%s tracks need as many queries, had %s", n, queries.count());
    int frames = tracks.frameCount();
    float[] colors = new float[3 * n];
    for (int i = 0; i < colors.length; i++) {
      colors[i] = (tracks.rgb()[i] & 0xff) / 255f;
    }
    double[] extrinsics = new double[12 * frames];
    double[] intrinsics = new double[6 * frames];
    double width = camera.size().width();
    double height = camera.size().height();
    for (int t = 0; t < frames; t++) {
      double[] cameraFromWorld = worldFromCameras.get(t).inverse().toMatrix34();
      System.arraycopy(cameraFromWorld, 0, extrinsics, 12 * t, 12);
      intrinsics[6 * t] = camera.focalXPx() / width;
      intrinsics[6 * t + 1] = camera.focalYPx() / height;
      intrinsics[6 * t + 2] = camera.centerXPx() / width;
      intrinsics[6 * t + 3] = camera.centerYPx() / height;
    }
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("track3d", NpyArray.of(tracks.denseWithNaN(), n, frames, 3));
    arrays.put("visible_list", NpyArray.of(tracks.visible(), n, frames));
    arrays.put("color_values", NpyArray.of(colors, n, 3));
    arrays.put("query_points", NpyArray.of(Tracks2dFile.pack(queries), n, 3));
    arrays.put("imh", NpyArray.scalar((long) camera.size().height()));
    arrays.put("imw", NpyArray.scalar((long) camera.size().width()));
    arrays.put("extr", NpyArray.of(extrinsics, frames, 3, 4));
    arrays.put("intr_normalized", NpyArray.of(intrinsics, frames, 6));
    NpzWriter.write(file, arrays);
  }

  /** Reads where the tracks of a file were asked for. */
  public static QueryPoints readQueries(Path file) throws IOException {
    try (NpzFile npz = NpzFile.open(file)) {
      npz.requireShape("query_points", -1, 3);
      return Tracks2dFile.unpack(npz.floats("query_points"));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": query_points: " + e.getMessage(), e);
    }
  }

  /** Reads the tracks of a file; the cameras are left. */
  public static Tracks3d read(Path file) throws IOException {
    try (NpzFile npz = NpzFile.open(file)) {
      int[] shape = npz.requireShape("track3d", -1, -1, 3);
      npz.requireShape("visible_list", shape[0], shape[1]);
      npz.requireShape("color_values", shape[0], 3);
      float[] xyz = npz.floats("track3d");
      boolean[] visible = npz.booleans("visible_list");
      for (int k = 0; k < visible.length; k++) {
        if (!visible[k]) {
          Arrays.fill(xyz, 3 * k, 3 * k + 3, 0f);
        } else if (!Float.isFinite(xyz[3 * k] + xyz[3 * k + 1] + xyz[3 * k + 2])) {
          throw new IOException(
              file + ": track3d must be finite where visible_list is set, entry " + k + " is not");
        }
      }
      float[] colors = npz.floats("color_values");
      byte[] rgb = new byte[colors.length];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, colors[i])));
      }
      return Tracks3d.wrap(shape[1], xyz, visible, rgb);
    }
  }
}
