package org.stereo4d.videoloop.export;

import java.util.List;
import java.util.Locale;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.run.Check;
import org.stereo4d.videoloop.data.LoopCameras;

/**
 * What a viewer knows about the cameras.
 *
 * @param framesPerSecond Hz; {@code > 0}
 * @param verticalFovDegrees of the training cameras; in (0, 180)
 * @param nearBound depth of the nearest plane, scene units
 * @param farBound depth of the farthest plane, scene units
 * @param up direction of the top of the picture
 * @param lookAt point that the view turns about
 * @param limit how far the eye may move along each axis, scene units
 */
public record ViewerMeta(
    double framesPerSecond,
    double verticalFovDegrees,
    double nearBound,
    double farBound,
    Vec3 up,
    Vec3 lookAt,
    Vec3 limit) {
  private static final double RADIUS = 0.8; // of the spiral, of the largest distance

  /** Checks rate and angle. */
  public ViewerMeta {
    Check.that(
        framesPerSecond > 0 && Double.isFinite(framesPerSecond),
        "framesPerSecond must be > 0 and finite, was %s",
        framesPerSecond);
    Check.that(
        verticalFovDegrees > 0 && verticalFovDegrees < 180,
        "verticalFovDegrees must be in (0, 180), was %s",
        verticalFovDegrees);
  }

  /** For recentred cameras. */
  public static ViewerMeta of(LoopCameras cameras, double framesPerSecond) {
    return meta(cameras, framesPerSecond, down(cameras).normalized().times(-1));
  }

  /**
   * The reference's values.
   *
   * @param asFiled cameras scaled but not recentred
   */
  public static ViewerMeta compatible(LoopCameras asFiled, double framesPerSecond) {
    Vec3 down = down(asFiled).normalized();
    return meta(asFiled, framesPerSecond, new Vec3(down.x(), -down.y(), down.z()));
  }

  private static ViewerMeta meta(LoopCameras cameras, double framesPerSecond, Vec3 up) {
    PinholeCamera lens = cameras.referenceCamera();
    double fov = Math.toDegrees(2 * Math.atan(lens.centerYPx() / lens.focalYPx()));
    return new ViewerMeta(
        framesPerSecond,
        fov,
        cameras.nearBound(),
        cameras.farBound(),
        up,
        new Vec3(0, 0, cameras.focusBound()),
        cameras.radii().times(RADIUS));
  }

  private static Vec3 down(LoopCameras cameras) {
    Vec3 sum = Vec3.ZERO;
    for (Rigid3 pose : cameras.worldFromCameras()) {
      sum = sum.plus(pose.rotation().apply(new Vec3(0, 1, 0)));
    }
    return sum;
  }

  /** The text of {@code meta.json}, four spaces of indent. */
  public String toJson(int frames) {
    StringBuilder out = new StringBuilder("{\n");
    field(out, "fps", number(framesPerSecond));
    field(out, "fov", Double.toString(verticalFovDegrees));
    field(out, "frame_count", Integer.toString(frames));
    field(out, "near", Double.toString(nearBound));
    field(out, "far", Double.toString(farBound));
    field(out, "up", list(up));
    field(out, "lookat", list(lookAt));
    field(out, "limit", list(limit));
    out.setLength(out.length() - 2);
    return out.append("\n}\n").toString();
  }

  private static void field(StringBuilder out, String name, String value) {
    out.append(String.format(Locale.ROOT, "    \"%s\": %s,%n", name, value).replace("\r", ""));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static String list(Vec3 v) {
    return String.join(
            ",\n        ",
            List.of("[\n        " + v.x(), Double.toString(v.y()), Double.toString(v.z())))
        + "\n    ]";
  }
}
