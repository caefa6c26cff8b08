package org.stereo4d.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.stereo4d.depth.PointCloud;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Check;
import org.stereo4d.track.Tracks3d;

/**
 * Binary glTF 2.0 of points, still or moving.
 *
 * <p>A still cloud is one mesh of POINTS. Tracks become one node per frame, each a mesh of the
 * points visible in that frame, and one animation that switches the nodes: the scale of node t is 1
 * from t / fps to (t + 1) / fps and 0 otherwise, with STEP interpolation. Scale is animated by
 * every viewer, whereas nothing in the core of glTF hides a node; and unlike morph targets the
 * number of frames is unlimited and hidden points are absent. A node that is scaled to 0 shrinks to
 * its own origin, which is put on its first point, so that nothing is drawn away from the scene.
 *
 * <p>The file is y up and looks along -z, as glTF demands: the root node turns our axes (y down, z
 * forward) by half a turn about x, and the numbers below it are ours.
 */
public final class Glb {
  private static final int MAGIC = 0x46546c67;
  private static final int JSON_CHUNK = 0x4e4f534a;
  private static final int BIN_CHUNK = 0x004e4942;
  private static final int POINT_BYTES = 16;

  private Glb() {}

  /** Writes a still cloud, whose points must be finite. */
  public static void write(Path path, PointCloud cloud) throws IOException {
    GlbScene scene = new GlbScene(1, 0);
    for (int i = 0; i < cloud.count(); i++) {
      Check.that(cloud.point(i).isFinite(), "point %s must be finite, was %s", i, cloud.point(i));
      scene.bounds(0).add(cloud.xyz(), 3 * i);
    }
    AtomicOutput.write(
        path,
        out -> {
          writeStart(out, scene);
          GlbScene.Bounds b = scene.bounds(0);
          ByteBuffer buffer = buffer();
          for (int i = 0; i < cloud.count(); i++) {
            putPoint(out, buffer, cloud.xyz(), 3 * i, cloud.rgb(), 3 * i, b);
          }
          flush(out, buffer);
        });
  }

  /**
   * Writes tracks as an animation.
   *
   * @param framesPerSecond > 0
   */
  public static void write(Path path, Tracks3d tracks, double framesPerSecond) throws IOException {
    Check.that(
        framesPerSecond > 0 && Double.isFinite(framesPerSecond),
        "framesPerSecond must be > 0 and finite, was %s",
        framesPerSecond);
    GlbScene scene = new GlbScene(tracks.frameCount(), framesPerSecond);
    for (int i = 0, k = 0; i < tracks.count(); i++) {
      for (int t = 0; t < tracks.frameCount(); t++, k++) {
        if (tracks.visible()[k]) {
          scene.bounds(t).add(tracks.xyz(), 3 * k);
        }
      }
    }
    AtomicOutput.write(
        path,
        out -> {
          writeStart(out, scene);
          ByteBuffer buffer = buffer();
          for (int t = 0; t < tracks.frameCount(); t++) {
            GlbScene.Bounds b = scene.bounds(t);
            for (int i = 0; i < tracks.count(); i++) {
              if (tracks.isVisible(i, t)) {
                int k = 3 * (i * tracks.frameCount() + t);
                putPoint(out, buffer, tracks.xyz(), k, tracks.rgb(), 3 * i, b);
              }
            }
          }
          flush(out, buffer);
          out.write(scene.animationData());
        });
  }

  private static void writeStart(OutputStream out, GlbScene scene) throws IOException {
    long points = scene.points() * POINT_BYTES;
    long binary = points + scene.animationData().length;
    byte[] json = scene.json().getBytes(StandardCharsets.UTF_8);
    int padding = Math.floorMod(-json.length, 4);
    long total = 12 + 8 + json.length + padding + (binary > 0 ? 8 + binary : 0);
    if (total > 0xffffffffL) {
      throw new IOException("a GLB file holds at most 4 GiB, these points need " + total);
    }
    ByteBuffer head = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(MAGIC).putInt(2).putInt((int) total).putInt(json.length + padding);
    head.putInt(JSON_CHUNK);
    out.write(head.array());
    out.write(json);
    out.write("   ".substring(0, padding).getBytes(StandardCharsets.US_ASCII));
    if (binary > 0) {
      ByteBuffer chunk = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      out.write(chunk.putInt((int) binary).putInt(BIN_CHUNK).array());
    }
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocate(POINT_BYTES << 12).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void putPoint(
      OutputStream out, ByteBuffer buffer, float[] xyz, int k, byte[] rgb, int c, GlbScene.Bounds b)
      throws IOException {
    if (!buffer.hasRemaining()) {
      flush(out, buffer);
    }
    for (int d = 0; d < 3; d++) {
      buffer.putFloat(xyz[k + d] - b.origin(d));
    }
    buffer.put(rgb, c, 3).put((byte) 255);
  }

  private static void flush(OutputStream out, ByteBuffer buffer) throws IOException {
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
