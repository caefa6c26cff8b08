package org.stereo4d.depth;

import java.util.Arrays;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ColorMap;
import org.stereo4d.run.Check;

/**
 * Colours of depth that mean the same in every frame of a clip (spec F.7): {@code s = (1/d - 1/far)
 * / (1/near - 1/far)}, entry {@code floor(256 s)} of the turbo table; unknown depth is black.
 *
 * @param nearMeters depth of the last entry, red; > 0
 * @param farMeters depth of the first entry, blue; >= near
 */
public record DepthColors(double nearMeters, double farMeters) {
  private static final double LOW_SHARE = 0.05;
  private static final double HIGH_SHARE = 0.95;
  private static final int MOST_SAMPLES = 1 << 22;

  /** Checks the order. */
  public DepthColors {
    Check.that(
        nearMeters > 0 && farMeters >= nearMeters && Double.isFinite(farMeters),
        "depths must be 0 < near <= far, were %s and %s",
        nearMeters,
        farMeters);
  }

  /**
   * The 5th and 95th percentile of all known depth of a clip, between order statistics by linear
   * interpolation. Clips of more than four million known pixels are judged by an even choice of
   * them, so that memory stays bounded. Without any known depth: 1 to 2 m.
   */
  public static DepthColors of(Iterable<DepthMap> clip) {
    Samples samples = new Samples();
    for (DepthMap depth : clip) {
      for (int y = 0; y < depth.size().height(); y++) {
        for (int x = 0; x < depth.size().width(); x++) {
          float meters = depth.at(x, y);
          if (meters > 0 && meters < Float.POSITIVE_INFINITY) {
            samples.add(meters);
          }
        }
      }
    }
    if (samples.count == 0) {
      return new DepthColors(1, 2);
    }
    Arrays.sort(samples.meters, 0, samples.count);
    return new DepthColors(samples.percentile(LOW_SHARE), samples.percentile(HIGH_SHARE));
  }

  /** A picture of a map, RGB. */
  public ByteImage colorize(DepthMap depth) {
    double low = 1 / farMeters;
    double range = 1 / nearMeters - low;
    ByteImage out = ByteImage.create(depth.size(), 3);
    byte[] rgb = out.array();
    for (int y = 0, to = 0; y < depth.size().height(); y++) {
      for (int x = 0; x < depth.size().width(); x++, to += 3) {
        float meters = depth.at(x, y);
        if (meters > 0 && meters < Float.POSITIVE_INFINITY) {
          double s = range > 0 ? (1 / (double) meters - low) / range : 0.5;
          int color = ColorMap.TURBO.rgb(ColorMap.entryOf(s));
          rgb[to] = (byte) (color >> 16);
          rgb[to + 1] = (byte) (color >> 8);
          rgb[to + 2] = (byte) color;
        }
      }
    }
    return out;
  }

  /** Every k-th value of a stream, k doubled whenever the array is full. */
  private static final class Samples {
    private float[] meters = new float[1 << 16];
    private int count;
    private int step = 1;
    private int wait;

    void add(float value) {
      if (wait-- > 0) {
        return;
      }
      wait = step - 1;
      if (count == MOST_SAMPLES) {
        for (int i = 0; i < count / 2; i++) {
          meters[i] = meters[2 * i];
        }
        count /= 2;
        step *= 2;
      } else if (count == meters.length) {
        meters = Arrays.copyOf(meters, 2 * count);
      }
      meters[count++] = value;
    }

    double percentile(double share) {
      double at = share * (count - 1);
      int below = (int) at;
      int above = Math.min(count - 1, below + 1);
      return meters[below] + (at - below) * (meters[above] - meters[below]);
    }
  }
}
