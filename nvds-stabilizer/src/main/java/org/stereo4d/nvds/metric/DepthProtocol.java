package org.stereo4d.nvds.metric;

import java.util.Optional;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.run.Check;

/**
 * Accuracy in metric depth, frame by frame: predictions are resized to the truth (nearest), aligned
 * to {@code 1 / truth} over the whole picture, raised to {@code 1 / cap}, inverted, clamped and
 * compared inside a crop.
 *
 * @param capMeters farthest depth before the clamp; > 0
 * @param nearestMeters lower end of the clamp; > 0
 * @param farthestMeters upper end of the clamp; >= nearestMeters
 * @param crop the pixels that are compared; empty for all
 */
public record DepthProtocol(
    double capMeters, double nearestMeters, double farthestMeters, Optional<Crop> crop) {
  /** NYUDV2 at 640x480: cap 10 m, clamp to [0.7133, 9.9955], rows 44..470, columns 40..600. */
  public static final DepthProtocol NYU =
      new DepthProtocol(10, 0.7133, 9.9955, Optional.of(new Crop(40, 44, new ImageSize(561, 427))));

  /**
   * Sintel: as {@link #NYU} with a cap of 80 and no crop. No script was published, so numbers made
   * with it must say so.
   */
  public static final DepthProtocol SINTEL = new DepthProtocol(80, 1e-3, 80, Optional.empty());

  /** A rectangle of pixels. */
  public record Crop(int x, int y, ImageSize size) {}

  /** Checks the bounds. */
  public DepthProtocol {
    Check.that(capMeters > 0, "capMeters must be > 0, was %s", capMeters);
    Check.that(
        nearestMeters > 0 && farthestMeters >= nearestMeters,
        "clamp must satisfy 0 < nearest <= farthest, was %s and %s",
        nearestMeters,
        farthestMeters);
  }

  /** This protocol inside another crop. */
  public DepthProtocol withCrop(Crop crop) {
    return new DepthProtocol(capMeters, nearestMeters, farthestMeters, Optional.of(crop));
  }

  /** The prediction as depth and its errors. */
  public record Result(
      InverseDepthMap resized, AffineAlignment alignment, DepthMap depth, DepthErrors errors) {}

  /**
   * Scores one frame.
   *
   * @param truth NaN and 0 are unknown
   */
  public Result score(InverseDepthMap prediction, DepthMap truth) {
    InverseDepthMap resized =
        new InverseDepthMap(
            new ImageResizer(ResizeFilter.NEAREST).resize(prediction.values(), truth.size()));
    Mask valid = Positive.of(truth.meters());
    AffineAlignment line = AffineAlignment.between(resized, truth.inverse(), valid);
    FloatImage depth = line.apply(resized).values();
    float[] values = depth.array();
    for (int i = 0; i < values.length; i++) {
      double meters = 1 / Math.max(values[i], 1 / capMeters);
      values[i] = (float) Math.max(nearestMeters, Math.min(farthestMeters, meters));
    }
    DepthErrors errors =
        DepthErrors.of(
            cropped(depth),
            cropped(truth.meters()),
            Positive.of(crop(truth.meters())).array(),
            InlierRule.POSITIVE_ONLY);
    return new Result(resized, line, new DepthMap(depth), errors);
  }

  private FloatImage crop(FloatImage image) {
    return crop.map(c -> image.crop(c.x(), c.y(), c.size())).orElse(image);
  }

  private float[] cropped(FloatImage image) {
    return crop(image).contiguous();
  }
}
