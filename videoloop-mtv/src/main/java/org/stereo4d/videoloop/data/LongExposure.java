package org.stereo4d.videoloop.data;

import java.util.Arrays;
import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/**
 * One picture that stands for a clip.
 *
 * @param kind how frames are joined
 * @param amount of {@link Kind#DYNAMIC}: k in [0, 1]; of {@link Kind#BLUR}: side of the kernel,
 *     odd, {@code >= 3}; else unused
 */
public record LongExposure(Kind kind, double amount) {
  /** Weighted by the distance from the mean: the reference's setting. */
  public static final LongExposure DYNAMIC = new LongExposure(Kind.DYNAMIC, 1);

  /** The plain mean: the paper's. */
  public static final LongExposure AVERAGE = new LongExposure(Kind.AVERAGE, 0);

  private static final double LEAST_WEIGHT = 1e-10;

  /** How frames are joined. */
  public enum Kind {
    /** The mean. */
    AVERAGE,
    /** The median; the mean of the middle two of an even number. */
    MEDIAN,
    /** The first frame. */
    FIRST,
    /** Weights {@code k ||I_t - mean|| + 1 - k}, so that what moves by is not washed out. */
    DYNAMIC,
    /** Blurred frames with weights {@code clamp(3 ||B_t - mean B||, 0.001, 3)}. */
    BLUR
  }

  /** Checks the amount. */
  public LongExposure {
    Check.that(
        kind != Kind.DYNAMIC || (amount >= 0 && amount <= 1),
        "amount of DYNAMIC must be in [0, 1], was %s",
        amount);
    Check.that(
        kind != Kind.BLUR || (amount >= 3 && amount % 2 == 1),
        "amount of BLUR must be odd and >= 3, was %s",
        amount);
  }

  /** From the reference's names: average, median, first, dynamic, dynamic0.5, blur, blur11. */
  public static LongExposure parse(String name) {
    for (Kind kind : Kind.values()) {
      String prefix = kind.name().toLowerCase(java.util.Locale.ROOT);
      if (name.startsWith(prefix)) {
        String rest = name.substring(prefix.length());
        double standard = kind == Kind.BLUR ? 11 : kind == Kind.DYNAMIC ? 1 : 0;
        try {
          return new LongExposure(kind, rest.isEmpty() ? standard : Double.parseDouble(rest));
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException("exposure must be a known name, was " + name, e);
        }
      }
    }
    throw new IllegalArgumentException(
        "exposure must be average, median, first, dynamic or blur, was " + name);
  }

  /** The picture of RGB frames of one size, values in [0, 1]. */
  public FloatImage of(List<ByteImage> clip) {
    Check.that(!clip.isEmpty(), "clip must have frames, had %s", 0);
    return switch (kind) {
      case AVERAGE -> weighted(clip, List.of(), (t, i, mean) -> 1);
      case FIRST -> clip.get(0).toFloat();
      case MEDIAN -> median(clip);
      case DYNAMIC ->
          weighted(
              clip,
              List.of(),
              (t, i, mean) ->
                  Math.max(LEAST_WEIGHT, amount * distance(clip.get(t), i, mean) + 1 - amount));
      case BLUR -> {
        List<FloatImage> blurred =
            clip.stream().map(frame -> blur(frame.toFloat(), (int) amount)).toList();
        yield weighted(
            clip,
            blurred,
            (t, i, mean) -> Math.max(0.001, Math.min(3, 3 * distance(blurred.get(t), i, mean))));
      }
    };
  }

  private interface Weight {
    double of(int t, int pixel, double[] mean);
  }

