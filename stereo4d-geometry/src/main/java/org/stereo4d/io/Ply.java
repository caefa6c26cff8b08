package org.stereo4d.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.stereo4d.depth.PointCloud;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Check;
import org.stereo4d.run.Limits;
import org.stereo4d.track.Tracks3d;

/**
 * Stanford PLY of points, binary little endian: {@code float x, y, z; uchar red, green, blue} and,
 * for tracks, {@code int track, frame} (spec F.9).
 */
public final class Ply {
  private static final int BUFFER_BYTES = 1 << 16;

  private Ply() {}

  /**
   * Points of a file.
   *
   * @param cloud positions and colours; white where the file has no colours
   * @param track track of each point; empty when the file has none
   * @param frame frame of each point; empty when the file has none
   */
  public record Points(PointCloud cloud, int[] track, int[] frame) {
    /** Checks that there is a track and frame for each point or none. */
    public Points {
      Check.that(
          (track.length == 0 || track.length == cloud.count())
              && (frame.length == 0 || frame.length == cloud.count()),
          "track and frame must be empty or of %s points, were %s and %s",
          cloud.count(),
          track.length,
          frame.length);
    }
  }

  /**
   * Reads the vertices of a file: ascii or binary of either byte order, further elements skipped.
   */
  public static Points read(Path path) throws IOException {
    return read(path, Limits.DEFAULTS);
  }

  /**
   * Reads the vertices of a file: ascii or binary of either byte order, further elements skipped.
   */
  public static Points read(Path path, Limits limits) throws IOException {
    return new PlyReader(path, limits).read();
  }

  /** Writes a cloud. */
  public static void write(Path path, PointCloud cloud) throws IOException {
    AtomicOutput.write(
        path,
        out -> {
          out.write(header(cloud.count(), false));
          ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
          for (int i = 0; i < cloud.count(); i++) {
            if (buffer.remaining() < 15) {
              out.write(buffer.array(), 0, buffer.position());
              buffer.clear();
            }
            putPoint(buffer, cloud.xyz(), 3 * i, cloud.rgb(), 3 * i);
          }
          out.write(buffer.array(), 0, buffer.position());
        });
  }

  /** Writes all visible points of all frames with their track and frame, track after track. */
  public static void writeMerged(Path path, Tracks3d tracks) throws IOException {
    writeTracks(path, tracks, 0, tracks.frameCount());
  }

  /** Writes the points visible in one frame with their track and frame. */
  public static void writeFrame(Path path, Tracks3d tracks, int frame) throws IOException {
    Check.that(
        frame >= 0 && frame < tracks.frameCount(),
        "frame must be in [0, %s), was %s",
        tracks.frameCount(),
        frame);
    writeTracks(path, tracks, frame, frame + 1);
  }

  /** Writes one file per frame: {@code <folder>/<prefix>00000.ply} and so on. */
  public static void writeFrames(Path folder, String prefix, Tracks3d tracks) throws IOException {
    for (int t = 0; t < tracks.frameCount(); t++) {
      writeFrame(folder.resolve(String.format(Locale.ROOT, "%s%05d.ply", prefix, t)), tracks, t);
    }
  }

  private static void writeTracks(Path path, Tracks3d tracks, int start, int endExclusive)
      throws IOException {
    int count = 0;
    for (int i = 0; i < tracks.count(); i++) {
      for (int t = start; t < endExclusive; t++) {
        count += tracks.isVisible(i, t) ? 1 : 0;
      }
    }
    int points = count;
    AtomicOutput.write(
        path,
        out -> {
          out.write(header(points, true));
          ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
          for (int i = 0; i < tracks.count(); i++) {
            for (int t = start; t < endExclusive; t++) {
              if (tracks.isVisible(i, t)) {
                if (buffer.remaining() < 23) {
                  out.write(buffer.array(), 0, buffer.position());
                  buffer.clear();
                }
                int k = 3 * (i * tracks.frameCount() + t);
                putPoint(buffer, tracks.xyz(), k, tracks.rgb(), 3 * i);
                buffer.putInt(i).putInt(t);
              }
            }
          }
          out.write(buffer.array(), 0, buffer.position());
        });
  }

  private static void putPoint(ByteBuffer buffer, float[] xyz, int k, byte[] rgb, int c) {
    buffer.putFloat(xyz[k]).putFloat(xyz[k + 1]).putFloat(xyz[k + 2]).put(rgb, c, 3);
  }

  private static byte[] header(int count, boolean tracks) {
    return ("ply\nformat binary_little_endian 1.0\nelement vertex "
            + count
            + "\nproperty float x\nproperty float y\nproperty float z\n"
            + "property uchar red\nproperty uchar green\nproperty uchar blue\n"
            + (tracks ? "property int track\nproperty int frame\n" : "")
            + "end_header\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
