package org.stereo4d.nvds.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.flow.FlowWarp;
import org.stereo4d.image.Border;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;

/**
 * Optical-flow warping error: how much depth changes along the motion of the picture.
 *
 * <p>Compare only sequences in one gauge, for instance with the minimum and maximum of the clip at
 * 0 and 1: with {@link OpwVariant#ALL_PIXELS} the error of a map rises with its distance from 0.
 * Pixels without a value on either side are left out.
 *
 * @param colors unit of colour differences. Default: bytes
 * @param variant which pixels count. Default: all
 * @param activeArea pixels to look at; empty for all. Letterbox bars agree perfectly and lower the
 *     error unless they are left out here
 */
public record OpwMetric(ColorRange colors, OpwVariant variant, Optional<Mask> activeArea) {
  /** Colours in 0..255, all pixels: the reference. */
  public static final OpwMetric DEFAULTS =
      new OpwMetric(ColorRange.BYTE, OpwVariant.ALL_PIXELS, Optional.empty());

  private static final FlowWarp WARP = new FlowWarp(Border.ZERO);
  private static final double ALPHA = 50;
  private static final double FACTOR = 10;

  /** This metric in another unit of colours. */
  public OpwMetric withColors(ColorRange colors) {
    return new OpwMetric(colors, variant, activeArea);
  }

  /** This metric over other pixels. */
  public OpwMetric withVariant(OpwVariant variant) {
    return new OpwMetric(colors, variant, activeArea);
  }

  /** This metric inside an area. */
  public OpwMetric withActiveArea(Mask area) {
    return new OpwMetric(colors, variant, Optional.of(area));
  }

  /**
   * One frame as the metric sees it.
   *
   * @param rgb colours in [0, 1], or beyond after a cubic resize
   */
  public record View(FloatImage rgb, InverseDepthMap map) {
    /** Checks the sizes. */
    public View {
      Check.that(
          rgb.channels() == 3 && rgb.size().equals(map.size()),
          "a view needs RGB of the size of its map, had %s and %s",
          rgb,
          map.size());
    }
  }

  /**
   * Error of a pair.
   *
   * @param flow on the grid of {@code current}, into {@code previous}
   */
  public double pair(View previous, View current, FlowField flow) {
    View warped =
        new View(
            WARP.warp(previous.rgb(), flow),
            new InverseDepthMap(WARP.warp(previous.map().values(), flow)));
    return compare(
        warped, current, variant == OpwVariant.VALID_ONLY ? inBounds(flow) : all(flow.size()));
  }

  /**
   * Error of a pair whose previous frame is on the grid of the current one already; over a batch,
   * the mean of it is the temporal loss of training.
   */
  public double ofWarped(View warped, View current) {
    return compare(warped, current, all(current.map().size()));
  }

  private static Mask all(ImageSize size) {
    return Mask.none(size).not();
  }

  private double compare(View previous, View current, Mask area) {
    float[] warped = previous.map().values().contiguous();
    float[] values = current.map().values().contiguous();
    float[] weight = colorWeight(previous.rgb(), current.rgb());
    boolean[] use = used(warped, values, area);
    RobustNormalization ofWarped = RobustNormalization.of(warped, use);
    RobustNormalization ofCurrent = RobustNormalization.of(values, use);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (use[i]) {
        sum += weight[i] * Math.abs(ofWarped.apply(warped[i]) - ofCurrent.apply(values[i]));
        count++;
      }
    }
    return count == 0 ? Double.NaN : FACTOR * sum / count;
  }

  /**
   * Error of a clip.
   *
   * @param views frames in processing order
   * @param flows flow number t from frame t + 1 to frame t, t from 0; asked for once, in order
   */
  public OpwScore sequence(List<View> views, IntFunction<FlowField> flows) {
    List<Double> pairs = new ArrayList<>();
    for (int t = 1; t < views.size(); t++) {
      pairs.add(pair(views.get(t - 1), views.get(t), flows.apply(t - 1)));
    }
    return new OpwScore(pairs, views.size());
  }

  /** {@code sum over colours of exp(-50 d^2)} for the warped previous picture. */
  float[] colorWeight(FloatImage warped, FloatImage current) {
    float[] from = warped.contiguous();
    float[] to = current.contiguous();
    float[] out = new float[from.length / 3];
    double factor = -ALPHA * colors.scale() * colors.scale();
    for (int i = 0, k = 0; i < out.length; i++, k += 3) {
      out[i] =
          (float)
              (similarity(factor, from[k] - to[k])
                  + similarity(factor, from[k + 1] - to[k + 1])
                  + similarity(factor, from[k + 2] - to[k + 2]));
    }
    return out;
  }

  private static double similarity(double factor, double difference) {
    double exponent = factor * difference * difference;
    return exponent < -88 ? 0 : Math.exp(exponent); // below the range of single precision
  }

  private boolean[] used(float[] warped, float[] values, Mask area) {
    boolean[] allowed = activeArea.map(area::and).orElse(area).array();
    boolean[] out = new boolean[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = allowed[i] && Float.isFinite(warped[i]) && Float.isFinite(values[i]);
    }
    return out;
  }

  /** Pixels whose flow ends between the centres of the border pixels. */
  static Mask inBounds(FlowField flow) {
    ImageSize size = flow.size();
    Mask out = Mask.none(size);
    float[] px = flow.px().contiguous();
    for (int y = 0, i = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++, i++) {
        float toX = x + px[2 * i];
        float toY = y + px[2 * i + 1];
        out.array()[i] =
            toX >= 0 && toX <= size.width() - 1 && toY >= 0 && toY <= size.height() - 1;
      }
    }
    return out;
  }
}