  private static FloatImage weighted(
      List<ByteImage> clip, List<FloatImage> blurred, Weight weight) {
    ImageSize size = clip.get(0).size();
    FloatImage out = FloatImage.create(size, 3);
    Parallel.rows(
        size.height(),
        (start, end) -> {
          double[] mean = new double[3];
          double[] sum = new double[3];
          for (int i = start * size.width(); i < end * size.width(); i++) {
            Arrays.fill(mean, 0);
            Arrays.fill(sum, 0);
            for (int t = 0; t < clip.size(); t++) {
              for (int c = 0; c < 3; c++) {
                mean[c] += value(clip, blurred, t, i, c) / clip.size();
              }
            }
            double total = 0;
            for (int t = 0; t < clip.size(); t++) {
              double w = weight.of(t, i, mean);
              total += w;
              for (int c = 0; c < 3; c++) {
                sum[c] += w * value(clip, blurred, t, i, c);
              }
            }
            for (int c = 0; c < 3; c++) {
              out.array()[3 * i + c] = (float) (sum[c] / total);
            }
          }
        });
    return out;
  }

  private static double value(
      List<ByteImage> clip, List<FloatImage> blurred, int t, int pixel, int c) {
    if (!blurred.isEmpty()) {
      return blurred.get(t).array()[3 * pixel + c];
    }
    return sample(clip.get(t), pixel, c);
  }

  private static double sample(ByteImage frame, int pixel, int c) {
    int at = frame.index(pixel % frame.width(), pixel / frame.width()) + c;
    return (frame.array()[at] & 0xff) / 255.0;
  }

  private static double distance(ByteImage frame, int pixel, double[] mean) {
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double d = sample(frame, pixel, c) - mean[c];
      sum += d * d;
    }
    return Math.sqrt(sum);
  }

  private static double distance(FloatImage frame, int pixel, double[] mean) {
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double d = frame.array()[3 * pixel + c] - mean[c];
      sum += d * d;
    }
    return Math.sqrt(sum);
  }

  private static FloatImage median(List<ByteImage> clip) {
    ImageSize size = clip.get(0).size();
    FloatImage out = FloatImage.create(size, 3);
    int[] values = new int[clip.size()];
    for (int i = 0; i < size.area(); i++) {
      for (int c = 0; c < 3; c++) {
        for (int t = 0; t < values.length; t++) {
          values[t] = clip.get(t).at(i % size.width(), i / size.width(), c);
        }
        Arrays.sort(values);
        int middle = values[(values.length - 1) / 2] + values[values.length / 2];
        out.array()[3 * i + c] = middle / 510f;
      }
    }
    return out;
  }

  /** Gaussian of a side, sigma 0.3 ((side-1)/2 - 1) + 0.8, border mirrored without its edge. */
  private static FloatImage blur(FloatImage image, int side) {
    double sigma = 0.3 * ((side - 1) / 2.0 - 1) + 0.8;
    double[] kernel = new double[side];
    double sum = 0;
    for (int k = 0; k < side; k++) {
      double d = k - (side - 1) / 2.0;
      kernel[k] = Math.exp(-d * d / (2 * sigma * sigma));
      sum += kernel[k];
    }
    for (int k = 0; k < side; k++) {
      kernel[k] /= sum;
    }
    return blur(blur(image, kernel, true), kernel, false);
  }

  private static FloatImage blur(FloatImage image, double[] kernel, boolean alongRows) {
    FloatImage out = FloatImage.create(image.size(), 3);
    int width = image.width();
    int length = alongRows ? width : image.height();
    for (int i = 0; i < out.array().length; i++) {
      int c = i % 3;
      int x = i / 3 % width;
      int y = i / 3 / width;
      double sum = 0;
      for (int k = 0; k < kernel.length; k++) {
        int at = mirrored((alongRows ? x : y) + k - kernel.length / 2, length);
        sum += kernel[k] * (alongRows ? image.at(at, y, c) : image.at(x, at, c));
      }
      out.array()[i] = (float) sum;
    }
    return out;
  }

  private static int mirrored(int i, int size) {
    if (size == 1) {
      return 0;
    }
    int period = 2 * (size - 1);
    int at = Math.floorMod(i, period);
    return at < size ? at : period - at;
  }
}
