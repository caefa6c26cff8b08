package org.stereo4d.network;

import java.util.List;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;

/**
 * {@code (x - mean) / deviation} of each colour, for colours in [0, 1].
 *
 * @param mean red, green, blue
 * @param deviation red, green, blue; > 0
 */
public record ColorNormalization(List<Double> mean, List<Double> deviation) {
  /** Statistics of the ImageNet pictures. */
  public static final ColorNormalization IMAGENET =
      new ColorNormalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  /** [0, 1] to [-1, 1]. */
  public static final ColorNormalization HALF =
      new ColorNormalization(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

  /** Checks for three colours. */
  public ColorNormalization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    Check.that(
        mean.size() == 3 && deviation.size() == 3 && deviation.stream().allMatch(d -> d > 0),
        "mean and deviation must have 3 values, deviation > 0, were %s and %s",
        mean,
        deviation);
  }

  /** A normalised copy of an RGB image. */
  public FloatImage apply(FloatImage rgb) {
    Check.that(rgb.channels() == 3, "an RGB image has 3 channels, had %s", rgb.channels());
    FloatImage out = rgb.copy();
    float[] samples = out.array();
    for (int c = 0; c < 3; c++) {
      double offset = mean.get(c);
      double scale = 1 / deviation.get(c);
      for (int i = c; i < samples.length; i += 3) {
        samples[i] = (float) ((samples[i] - offset) * scale);
      }
    }
    return out;
  }
}
