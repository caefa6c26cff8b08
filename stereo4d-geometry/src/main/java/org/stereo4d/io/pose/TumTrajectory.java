package org.stereo4d.io.pose;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.io.TextLines;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Limits;

/**
 * Trajectories of the TUM benchmark: lines {@code time tx ty tz qx qy qz qw}, {@code
 * worldFromCamera}, seconds and metres; lines that begin with # are comments.
 */
public final class TumTrajectory {
  private static final int LONGEST_LINE = 4096;
  private static final double UNIT_TOLERANCE = 1e-2;

  private TumTrajectory() {}

  /** Reads a file; lines may be in any order of time, but no time may repeat. */
  public static TimedPoses read(Path path) throws IOException {
    return read(path, Limits.DEFAULTS);
  }

  /** Reads a file; lines may be in any order of time, but no time may repeat. */
  public static TimedPoses read(Path path, Limits limits) throws IOException {
    List<TimedPose> poses = new ArrayList<>();
    try (TextLines lines = TextLines.open(path, LONGEST_LINE)) {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        String content = line.get().strip();
        if (!content.isEmpty() && !content.startsWith("#")) {
          poses.add(parse(content, lines.place()));
        }
        if (poses.size() > limits.maxFrames()) {
          throw new IOException(path + ": has more than " + limits.maxFrames() + " poses (Limits)");
        }
      }
    }
    poses.sort((a, b) -> Double.compare(a.seconds, b.seconds));
    for (int i = 1; i < poses.size(); i++) {
      if (poses.get(i).seconds == poses.get(i - 1).seconds) {
        throw new IOException(path + ": has two poses at " + poses.get(i).seconds + " s");
      }
    }
    return TimedPoses.of(
        poses.stream().mapToDouble(TimedPose::seconds).toArray(),
        poses.stream().map(TimedPose::pose).toList());
  }

  private record TimedPose(double seconds, Rigid3 pose) {}

  private static TimedPose parse(String line, String what) throws IOException {
    String[] words = line.split("[\\s,]+");
    if (words.length != 8) {
      throw new IOException(
          what + " has " + words.length + " numbers, expected time tx ty tz qx qy qz qw");
    }
    double[] v = new double[8];
    for (int i = 0; i < 8; i++) {
      try {
        v[i] = Double.parseDouble(words[i]);
      } catch (NumberFormatException e) {
        throw new IOException(what + " has '" + words[i] + "', expected a number", e);
      }
      if (!Double.isFinite(v[i])) {
        throw new IOException(what + " has " + words[i] + ", expected a finite number");
      }
    }
    double norm = Math.sqrt(v[4] * v[4] + v[5] * v[5] + v[6] * v[6] + v[7] * v[7]);
    if (!(Math.abs(norm - 1) <= UNIT_TOLERANCE)) {
      throw new IOException(what + " has a quaternion of length " + norm + ", expected 1");
    }
    Rotation3 rotation = new Rotation3(v[7], v[4], v[5], v[6]);
    return new TimedPose(v[0], new Rigid3(rotation, new Vec3(v[1], v[2], v[3])));
  }

  /** Writes a file, times to a microsecond and the rest to full precision. */
  public static void write(Path path, TimedPoses poses) throws IOException {
    double[] times = poses.timesSeconds();
    AtomicOutput.write(
        path,
        out -> {
          out.write(
              "# time tx ty tz qx qy qz qw (worldFromCamera)\n"
                  .getBytes(StandardCharsets.US_ASCII));
          for (int i = 0; i < times.length; i++) {
            Vec3 t = poses.worldFromCameras().get(i).translation();
            Rotation3 q = poses.worldFromCameras().get(i).rotation();
            String line =
                String.format(
                    Locale.ROOT,
                    "%.6f %s %s %s %s %s %s %s%n",
                    times[i],
                    t.x(),
                    t.y(),
                    t.z(),
                    q.x(),
                    q.y(),
                    q.z(),
                    q.w());
            out.write(line.replace("\r", "").getBytes(StandardCharsets.US_ASCII));
          }
        });
  }
}
