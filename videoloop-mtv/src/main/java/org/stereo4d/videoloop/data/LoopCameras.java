package org.stereo4d.videoloop.data;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.pose.LlffPoses;
import org.stereo4d.run.Check;

/**
 * The still cameras of a scene, in units of the nearest depth.
 *
 * @param worldFromCameras pose of each view
 * @param cameras lens of each view
 * @param nearBound depth of the nearest plane, in scene units; {@code > 0}
 * @param farBound depth of the farthest plane, in scene units; {@code > nearBound}
 */
public record LoopCameras(
    List<Rigid3> worldFromCameras, List<PinholeCamera> cameras, double nearBound, double farBound) {
  private static final double SIZE_TOLERANCE = 1; // pixels

  /** Copies the lists and checks the bounds. */
  public LoopCameras {
    worldFromCameras = List.copyOf(worldFromCameras);
    cameras = List.copyOf(cameras);
    Check.that(
        cameras.size() == worldFromCameras.size() && !cameras.isEmpty(),
        "there must be a lens for each of the %s poses, were %s",
        worldFromCameras.size(),
        cameras.size());
    Check.that(
        nearBound > 0 && farBound > nearBound && Double.isFinite(farBound),
        "bounds must be 0 < near < far, were %s and %s",
        nearBound,
        farBound);
  }

  /**
   * Scales the file's poses by the nearest depth and moves their average to the origin.
   *
   * @param poses rows of {@code poses_bounds.npy}
   * @param factor what sizes and focal lengths are divided by; {@code > 0}
   * @param picture size of the videos; must agree with the file within a pixel
   * @param bounds factors of the nearest and farthest depth, and whether poses are recentred
   */
  public static LoopCameras of(
      LlffPoses poses, double factor, ImageSize picture, BoundFactors bounds) {
    Check.that(factor > 0 && Double.isFinite(factor), "factor must be > 0, was %s", factor);
    List<LlffPoses.View> views = poses.views();
    Check.that(!views.isEmpty(), "poses must have views, had %s", 0);
    double nearest = Double.POSITIVE_INFINITY;
    double farthest = Double.NEGATIVE_INFINITY;
    for (LlffPoses.View view : views) {
      nearest = Math.min(nearest, Math.min(view.nearBound(), view.farBound()));
      farthest = Math.max(farthest, Math.max(view.nearBound(), view.farBound()));
    }
    Check.that(
        nearest > 0,
        "near bound must be > 0, was %s: pass bounds of your own or drop points behind cameras",
        nearest);
    List<Rigid3> scaled = new ArrayList<>();
    List<PinholeCamera> cameras = new ArrayList<>();
    for (LlffPoses.View view : views) {
      Rigid3 pose = view.worldFromCamera();
      scaled.add(new Rigid3(pose.rotation(), pose.translation().times(1 / nearest)));
      cameras.add(camera(view, factor, picture));
    }
    List<Rigid3> placed = bounds.recenter() ? recentered(scaled) : scaled;
    return new LoopCameras(placed, cameras, bounds.near(), bounds.far() * farthest / nearest);
  }

  /**
   * How bounds follow from the depths of the file.
   *
   * @param near factor of the nearest depth; {@code > 0}. Reference code 0.9
   * @param far factor of the farthest depth; {@code > 0}. Reference code 2
   * @param recenter whether the average pose becomes the origin
   */
  public record BoundFactors(double near, double far, boolean recenter) {
    /** 0.9, 2, recentred. */
    public static final BoundFactors DEFAULTS = new BoundFactors(0.9, 2, true);

    /** Checks that factors are positive. */
    public BoundFactors {
      Check.that(near > 0 && far > 0, "factors must be > 0, were %s and %s", near, far);
    }
  }

  private static PinholeCamera camera(LlffPoses.View view, double factor, ImageSize picture) {
    double width = view.widthPx() / factor;
    double height = view.heightPx() / factor;
    boolean fits =
        Math.abs(width - picture.width()) <= SIZE_TOLERANCE
            && Math.abs(height - picture.height()) <= SIZE_TOLERANCE;
    boolean swapped =
        Math.abs(height - picture.width()) <= SIZE_TOLERANCE
            && Math.abs(width - picture.height()) <= SIZE_TOLERANCE;
    Check.that(
        fits,
        "pictures of %sx%s over factor %s must have the videos' size %s%s",
        view.widthPx(),
        view.heightPx(),
        factor,
        picture,
        swapped ? ": height and width are swapped in the pose file" : "");
    double focal = view.focalPx() / factor;
    return new PinholeCamera(picture, focal, focal, width / 2, height / 2);
  }

  /** The poses as seen from their average. */
  public static List<Rigid3> recentered(List<Rigid3> worldFromCameras) {
    Rigid3 centerFromWorld = average(worldFromCameras).inverse();
    return worldFromCameras.stream().map(centerFromWorld::compose).toList();
  }

  /**
   * The average pose: mean centre, mean viewing direction, and the mean down direction made
   * perpendicular to it.
   */
  public static Rigid3 average(List<Rigid3> worldFromCameras) {
    Vec3 center = Vec3.ZERO;
    Vec3 forward = Vec3.ZERO;
    for (Rigid3 pose : worldFromCameras) {
      center = center.plus(pose.translation());
      forward = forward.plus(pose.rotation().apply(new Vec3(0, 0, 1)));
    }
    return looking(center.times(1.0 / worldFromCameras.size()), forward, down(worldFromCameras));
  }

  /** Sum of the down axes. */
  static Vec3 down(List<Rigid3> worldFromCameras) {
    Vec3 down = Vec3.ZERO;
    for (Rigid3 pose : worldFromCameras) {
      down = down.plus(pose.rotation().apply(new Vec3(0, 1, 0)));
    }
    return down;
  }

  /** A camera at a place that looks in a direction, its down axis close to another. */
  static Rigid3 looking(Vec3 center, Vec3 forward, Vec3 down) {
    Vec3 z = forward.normalized();
    Vec3 x = down.cross(z).normalized();
    Vec3 y = z.cross(x).normalized();
    double[] rotation = {x.x(), y.x(), z.x(), x.y(), y.y(), z.y(), x.z(), y.z(), z.z()};
    return new Rigid3(Rotation3.ofMatrix(rotation), center);
  }

  /** Number of views. */
  public int views() {
    return cameras.size();
  }

  /** Place of the reference camera of a model: the average pose. */
  public Rigid3 referenceFromWorld() {
    return average(worldFromCameras).inverse();
  }

  /** Lens of the reference camera of a model: the mean of all. */
  public PinholeCamera referenceCamera() {
    double[] mean = new double[4];
    for (PinholeCamera camera : cameras) {
      mean[0] += camera.focalXPx() / cameras.size();
      mean[1] += camera.focalYPx() / cameras.size();
      mean[2] += camera.centerXPx() / cameras.size();
      mean[3] += camera.centerYPx() / cameras.size();
    }
    return new PinholeCamera(cameras.get(0).size(), mean[0], mean[1], mean[2], mean[3]);
  }

  /** Component-wise largest distance of a centre from the origin. */
  public Vec3 radii() {
    Vec3 out = Vec3.ZERO;
    for (Rigid3 pose : worldFromCameras) {
      Vec3 c = pose.translation();
      out =
          new Vec3(
              Math.max(out.x(), Math.abs(c.x())),
              Math.max(out.y(), Math.abs(c.y())),
              Math.max(out.z(), Math.abs(c.z())));
    }
    return out;
  }

  /** Depth that the spiral looks at: {@code 1 / (0.25 / (0.9 near) + 0.75 / (5 far))}. */
  public double focusBound() {
    return 1 / (0.25 / (0.9 * nearBound) + 0.75 / (5 * farBound));
  }

  /** Some of the views, by index. */
  public LoopCameras select(List<Integer> indices) {
    return new LoopCameras(
        indices.stream().map(worldFromCameras::get).toList(),
        indices.stream().map(cameras::get).toList(),
        nearBound,
        farBound);
  }
}
