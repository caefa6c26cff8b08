package org.stereo4d.depth;

import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;

/**
 * Two equal parallel cameras, the right one displaced along +x of the left.
 *
 * @param view the camera of both views
 * @param baselineMeters distance of the centres; > 0 and finite
 */
public record StereoRig(PinholeCamera view, double baselineMeters) {
  /** The baseline of every clip of the released data, pseudo-metric. */
  public static final double VR180_BASELINE_METERS = 0.063;

  /** Checks the baseline. */
  public StereoRig {
    Check.that(
        baselineMeters > 0 && Double.isFinite(baselineMeters),
        "baselineMeters must be > 0 and finite, was %s",
        baselineMeters);
  }

  /** {@code rightFromLeft}: a point of the left camera frame seen from the right one. */
  public Rigid3 rightFromLeft() {
    return new Rigid3(Rotation3.IDENTITY, new Vec3(-baselineMeters, 0, 0));
  }

  /** {@code depth = fx B / disparity}; a disparity of 0 or less, or unknown, gives NaN. */
  public DepthMap depthFrom(DisparityMap disparity) {
    return new DepthMap(reciprocal(disparity.px()));
  }

  /** {@code disparity = fx B / depth}; a depth of 0 or less, or unknown, gives NaN. */
  public DisparityMap disparityFrom(DepthMap depth) {
    return new DisparityMap(reciprocal(depth.meters()));
  }

  private FloatImage reciprocal(FloatImage source) {
    Check.that(
        source.size().equals(view.size()),
        "map %s and view %s differ in size",
        source.size(),
        view.size());
    double scale = view.focalXPx() * baselineMeters;
    FloatImage out = FloatImage.create(source.size(), 1);
    for (int y = 0, k = 0; y < source.height(); y++) {
      for (int i = source.index(0, y), end = i + source.width(); i < end; i++, k++) {
        float v = source.array()[i];
        out.array()[k] = v > 0 ? (float) (scale / v) : Float.NaN;
      }
    }
    return out;
  }
}
