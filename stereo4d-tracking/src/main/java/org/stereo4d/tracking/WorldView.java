package org.stereo4d.tracking;

import java.util.Arrays;
import java.util.List;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.track.Tracks3d;

/**
 * Draws tracks in a 3D box, 512x512 (spec F.8).
 *
 * <p>Axes x, z and, upside down, y; elevation 30, azimuth -60 degrees. The box is a cube about the
 * middle of the 5th to 95th percentiles of the visible points, its side 1.11 times the largest
 * range. Behind the tracks: every second pixel of the depth map at 40 % blend, the camera's frustum
 * of length side / 10, and its path, dashed, up to 20 frames ahead.
 */
public final class WorldView {
  private static final ImageSize SIZE = new ImageSize(512, 512);
  private static final double ELEVATION_RADIANS = Math.toRadians(30);
  private static final double AZIMUTH_RADIANS = Math.toRadians(-60);
  private static final double EYE_DISTANCE = 3; // in sides of the box
  private static final double SCALE_PX = 330;
  private static final double LINE_PX = 0.9;
  private static final double DOT_PX = 1.7; // area of 3 square points at 64 dpi
  private static final double BLEND = 0.4;
  private static final int PATH_AHEAD_FRAMES = 20;
  private static final int GRAY = 0xb0b0b0;
  private static final int DARK = 0x303030;

  private final Tracks3d tracks;
  private final PinholeCamera camera;
  private final List<Rigid3> worldFromCameras;
  private final double[] center;
  private final double side;

  /**
   * A view whose box holds all tracks at all frames.
   *
   * @param worldFromCameras one pose per frame
   */
  public WorldView(Tracks3d tracks, PinholeCamera camera, List<Rigid3> worldFromCameras) {
    Check.that(
        worldFromCameras.size() == tracks.frameCount(),
        "tracks of %s frames need as many poses, had %s",
        tracks.frameCount(),
        worldFromCameras.size());
    this.tracks = tracks;
    this.camera = camera;
    this.worldFromCameras = List.copyOf(worldFromCameras);
    this.center = new double[3];
    double largest = 0;
    for (int axis = 0; axis < 3; axis++) {
      double[] range = range(axis);
      center[axis] = 0.5 * (range[0] + range[1]);
      largest = Math.max(largest, range[1] - range[0]);
    }
    this.side = largest > 0 ? 1.11 * largest : 1;
  }

  private double[] range(int axis) {
    float[] values = new float[tracks.visible().length];
    int n = 0;
    for (int k = 0; k < values.length; k++) {
      if (tracks.visible()[k]) {
        values[n++] = tracks.xyz()[3 * k + axis];
      }
    }
    if (n == 0) { // nothing to see: the box stands before the first camera
      Vec3 ahead = worldFromCameras.get(0).apply(new Vec3(0, 0, 1));
      double at = axis == 0 ? ahead.x() : axis == 1 ? ahead.y() : ahead.z();
      return new double[] {at, at};
    }
    Arrays.sort(values, 0, n);
    return new double[] {values[(int) (0.05 * (n - 1))], values[(int) Math.ceil(0.95 * (n - 1))]};
  }

  /** Length of the box's edges, metres. */
  public double sideMeters() {
    return side;
  }

  /**
   * The view at a frame.
   *
   * @param depth of frame t, shown as the background
   * @param picture RGB, of the same size
   */
  public ByteImage draw(int t, DepthMap depth, ByteImage picture) {
    Check.that(
        t >= 0 && t < tracks.frameCount(),
        "frame must be in [0, %s), was %s",
        tracks.frameCount(),
        t);
    Check.that(
        depth.size().equals(camera.size()) && picture.size().equals(camera.size()),
        "depth and picture must have the camera's size %s, had %s and %s",
        camera.size(),
        depth.size(),
        picture.size());
    Canvas canvas = Canvas.blank(SIZE);
    drawBox(canvas);
    drawBackground(canvas, t, depth, picture);
    drawCamera(canvas, t);
    drawTracks(canvas, t);
    return canvas.finish();
  }

  /** Place of a world point on the canvas; false when it lies behind the viewer. */
  private boolean project(double x, double y, double z, double[] uv) {
    double a = (x - center[0]) / side;
    double b = (z - center[2]) / side;
    double c = -(y - center[1]) / side;
    double sinAz = Math.sin(AZIMUTH_RADIANS);
    double cosAz = Math.cos(AZIMUTH_RADIANS);
    double sinEl = Math.sin(ELEVATION_RADIANS);
    double cosEl = Math.cos(ELEVATION_RADIANS);
    double toward = a * cosEl * cosAz + b * cosEl * sinAz + c * sinEl;
    double right = -a * sinAz + b * cosAz;
    double up = -a * sinEl * cosAz - b * sinEl * sinAz + c * cosEl;
    double scale = SCALE_PX / (1 - toward / EYE_DISTANCE);
    uv[0] = SIZE.width() / 2.0 + right * scale;
    uv[1] = SIZE.height() / 2.0 - up * scale;
    return toward < EYE_DISTANCE;
  }

