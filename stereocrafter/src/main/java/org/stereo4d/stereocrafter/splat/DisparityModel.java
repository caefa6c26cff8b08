package org.stereo4d.stereocrafter.splat;

import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/**
 * From nearness d in [0, 1] to disparity: {@code p = D (d - c)}.
 *
 * @param rangePx D, disparity between the farthest and the nearest point, px; finite. A negative
 *     range turns depth inside out
 * @param convergence c, the nearness that lies in the plane of the screen; finite, 0.5 as in the
 *     reference
 */
public record DisparityModel(double rangePx, double convergence) {
  /** Nearness in the screen plane of the reference. */
  public static final double DEFAULT_CONVERGENCE = 0.5;

  /** Range in percent of the width, of the reference family of converters. */
  public static final double DEFAULT_PERCENT_OF_WIDTH = 2.0;

  /** Above this share of the width, in percent, long viewing tires. */
  public static final double COMFORT_PERCENT = 3.3;

  /** Columns that fade, as a share of the width, per percent of range. */
  private static final double BORDER_SHARE = 0.0075;

  private static final double MAX_PERCENT = 20;
  private static final int BLOCK = 1 << 16;

  /** Checks that both are finite. */
  public DisparityModel {
    Check.that(Double.isFinite(rangePx), "rangePx must be finite, was %s", rangePx);
    Check.that(Double.isFinite(convergence), "convergence must be finite, was %s", convergence);
  }

  /** The reference's strength: {@code p = (2 d - 1) maxDisparityPx}. */
  public static DisparityModel ofMaxDisparityPx(double maxDisparityPx) {
    return new DisparityModel(2 * maxDisparityPx, DEFAULT_CONVERGENCE);
  }

  /** A range in percent of the picture's width. */
  public static DisparityModel ofPercentOfWidth(double percent, int width) {
    return new DisparityModel(width * percent / 100, DEFAULT_CONVERGENCE);
  }

  /** A range in units of 1/20 percent of the width to each side. */
  public static DisparityModel ofTwentiethPercentPerSide(double units, int width) {
    return new DisparityModel(2 * width * units / 2000, DEFAULT_CONVERGENCE);
  }

  /** This model with another nearness in the screen plane. */
  public DisparityModel withConvergence(double convergence) {
    return new DisparityModel(rangePx, convergence);
  }

  /** The range in percent of a width. */
  public double percentOfWidth(int width) {
    return 100 * Math.abs(rangePx) / width;
  }

  /** Whether the range is comfortable on a picture of this width. */
  public boolean isComfortable(int width) {
    return percentOfWidth(width) <= COMFORT_PERCENT;
  }

  /**
   * Checks that the range is of use on a picture of this width.
   *
   * @throws IllegalArgumentException above 20 percent of the width
   */
  public void requireUsable(int width) {
    Check.that(
        percentOfWidth(width) <= MAX_PERCENT,
        "rangePx must be at most %s percent of the width %s, was %s px",
        MAX_PERCENT,
        width,
        rangePx);
  }

  /** The disparity of each pixel; unknown stays unknown. */
  public DisparityMap disparity(InverseDepthMap nearness) {
    FloatImage out = nearness.values().copy();
    float[] px = out.array();
    float range = (float) rangePx;
    float zero = (float) convergence;
    Parallel.blocks(
        px.length,
        BLOCK,
        (start, end) -> {
          for (int i = start; i < end; i++) {
            px[i] = (px[i] - zero) * range;
          }
        });
    return new DisparityMap(out);
  }

  /**
   * Disparity that fades out towards the left and right border, so that a view takes nothing from
   * beyond the picture: multiplied by a ramp from 0 to 1 over {@code rint(0.0075 q W)} columns, q
   * the range in percent of the width W.
   */
  public DisparityMap fadedAtBorders(DisparityMap disparity) {
    FloatImage out = disparity.px().copy();
    int width = out.width();
    int columns = (int) Math.rint(BORDER_SHARE * percentOfWidth(width) * width);
    int ramp = Math.min(columns, (width + 1) / 2);
    float[] px = out.array();
    for (int y = 0; y < out.height(); y++) {
      int row = out.index(0, y);
      for (int x = 0; x < ramp; x++) {
        float factor = columns == 1 ? 0 : x / (columns - 1f);
        px[row + x] *= factor;
        if (width - 1 - x != x) {
          px[row + width - 1 - x] *= factor;
        }
      }
    }
    return new DisparityMap(out);
  }
}
