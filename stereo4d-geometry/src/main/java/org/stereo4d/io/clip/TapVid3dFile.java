package org.stereo4d.io.clip;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.run.Check;
import org.stereo4d.run.Limits;
import org.stereo4d.track.CameraTracks;

/**
 * One video of the TAPVid-3D benchmark (spec G.5).
 *
 * <p>Fields: {@code tracks_XYZ} (T, n, 3) or the older {@code tracks_xyz}, {@code visibility} (T,
 * n), {@code queries_xyt} (n, 3), {@code fx_fy_cx_cy} (4) or the older {@code intrinsics}, optional
 * {@code extrinsics_w2c} (T, 4, 4) or (T, 3, 4), and {@code images_jpeg_bytes} (T).
 *
 * @param tracks points in the camera frame with their visibility
 * @param queriesXyt n x 3: raster x, raster y, frame of each query
 * @param intrinsics fx, fy, cx, cy in pixels of the pictures
 * @param cameraFromWorld pose of each frame; empty when the file has none
 */
public record TapVid3dFile(
    CameraTracks tracks, double[] queriesXyt, double[] intrinsics, List<Rigid3> cameraFromWorld) {
  private static final String IMAGES = "images_jpeg_bytes";

  /** Checks that all parts fit each other. */
  public TapVid3dFile {
    Check.that(
        queriesXyt.length == 3 * tracks.count(),
        "%s tracks need 3 numbers per query, had %s",
        tracks.count(),
        queriesXyt.length);
    Check.that(
        intrinsics.length == 4, "intrinsics must be fx, fy, cx, cy, had %s", intrinsics.length);
    Check.that(
        cameraFromWorld.isEmpty() || cameraFromWorld.size() == tracks.frameCount(),
        "%s frames need as many poses or none, had %s",
        tracks.frameCount(),
        cameraFromWorld.size());
    queriesXyt = queriesXyt.clone();
    intrinsics = intrinsics.clone();
    cameraFromWorld = List.copyOf(cameraFromWorld);
  }

  /** Raster x, raster y, frame of each query. */
  @Override
  public double[] queriesXyt() {
    return queriesXyt.clone();
  }

  /** fx, fy, cx, cy. */
  @Override
  public double[] intrinsics() {
    return intrinsics.clone();
  }

  /** Frame of each query. */
  public int[] queryFrames() {
    int[] frames = new int[tracks.count()];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = (int) Math.rint(queriesXyt[3 * i + 2]);
    }
    return frames;
  }

  /** Reads everything but the pictures. */
  public static TapVid3dFile read(Path path) throws IOException {
    return read(path, Limits.DEFAULTS);
  }

  /** Reads everything but the pictures. */
  public static TapVid3dFile read(Path path, Limits limits) throws IOException {
    try (NpzFile npz = NpzFile.open(path, limits)) {
      String tracksName = npz.has("tracks_XYZ") ? "tracks_XYZ" : "tracks_xyz";
      int[] shape = npz.requireShape(tracksName, -1, -1, 3);
      int frames = shape[0];
      int count = shape[1];
      npz.requireShape("visibility", frames, count);
      npz.requireShape("queries_xyt", count, 3);
      String camera = npz.has("fx_fy_cx_cy") ? "fx_fy_cx_cy" : "intrinsics";
      npz.requireShape(camera, 4);
      if (frames == 0) {
        throw new IOException(path + ": field '" + tracksName + "' has no frames");
      }
      double[] xyz = trackMajor(npz.doubles(tracksName), frames, count);
      boolean[] visible = trackMajor(npz.booleans("visibility"), frames, count);
      CameraTracks tracks = CameraTracks.wrap(frames, xyz, visible);
      double[] queries = npz.doubles("queries_xyt");
      for (int i = 0; i < count; i++) {
        double frame = Math.rint(queries[3 * i + 2]);
        if (!(frame >= 0 && frame < frames)) {
          throw new IOException(
              path
                  + ": field 'queries_xyt': query "
                  + i
                  + " has frame "
                  + queries[3 * i + 2]
                  + ", expected 0 to "
                  + (frames - 1));
        }
      }
      return new TapVid3dFile(tracks, queries, npz.doubles(camera), poses(npz, frames));
    }
  }

  private static double[] trackMajor(double[] frameMajor, int frames, int count) {
    double[] out = new double[frameMajor.length];
    for (int t = 0; t < frames; t++) {
      for (int i = 0; i < count; i++) {
        System.arraycopy(frameMajor, 3 * (t * count + i), out, 3 * (i * frames + t), 3);
      }
    }
    return out;
  }

  private static boolean[] trackMajor(boolean[] frameMajor, int frames, int count) {
    boolean[] out = new boolean[frameMajor.length];
    for (int t = 0; t < frames; t++) {
      for (int i = 0; i < count; i++) {
        out[i * frames + t] = frameMajor[t * count + i];
      }
    }
    return out;
  }

  private static List<Rigid3> poses(NpzFile npz, int frames) throws IOException {
    String field = "extrinsics_w2c";
    if (!npz.has(field)) {
      return List.of();
    }
    int rows = npz.shape(field).length == 3 ? npz.shape(field)[1] : 3;
    npz.requireShape(field, frames, rows == 4 ? 4 : 3, 4);
    double[] all = npz.doubles(field);
    List<Rigid3> poses = new ArrayList<>(frames);
    for (int t = 0; t < frames; t++) {
      double[] m = new double[12];
      System.arraycopy(all, 4 * rows * t, m, 0, 12);
      try {
        poses.add(Rigid3.ofMatrix34(m));
      } catch (IllegalArgumentException e) {
        throw new IOException(
            npz.path() + ": field '" + field + "', frame " + t + ": " + e.getMessage(), e);
      }
    }
    return poses;
  }

  /**
   * The JPEG bytes of each frame; {@link org.stereo4d.io.ImageFiles#decode} makes pictures of them.
   *
   * @throws IOException if the file has none, or holds them as pickled objects
   */
  public static List<byte[]> readJpegs(Path path, Limits limits) throws IOException {
    try (NpzFile npz = NpzFile.open(path, limits)) {
      NpyArray images = npz.array(IMAGES);
      try {
        return List.of(images.byteStrings());
      } catch (IllegalArgumentException e) {
        throw new IOException(path + ": field '" + IMAGES + "': " + e.getMessage(), e);
      }
    }
  }

  /** Writes a file, without pictures when {@code jpegs} is empty. */
  public void write(Path path, List<byte[]> jpegs) throws IOException {
    int frames = tracks.frameCount();
    int count = tracks.count();
    double[] xyz = new double[3 * frames * count];
    boolean[] visible = new boolean[frames * count];
    for (int i = 0; i < count; i++) {
      for (int t = 0; t < frames; t++) {
        System.arraycopy(tracks.xyz(), 3 * (i * frames + t), xyz, 3 * (t * count + i), 3);
        visible[t * count + i] = tracks.visible()[i * frames + t];
      }
    }
    Map<String, NpyArray> fields = new LinkedHashMap<>();
    fields.put("tracks_XYZ", NpyArray.of(xyz, frames, count, 3));
    fields.put("visibility", NpyArray.of(visible, frames, count));
    fields.put("queries_xyt", NpyArray.of(queriesXyt, count, 3));
    fields.put("fx_fy_cx_cy", NpyArray.of(intrinsics));
    if (!cameraFromWorld.isEmpty()) {
      fields.put("extrinsics_w2c", NpyArray.of(matrices(), frames, 4, 4));
    }
    if (!jpegs.isEmpty()) {
      fields.put(IMAGES, NpyArray.ofBytes(jpegs.toArray(new byte[0][])));
    }
    NpzWriter.write(path, fields);
  }

  private double[] matrices() {
    double[] all = new double[16 * cameraFromWorld.size()];
    for (int t = 0; t < cameraFromWorld.size(); t++) {
      System.arraycopy(cameraFromWorld.get(t).toMatrix34(), 0, all, 16 * t, 12);
      all[16 * t + 15] = 1;
    }
    return all;
  }
}
