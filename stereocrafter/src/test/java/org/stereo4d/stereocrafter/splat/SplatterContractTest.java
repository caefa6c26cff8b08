package org.stereo4d.stereocrafter.splat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.Device;
import org.stereo4d.stereocrafter.nd4j.Nd4jSplatter;
import org.stereo4d.stereocrafter.network.TorchSplatter;

/** What every splatter must do. */
class SplatterContractTest {
  private static final ImageSize SIZE = new ImageSize(53, 19);

  /** Where less arrived, one place of a coordinate decides about the colour. */
  private static final float SURE = 0.05f;

  /** Coordinates of single precision against double, times the spread of weights. */
  private static final float COLOR = 2e-3f;

  private static final float COVERAGE = 1e-4f;

  private final Random random = new Random(7);

  enum Kind {
    ROWS(RowSplatter::new),
    GENERAL(GeneralSplatter::new),
    TORCH(options -> new TorchSplatter(options, Device.auto())),
    ND4J(Nd4jSplatter::new);

    private final Function<SplatOptions, Splatter> make;

    Kind(Function<SplatOptions, Splatter> make) {
      this.make = make;
    }

    Splat splat(SplatOptions options, FloatImage image, DisparityMap px, double shift) {
      Splatter splatter = make.apply(options);
      try {
        return splatter.splat(image, px, shift);
      } finally {
        if (splatter instanceof TorchSplatter torch) {
          torch.close();
        }
      }
    }
  }

  private FloatImage noise(int channels, double low, double high) {
    FloatImage out = FloatImage.create(SIZE, channels);
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return out;
  }

  /** The definition, in double precision. */
  private static Splat truth(SplatOptions options, FloatImage image, DisparityMap p, double shift) {
    WideReference reference = new WideReference(options);
    return reference.splat(image, p, shift);
  }

  /** Rows of double precision, whatever the range. */
  private record WideReference(SplatOptions options) {
    Splat splat(FloatImage image, DisparityMap p, double shift) {
      FloatImage out = FloatImage.create(image.size(), image.channels());
      FloatImage coverage = FloatImage.create(image.size(), 1);
      FloatImage px = FloatImage.create(image.size(), 1);
      int width = image.width();
      for (int y = 0; y < image.height(); y++) {
        boolean last = options.tapRule() == TapRule.WHOLE_FOOTPRINT && y == image.height() - 1;
        for (int t = 0; t < width; t++) {
          double weight = 0;
          double near = 0;
          double covered = 0;
          double[] color = new double[image.channels()];
          for (int x = 0; x < width && !last; x++) {
            double motion = p.at(x, y) * shift;
            double k = Math.max(0, 1 - Math.abs(x + motion - t));
            double floor = x + Math.floor(motion);
            boolean whole = floor >= 0 && floor + 1 < width;
            if (!(k > 0) || (options.tapRule() == TapRule.WHOLE_FOOTPRINT && !whole)) {
              continue;
            }
            double w = k * Math.pow(options.weightBase(), p.at(x, y));
            weight += w;
            near += w * p.at(x, y);
            covered += k;
            for (int c = 0; c < color.length; c++) {
              color[c] += w * image.at(x, y, c);
            }
          }
          coverage.set(t, y, 0, (float) covered);
          px.set(t, y, 0, (float) (near / weight));
          for (int c = 0; c < color.length; c++) {
            boolean black = covered < options.sliverThreshold() || weight == 0;
            out.set(t, y, c, black ? 0 : (float) (color[c] / weight));
          }
        }
      }
      return new Splat(out, coverage, new DisparityMap(px));
    }
  }

  private static void assertSame(Splat actual, Splat expected) {
    int channels = expected.image().channels();
    for (int i = 0; i < expected.coverage().array().length; i++) {
      float covered = expected.coverage().array()[i];
      assertThat(actual.coverage().array()[i]).isCloseTo(covered, within(COVERAGE));
      if (covered == 0) {
        assertThat(actual.disparity().px().array()[i]).isNaN();
      }
      for (int c = 0; covered > SURE && c < channels; c++) {
        assertThat(actual.image().array()[i * channels + c])
            .isCloseTo(expected.image().array()[i * channels + c], within(COLOR));
      }
      if (covered > SURE) {
        assertThat(actual.disparity().px().array()[i])
            .isCloseTo(expected.disparity().px().array()[i], within(20 * COLOR));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void splat_smoothAndNoisyDepth_isTheDefinition(Kind kind) {
    for (TapRule rule : TapRule.values()) {
      SplatOptions options = SplatOptions.DEFAULTS.withTapRule(rule);
      for (int channels : new int[] {1, 3}) {
        FloatImage image = noise(channels, 0, 1);
        DisparityMap px = new DisparityMap(noise(1, -6, 6));
        for (double shift : new double[] {-1, 0.5}) {
          assertSame(kind.splat(options, image, px, shift), truth(options, image, px, shift));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void splat_noMotion_isTheIdentity(Kind kind) {
    FloatImage image = noise(3, 0, 1);
    DisparityMap zero = new DisparityMap(FloatImage.create(SIZE, 1));
    Splat splat = kind.splat(SplatOptions.DEFAULTS, image, zero, -1);
    for (int i = 0; i < image.array().length; i++) {
      assertThat(splat.image().array()[i]).isCloseTo(image.array()[i], within(1e-6f));
    }
    assertThat(splat.holes().count()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"GENERAL"},
      mode = EnumSource.Mode.EXCLUDE)
  void splat_unknownAndFarPixels_doNotTakePart(Kind kind) {
    FloatImage image = noise(3, 0, 1);
    FloatImage px = noise(1, -4, 4);
    for (int i = 0; i < px.array().length; i += 5) {
      px.array()[i] = i % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
    }
    DisparityMap holes = new DisparityMap(px);
    assertSame(
        kind.splat(SplatOptions.DEFAULTS, image, holes, -1),
        truth(SplatOptions.DEFAULTS, image, holes, -1));
    px.array()[7] = 300;
    px.array()[8] = -300;
    Splat wide = kind.splat(SplatOptions.DEFAULTS, image, holes, -1);
    for (float v : wide.image().array()) {
      assertThat(v).isBetween(0f, 1.001f);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void splat_otherSize_isRefused(Kind kind) {
    DisparityMap small = new DisparityMap(FloatImage.create(new ImageSize(4, 4), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kind.splat(SplatOptions.DEFAULTS, noise(3, 0, 1), small, -1));
  }
}
