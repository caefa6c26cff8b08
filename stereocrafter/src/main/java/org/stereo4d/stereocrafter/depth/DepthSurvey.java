package org.stereo4d.stereocrafter.depth;

import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.stereocrafter.splat.DisparityModel;

/**
 * Looks over the nearness of a video before it is converted: is it the right way round, how strong
 * may the effect be, and what should lie in the plane of the screen.
 *
 * <p>Counts values of [0, 1] in 256 steps; holds nothing else.
 */
public final class DepthSurvey {
  private static final int BINS = 256;

  /** Part of each side that counts as border. */
  private static final int BORDER_PART = 8;

  /** Share of frames that are nearer at the border before depth counts as inverted. */
  private static final double INVERTED_SHARE = 0.9;

  /** Parallax, in percent of the width, that 95 % of the pixels should keep below. */
  private static final double COMFORTABLE_PERCENT = 1;

  private static final double MOST = 0.95;

  private final long[] counts = new long[BINS];
  private long pixels;
  private int frames;
  private int borderNearer;

  /** Takes the nearness of the next frame; unknown values do not count. */
  public void accept(InverseDepthMap nearness) {
    FloatImage map = nearness.values();
    double border = 0;
    double centre = 0;
    int borderCount = 0;
    int centreCount = 0;
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        float d = map.at(x, y, 0);
        if (Float.isFinite(d)) {
          counts[(int) Math.max(0, Math.min(BINS - 1, d * BINS))]++;
          pixels++;
          if (isBorder(x, map.width()) || isBorder(y, map.height())) {
            border += d;
            borderCount++;
          } else {
            centre += d;
            centreCount++;
          }
        }
      }
    }
    frames++;
    boolean both = borderCount > 0 && centreCount > 0;
    borderNearer += both && border / borderCount > centre / centreCount ? 1 : 0;
  }

  private static boolean isBorder(int place, int side) {
    return place < side / BORDER_PART || place >= side - side / BORDER_PART;
  }

  /** Whether the border is nearer than the centre in more than nine of ten frames. */
  public boolean looksInverted() {
    return borderNearer > INVERTED_SHARE * frames;
  }

  /** Share of the pixels in each of 256 steps of nearness. */
  public double[] histogram() {
    double[] out = new double[BINS];
    for (int i = 0; i < BINS; i++) {
      out[i] = pixels == 0 ? 0 : counts[i] / (double) pixels;
    }
    return out;
  }

  /** The median nearness, which lies well in the plane of the screen; 0.5 of nothing. */
  public double convergence() {
    return pixels == 0 ? 0.5 : quantile(0.5);
  }

  /**
   * The range of disparity, in percent of the width, at which 95 % of the pixels keep below one
   * percent of parallax; at most the strength above which long viewing tires.
   */
  public double percentOfWidth() {
    double c = convergence();
    double reach = Math.max(quantile(1 - (1 - MOST) / 2) - c, c - quantile((1 - MOST) / 2));
    return Math.min(COMFORTABLE_PERCENT / Math.max(reach, 1e-3), DisparityModel.COMFORT_PERCENT);
  }

  private double quantile(double share) {
    long wanted = (long) Math.ceil(share * pixels);
    long sum = 0;
    for (int i = 0; i < BINS; i++) {
      sum += counts[i];
      if (sum >= wanted && sum > 0) {
        return (i + 0.5) / BINS;
      }
    }
    return 0.5;
  }
}
