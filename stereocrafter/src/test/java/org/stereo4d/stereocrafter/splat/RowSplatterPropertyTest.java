package org.stereo4d.stereocrafter.splat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

class RowSplatterPropertyTest {
  /** A handful of float additions of values up to 1. */
  private static final float ROUNDING = 2e-6f;

  /** A motion of 30 px is rounded to 2e-6 px, in slivers of 1 % of a weight that doubles. */
  private static final float SLOPE_COLOR = 1e-3f;

  /** The same, of disparities that differ by up to 60 px. */
  private static final float SLOPE_PX = 6e-2f;

  /** Central differences of a smooth function in single-precision steps. */
  private static final double DIFFERENCE = 1e-3;

  private static FloatImage noise(ImageSize size, int channels, double low, double high, int seed) {
    FloatImage out = FloatImage.create(size, channels);
    Random random = new Random(seed);
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return out;
  }

  private static FloatImage mirrored(FloatImage image) {
    FloatImage out = FloatImage.create(image.size(), image.channels());
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int c = 0; c < image.channels(); c++) {
          out.set(image.width() - 1 - x, y, c, image.at(x, y, c));
        }
      }
    }
    return out;
  }

  private static void assertClose(FloatImage a, FloatImage b, float tolerance) {
    for (int i = 0; i < a.array().length; i++) {
      if (!Float.isNaN(a.array()[i]) || !Float.isNaN(b.array()[i])) {
        assertThat(a.array()[i]).as("sample %s", i).isCloseTo(b.array()[i], within(tolerance));
      }
    }
  }

  @Property(tries = 30)
  void splat_rowForm_isTheGeneralForm(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll @DoubleRange(min = 0, max = 300) double range,
      @ForAll int seed) {
    ImageSize size = new ImageSize(width, 3);
    FloatImage image = noise(size, channels, 0, 1, seed);
    DisparityMap p = new DisparityMap(noise(size, 1, -range / 2, range / 2, seed + 1));
    Splat fast = new RowSplatter(SplatOptions.DEFAULTS).splat(image, p, -1);
    Splat slow = new GeneralSplatter(SplatOptions.DEFAULTS).splat(image, p, -1);
    for (int i = 0; i < fast.coverage().array().length; i++) {
      float covered = slow.coverage().array()[i];
      assertThat(fast.coverage().array()[i]).isCloseTo(covered, within(1e-4f));
      for (int c = 0; covered > 0.01f && c < channels; c++) {
        // a coordinate of up to 300 px is rounded to 3e-5 px, and a weight doubles within 2 px
        assertThat(fast.image().array()[i * channels + c])
            .isCloseTo(slow.image().array()[i * channels + c], within(5e-3f));
      }
    }
  }

  /** Slopes of some pixels to some hundreds, steps between them, and a few unknown pixels. */
  private static DisparityMap slopes(ImageSize size, Random random) {
    FloatImage px = FloatImage.create(size, 1);
    float p = 0;
    float slope = 0;
    for (int i = 0; i < px.array().length; i++) {
      if (random.nextInt(80) == 0) {
        slope =
            random.nextInt(3) == 0 ? 0 : (random.nextFloat() - 0.5f) * random.nextFloat() * 2.4f;
      }
      p = random.nextInt(120) == 0 ? 40 * (random.nextFloat() - 0.5f) : p + slope;
      p = Math.max(-30, Math.min(30, p));
      px.array()[i] = random.nextInt(300) == 0 ? Float.NaN : p;
    }
    return new DisparityMap(px);
  }

  @Property(tries = 30)
  void splat_slopesOfAnyLength_areTheGeneralForm(
      @ForAll @IntRange(min = 30, max = 1500) int width,
      @ForAll @IntRange(min = 0, max = 3) int view,
      @ForAll boolean reference,
      @ForAll long seed) {
    Random random = new Random(seed);
    ImageSize size = new ImageSize(width, 3);
    FloatImage image = noise(size, 3, 0, 1, random.nextInt());
    DisparityMap p = slopes(size, random);
    double shift = new double[] {-1, 1, 0.5, 0}[view];
    double base = new double[] {1.414, 1, 2, Math.E}[random.nextInt(4)];
    SplatOptions options =
        (reference ? SplatOptions.REFERENCE : SplatOptions.DEFAULTS).withWeightBase(base);
    Splat fast = new RowSplatter(options).splat(image, p, shift);
    ByteSplat bytes = new RowSplatter(options).splat(image.toBytes(), p, shift);
    Splat slow = byHand(image, p, shift, options);
    for (int i = 0; i < fast.coverage().array().length; i++) {
      float covered = slow.coverage().array()[i];
      assertThat(fast.coverage().array()[i]).as("pixel %s", i).isCloseTo(covered, within(1e-4f));
      assertThat(bytes.coverage().array()[i]).isEqualTo(fast.coverage().array()[i]);
      for (int c = 0; covered > 0.01f && c < 3; c++) {
        float color = fast.image().array()[i * 3 + c];
        assertThat(color)
            .as("pixel %s", i)
            .isCloseTo(slow.image().array()[i * 3 + c], within(SLOPE_COLOR));
        assertThat(bytes.image().array()[i * 3 + c] & 0xff)
            .as("pixel %s", i)
            .isCloseTo(Math.round(255 * color), within(1));
      }
      if (covered > 0.01f) {
        assertThat(fast.disparity().px().array()[i])
            .isCloseTo(slow.disparity().px().array()[i], within(SLOPE_PX));
      }
    }
  }

  /** The definition, pixel by pixel, in double precision. */
  private static Splat byHand(
      FloatImage image, DisparityMap p, double shift, SplatOptions options) {
    int width = image.width();
    int height = image.height();
    FloatImage color = FloatImage.create(image.size(), 3);
    FloatImage coverage = FloatImage.create(image.size(), 1);
    FloatImage near = FloatImage.create(image.size(), 1);
    boolean whole = options.tapRule() == TapRule.WHOLE_FOOTPRINT;
    for (int y = 0; y < (whole ? height - 1 : height); y++) {
      double[][] sums = new double[width + 2][6];
      for (int x = 0; x < width; x++) {
        float px = p.px().at(x, y, 0);
        double motion = px * (double) (float) shift;
        int column = x + (int) Math.floor(motion);
        if (Float.isNaN(px) || column < (whole ? 0 : -1) || column > width - (whole ? 2 : 1)) {
          continue;
        }
        double second = motion - Math.floor(motion);
        double weight = Math.pow(options.weightBase(), px);
        for (int tap = 0; tap < 2; tap++) {
          double share = tap == 0 ? 1 - second : second;
          double[] cell = sums[column + 1 + tap];
          for (int c = 0; c < 3; c++) {
            cell[c] += weight * share * image.at(x, y, c);
          }
          cell[3] += weight * share;
          cell[4] += weight * share * px;
          cell[5] += share;
        }
      }
      for (int x = 0; x < width; x++) {
        double[] cell = sums[x + 1];
        for (int c = 0; c < 3; c++) {
          color.set(x, y, c, (float) (cell[3] > 0 ? cell[c] / cell[3] : 0));
        }
        near.set(x, y, 0, (float) (cell[3] > 0 ? cell[4] / cell[3] : Float.NaN));
        coverage.set(x, y, 0, (float) cell[5]);
      }
    }
    return new Splat(color, coverage, new DisparityMap(near));
  }

  @Property(tries = 20)
  void splat_noDisparity_isTheIdentityBitForBit(@ForAll int seed) {
    ImageSize size = new ImageSize(37, 5);
    ByteImage image = noise(size, 3, 0, 1, seed).toBytes();
    DisparityMap zero = new DisparityMap(FloatImage.create(size, 1));
    ByteSplat splat = new RowSplatter(SplatOptions.DEFAULTS).splat(image, zero, -1);
    assertThat(splat.image()).isEqualTo(image);
    assertThat(splat.holes().count()).isZero();
    FloatImage exact = image.toFloat();
    assertThat(new RowSplatter(SplatOptions.DEFAULTS).splat(exact, zero, -1).image())
        .isEqualTo(exact);
  }

  @Property(tries = 20)
  void splat_mirroredPicture_givesTheMirroredOtherView(@ForAll int seed) {
    ImageSize size = new ImageSize(41, 4);
    FloatImage image = noise(size, 3, 0, 1, seed);
    FloatImage px = noise(size, 1, -9, 9, seed + 1);
    RowSplatter splatter = new RowSplatter(SplatOptions.DEFAULTS.withSliverThreshold(0.01));
    Splat right = splatter.splat(image, new DisparityMap(px), View.RIGHT.rightShift());
    Splat left =
        splatter.splat(mirrored(image), new DisparityMap(mirrored(px)), View.LEFT.leftShift());
    assertClose(mirrored(left.coverage()), right.coverage(), ROUNDING * 5);
    assertClose(mirrored(left.image()), right.image(), 1e-3f); // slivers of 1 % magnify rounding
  }

  @Property(tries = 20)
  void splat_constantWholeDisparity_shiftsColumns(
      @ForAll @IntRange(min = -6, max = 6) int px, @ForAll int seed) {
    ImageSize size = new ImageSize(23, 3);
    FloatImage image = noise(size, 3, 0, 1, seed);
    FloatImage constant = FloatImage.create(size, 1);
    Arrays.fill(constant.array(), px);
    Splat splat =
        new RowSplatter(SplatOptions.DEFAULTS).splat(image, new DisparityMap(constant), -1);
    for (int x = 0; x < 23; x++) {
      boolean inside = x + px >= 0 && x + px < 23;
      assertThat(splat.occlusion().at(x, 1, 0)).isEqualTo(inside ? 0f : 1f);
      assertThat(splat.image().at(x, 1, 2)).isEqualTo(inside ? image.at(x + px, 1, 2) : 0f);
    }
  }

  @Property(tries = 20)
  void warp_flowThatStaysInside_keepsTheSum(@ForAll int seed) {
    ImageSize size = new ImageSize(12, 9);
    FloatImage image = noise(size, 1, 0, 1, seed);
    FloatImage flow = noise(size, 2, -3, 3, seed + 1);
    double before = 0;
    for (int y = 0; y < 9; y++) {
      for (int x = 0; x < 12; x++) {
        flow.set(x, y, 0, Math.max(-x, Math.min(11 - x, flow.at(x, y, 0))));
        flow.set(x, y, 1, Math.max(-y, Math.min(8 - y, flow.at(x, y, 1))));
        before += image.at(x, y, 0);
      }
    }
    double after = 0;
    for (float v : new ForwardWarp(TapRule.PER_TAP).warp(image, new FlowField(flow)).array()) {
      after += v;
    }
    assertThat(after).isCloseTo(before, within(1e-4));
  }

  @Test
  void splatGradient_ofDisparity_isTheCentralDifference() {
    ImageSize size = new ImageSize(16, 2);
    FloatImage image = noise(size, 3, 0, 1, 1);
    FloatImage px = FloatImage.create(size, 1);
    for (int i = 0; i < px.array().length; i++) {
      px.array()[i] = (float) (2.3 + 1.4 * Math.sin(0.37 * i));
    }
    FloatImage byRight = noise(size, 3, -1, 1, 2);
    SplatOptions options = SplatOptions.DEFAULTS.withSliverThreshold(0);
    double least = 0;
    SplatGradient.Gradients got =
        new SplatGradient(options).gradients(image, new DisparityMap(px), least, byRight);
    double step = 1e-2;
    for (int i = 0; i < px.array().length; i++) {
      double fraction = px.array()[i] - Math.floor(px.array()[i]);
      if (fraction < 0.02 || fraction > 0.98) {
        continue; // the kernel has a corner there
      }
      double difference =
          (loss(image, px, i, step, byRight) - loss(image, px, i, -step, byRight)) / (2 * step);
      assertThat((double) got.disparity().array()[i])
          .as("pixel %s", i)
          .isCloseTo(difference, within(DIFFERENCE * Math.max(1, Math.abs(difference))));
    }
  }

  private static double loss(FloatImage image, FloatImage px, int i, double by, FloatImage g) {
    FloatImage moved = px.copy();
    moved.array()[i] += (float) by;
    Splat splat =
        new RowSplatter(SplatOptions.DEFAULTS.withSliverThreshold(0))
            .splat(image, new DisparityMap(moved), -1);
    double sum = 0;
    for (int k = 0; k < g.array().length; k++) {
      sum += g.array()[k] * (double) splat.image().array()[k];
    }
    return sum;
  }

  @Test
  void splat_anyNumberOfThreads_sameBits() {
    ImageSize size = new ImageSize(123, 77);
    FloatImage image = noise(size, 3, 0, 1, 5);
    DisparityMap p = new DisparityMap(noise(size, 1, -20, 20, 6));
    RowSplatter splatter = new RowSplatter(SplatOptions.DEFAULTS);
    ForkJoinPool one = new ForkJoinPool(1);
    ForkJoinPool three = new ForkJoinPool(3);
    try {
      assertThat(one.submit(() -> splatter.splat(image, p, -1)).join())
          .isEqualTo(three.submit(() -> splatter.splat(image, p, -1)).join());
    } finally {
      one.shutdown();
      three.shutdown();
    }
  }

  @Test
  void splat_rangeOfAThousandPixels_staysFinite() {
    ImageSize size = new ImageSize(64, 2);
    FloatImage px = noise(size, 1, -1, 1, 3);
    px.set(0, 0, 0, 600);
    px.set(1, 0, 0, -600);
    px.set(2, 0, 0, Float.NaN);
    px.set(3, 0, 0, Float.POSITIVE_INFINITY);
    Splat splat =
        new RowSplatter(SplatOptions.DEFAULTS)
            .splat(noise(size, 3, 0, 1, 4), new DisparityMap(px), -1);
    int lit = 0;
    for (float v : splat.image().array()) {
      assertThat(v).isBetween(0f, 1.001f);
      lit += v > 0 ? 1 : 0;
    }
    assertThat(lit).isGreaterThan(300);
  }

  @Test
  void maxMotion_ofTheHandMadeRamp() {
    ImageSize size = new ImageSize(6, 1);
    FloatImage ramp = FloatImage.wrap(new float[] {0, 1, 2, 3, 4, 5}, size, 1);
    float[] dx = {1, 0, 1, 1, 2, 0};
    FloatImage flow = FloatImage.create(size, 2);
    for (int x = 0; x < 6; x++) {
      flow.set(x, 0, 0, dx[x]);
    }
    MaxMotionWarp.Result result = new MaxMotionWarp().warp(ramp, new FlowField(flow));
    assertThat(result.image().array()).containsExactly(0, 0, 0, 2, 3, 5);
    assertThat(result.weight().array()).containsExactly(0, 1, 0, 1, 1, 1);
  }
}
