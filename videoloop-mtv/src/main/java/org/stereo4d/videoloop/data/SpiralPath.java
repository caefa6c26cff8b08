package org.stereo4d.videoloop.data;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.run.Check;

/**
 * A path of two turns around the middle of recentred cameras, looking at a fixed point.
 *
 * <p>Step k of N stands at {@code C (cos(th) rad.x, -sin(th) rad.y, (cos(th/2) zd)^2 rad.z)} with
 * {@code th = 4 pi k / N}, {@code rad = 0.8 scale max |centre|} and {@code zd = 0.18 near}.
 */
public final class SpiralPath {
  private SpiralPath() {}

  /**
   * Poses along the path.
   *
   * @param frames N; {@code >= 1}. Reference 120
   * @param scale of the radius; {@code >= 0}
   */
  public static List<Rigid3> worldFromCameras(LoopCameras cameras, int frames, double scale) {
    Check.that(frames >= 1, "frames must be >= 1, was %s", frames);
    Check.that(scale >= 0 && Double.isFinite(scale), "scale must be >= 0, was %s", scale);
    Rigid3 center = LoopCameras.average(cameras.worldFromCameras());
    Vec3 down = LoopCameras.down(cameras.worldFromCameras()).normalized();
    Vec3 radius = cameras.radii().times(0.8 * scale);
    Vec3 target = new Vec3(0, 0, cameras.focusBound());
    double depthStep = 0.2 * 0.9 * cameras.nearBound();
    List<Rigid3> out = new ArrayList<>();
    for (int k = 0; k < frames; k++) {
      double angle = 4 * Math.PI * k / frames;
      double ahead = Math.cos(angle / 2) * depthStep;
      Vec3 offset =
          new Vec3(
              Math.cos(angle) * radius.x(),
              -Math.sin(angle) * radius.y(),
              ahead * ahead * radius.z());
      Vec3 place = center.apply(offset);
      out.add(LoopCameras.looking(place, target.minus(place), down));
    }
    return out;
  }
}