  private void segment(Canvas canvas, Vec3 from, Vec3 to) {
    double[] a = new double[2];
    double[] b = new double[2];
    if (project(from.x(), from.y(), from.z(), a) && project(to.x(), to.y(), to.z(), b)) {
      canvas.line(a[0], a[1], b[0], b[1]);
    }
  }

  private void drawBox(Canvas canvas) {
    canvas.pen(LINE_PX, false);
    canvas.ink(GRAY, 1);
    for (int corner = 0; corner < 8; corner++) {
      for (int axis = 0; axis < 3; axis++) {
        if ((corner >> axis & 1) == 0) {
          segment(canvas, corner(corner), corner(corner | 1 << axis));
        }
      }
    }
  }

  private Vec3 corner(int bits) {
    return new Vec3(
        center[0] + ((bits & 1) - 0.5) * side,
        center[1] + ((bits >> 1 & 1) - 0.5) * side,
        center[2] + ((bits >> 2 & 1) - 0.5) * side);
  }

  private boolean holds(Vec3 p) {
    return Math.abs(p.x() - center[0]) <= side / 2
        && Math.abs(p.y() - center[1]) <= side / 2
        && Math.abs(p.z() - center[2]) <= side / 2;
  }

  private void drawBackground(Canvas canvas, int t, DepthMap depth, ByteImage picture) {
    double[] uv = new double[2];
    for (int y = 0; y < depth.size().height(); y += 2) {
      for (int x = 0; x < depth.size().width(); x += 2) {
        float d = depth.at(x, y);
        if (!(d > 0 && d < Float.POSITIVE_INFINITY)) {
          continue;
        }
        Vec3 p = worldFromCameras.get(t).apply(camera.unproject(x + 0.5, y + 0.5, d));
        if (holds(p) && project(p.x(), p.y(), p.z(), uv)) {
          int i = picture.index(x, y);
          boolean color = picture.channels() >= 3;
          int r = picture.array()[i] & 0xff;
          int g = color ? picture.array()[i + 1] & 0xff : r;
          int b = color ? picture.array()[i + 2] & 0xff : r;
          canvas.ink(r << 16 | g << 8 | b, BLEND);
          canvas.dot(uv[0], uv[1], DOT_PX);
        }
      }
    }
  }

  private void drawCamera(Canvas canvas, int t) {
    canvas.ink(DARK, 1);
    Rigid3 pose = worldFromCameras.get(t);
    double length = side / 10;
    double halfWidth = length * camera.size().width() / (2 * camera.focalXPx());
    double halfHeight = length * camera.size().height() / (2 * camera.focalYPx());
    Vec3[] rim = new Vec3[4];
    for (int k = 0; k < 4; k++) {
      double sx = k == 0 || k == 3 ? -1 : 1;
      double sy = k < 2 ? -1 : 1;
      rim[k] = pose.apply(new Vec3(sx * halfWidth, sy * halfHeight, length));
    }
    for (int k = 0; k < 4; k++) {
      segment(canvas, pose.translation(), rim[k]);
      segment(canvas, rim[k], rim[(k + 1) % 4]);
    }
    canvas.pen(LINE_PX, true);
    int last = Math.min(worldFromCameras.size() - 1, t + PATH_AHEAD_FRAMES);
    for (int s = 0; s < last; s++) {
      segment(
          canvas, worldFromCameras.get(s).translation(), worldFromCameras.get(s + 1).translation());
    }
    canvas.pen(LINE_PX, false);
  }

  private void drawTracks(Canvas canvas, int t) {
    double[] uv = new double[2];
    int first = Math.max(0, t - TrailOverlay.TRAIL_FRAMES);
    for (int i = 0; i < tracks.count(); i++) {
      if (!tracks.isVisible(i, t)) {
        continue;
      }
      int color = Canvas.cyclic(i, tracks.count());
      for (int s = first; s < t; s++) {
        if (tracks.isVisible(i, s) && tracks.isVisible(i, s + 1)) {
          canvas.ink(color, (s - first + 1) / (double) (t - first));
          segment(canvas, tracks.point(i, s), tracks.point(i, s + 1));
        }
      }
      Vec3 now = tracks.point(i, t);
      canvas.ink(color, 1);
      if (project(now.x(), now.y(), now.z(), uv)) {
        canvas.dot(uv[0], uv[1], DOT_PX);
      }
    }
  }
}
