package org.stereo4d.io.clip;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.stereo4d.camera.FovBounds;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.run.Limits;
import org.stereo4d.track.Tracks3d;

/** Reads released clips; every defect is an {@link IOException} naming file, field and value. */
public final class ClipReader {
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "video_id",
          "timestamps",
          "camera2world",
          "track_lengths",
          "track_indices",
          "track_coordinates",
          "track_colors",
          "rectified2rig",
          "fov_bounds");

  private final Mode mode;
  private final Limits limits;

  /** A reader. */
  public ClipReader(Mode mode, Limits limits) {
    this.mode = mode;
    this.limits = limits;
  }

  /** What happens to files with defects. */
  public enum Mode {
    /** Every defect is an error. */
    STRICT,
    /**
     * Defective tracks are dropped; missing poses, calibration, ids and tracks are replaced by
     * identity, the defaults of VR180, the file name and none; further fields that cannot be read
     * are dropped. Contradicting timestamps, poses that are no rigid motions and impossible angles
     * stay errors.
     */
    LENIENT
  }

  /**
   * A clip and what was wrong with its file.
   *
   * @param clip what could be read
   * @param defects what was dropped or replaced; empty for a sound file and in strict mode
   */
  public record Result(StereoClip clip, List<String> defects) {
    /** Copies the list. */
    public Result {
      defects = List.copyOf(defects);
    }
  }

  /** Reads a file. */
  public Result read(Path path) throws IOException {
    List<String> defects = new ArrayList<>();
    try (NpzFile npz = NpzFile.open(path, limits)) {
      String name = text(npz, "name", fileStem(path), defects);
      String videoId = text(npz, "video_id", beforeLastUnderscore(name), defects);
      long[] timestamps = timestamps(npz);
      StereoClip clip =
          new StereoClip(
              name,
              videoId,
              timestamps,
              poses(npz, timestamps.length, defects),
              tracks(npz, timestamps.length, defects),
              calibration(npz, defects),
              otherFields(npz, defects));
      return new Result(clip, defects);
    }
  }

  /** {@code AbC_123_66957} to {@code AbC_123}: ids may contain underscores, times do not. */
  private static String beforeLastUnderscore(String name) {
    int end = name.lastIndexOf('_');
    return end > 0 ? name.substring(0, end) : name;
  }

  private static String fileStem(Path path) {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private boolean absent(NpzFile npz, String field, String replacement, List<String> defects) {
    boolean absent = mode == Mode.LENIENT && !npz.has(field);
    if (absent) {
      defects.add("field '" + field + "' is missing, took " + replacement);
    }
    return absent;
  }

  private String text(NpzFile npz, String field, String replacement, List<String> defects)
      throws IOException {
    return absent(npz, field, replacement, defects) ? replacement : npz.text(field);
  }

  private long[] timestamps(NpzFile npz) throws IOException {
    String what = npz.path() + ": field 'timestamps'";
    int count = npz.requireShape("timestamps", -1)[0];
    if (count < 1 || count > limits.maxFrames()) {
      throw new IOException(
          what + " has " + count + " frames, expected 1 to " + limits.maxFrames() + " (Limits)");
    }
    long[] micros = npz.longs("timestamps");
    for (int t = 0; t < count; t++) {
      if (micros[t] < 0 || (t > 0 && micros[t] <= micros[t - 1])) {
        throw new IOException(
            what + " has " + micros[t] + " at frame " + t + ", expected >= 0 and rising");
      }
    }
    return micros;
  }

  private List<Rigid3> poses(NpzFile npz, int frames, List<String> defects) throws IOException {
    if (absent(npz, "camera2world", "identity poses", defects)) {
      return Collections.nCopies(frames, Rigid3.IDENTITY);
    }
    npz.requireShape("camera2world", frames, 3, 4);
    double[] all = npz.doubles("camera2world");
    List<Rigid3> poses = new ArrayList<>(frames);
    for (int t = 0; t < frames; t++) {
      double[] m = Arrays.copyOfRange(all, 12 * t, 12 * t + 12);
      String what = npz.path() + ": field 'camera2world', frame " + t;
      double[] r = {m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]};
      Vec3 center = new Vec3(m[3], m[7], m[11]);
      if (!center.isFinite()) {
        throw new IOException(what + " has centre " + center + ", expected finite numbers");
      }
      poses.add(new Rigid3(rotation(r, what), center));
    }
    return poses;
  }

  private static Rotation3 rotation(double[] m, String what) throws IOException {
    double deviation = Rotation3.deviationFromRotation(m);
    if (!(deviation <= Rotation3.ORTHONORMAL_TOLERANCE)) {
      throw new IOException(
          what
              + " has a matrix that deviates from a rotation by "
              + deviation
              + ", expected at most "
              + Rotation3.ORTHONORMAL_TOLERANCE);
    }
    return Rotation3.ofMatrix(m);
  }

  private Vr180Calibration calibration(NpzFile npz, List<String> defects) throws IOException {
    FovBounds bounds = FovBounds.VR180;
    if (!absent(npz, "fov_bounds", "+-90 degrees", defects)) {
      npz.requireShape("fov_bounds", 4);
      try {
        bounds = FovBounds.of(npz.doubles("fov_bounds"));
      } catch (IllegalArgumentException e) {
        throw new IOException(npz.path() + ": field 'fov_bounds': " + e.getMessage(), e);
      }
    }
    if (absent(npz, "rectified2rig", "identity rotations", defects)) {
      return new Vr180Calibration(bounds, Rotation3.IDENTITY, Rotation3.IDENTITY);
    }
    npz.requireShape("rectified2rig", 2, 3, 3);
    double[] both = npz.doubles("rectified2rig");
    String what = npz.path() + ": field 'rectified2rig', ";
    Rotation3 left = rotation(Arrays.copyOfRange(both, 0, 9), what + "left eye");
    Rotation3 right = rotation(Arrays.copyOfRange(both, 9, 18), what + "right eye");
    return new Vr180Calibration(bounds, left, right);
  }

  private Tracks3d tracks(NpzFile npz, int frames, List<String> defects) throws IOException {
    if (absent(npz, "track_lengths", "no tracks", defects)) {
      return Tracks3d.wrap(frames, new float[0], new boolean[0], new byte[0]);
    }
    int count = npz.requireShape("track_lengths", -1)[0];
    int entries = npz.requireShape("track_indices", -1)[0];
    npz.requireShape("track_coordinates", entries, 3);
    byte[] colors = {};
    if (npz.has("track_colors")) {
      npz.requireShape("track_colors", count, 3);
      colors = npz.bytes("track_colors");
    }
    RaggedTracks ragged =
        new RaggedTracks(
            npz.longs("track_lengths"),
            npz.longs("track_indices"),
            npz.floats("track_coordinates"),
            colors);
    boolean strict = mode == Mode.STRICT;
    return ragged.dense(frames, npz.path().toString(), limits, defects, strict);
  }

  private Map<String, NpyArray> otherFields(NpzFile npz, List<String> defects) throws IOException {
    Map<String, NpyArray> others = new LinkedHashMap<>();
    for (String name : npz.names()) {
      if (FIELDS.contains(name)) {
        continue;
      }
      try {
        others.put(name, npz.array(name));
      } catch (IOException e) {
        if (mode == Mode.STRICT) {
          throw e;
        }
        defects.add("dropped a field that is not of the format: " + e.getMessage());
      }
    }
    return others;
  }
}
