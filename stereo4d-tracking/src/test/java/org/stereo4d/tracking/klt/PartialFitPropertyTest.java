package org.stereo4d.tracking.klt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;

/** A square that another texture covers in part, against exact places. */
class PartialFitPropertyTest {
  private static final ImageSize SIZE = new ImageSize(64, 64);
  private static final double POINT = 32;
  private static final double NOWHERE = 64;

  private final SampleWindow window = new SampleWindow(KltOptions.DEFAULTS);
  private final TemplateFit whole = new TemplateFit(window);
  private final PartialFit part = new PartialFit(window, whole);
  private final Template template = new Template(window);
  private final Match match = new Match();

  @Property(tries = 200)
  void refine_nothingCovered_findsThePlaceAndAllOfTheSquare(
      @ForAll @DoubleRange(min = -0.8, max = 0.8) double dx,
      @ForAll @DoubleRange(min = -0.8, max = 0.8) double dy,
      @ForAll long seed) {
    assertThat(part.refine(template(seed), moved(seed, dx, dy, NOWHERE), match)).isTrue();
    assertThat(missBy(dx, dy)).isLessThan(0.1);
    assertThat(part.middle).isGreaterThan(0.95);
    assertThat(part.share).isGreaterThan(0.95).isLessThanOrEqualTo(1 + 1e-6);
  }

  @Property(tries = 200)
  void compare_anything_isAShareAndStaysWithinItsBound(
      @ForAll @DoubleRange(min = 20, max = 44) double edge, @ForAll long seed) {
    assertThat(part.compare(template(seed), moved(seed, 0, 0, edge), match)).isTrue();
    assertThat(part.share).isBetween(0.0, 1 + 1e-6);
    assertThat(part.middle).isBetween(0.0, 1 + 1e-6);
    assertThat(match.residual).isLessThanOrEqualTo(Math.hypot(4, 0.4 * template.deviation));
    assertThat(match.x).isEqualTo(POINT);
  }

  /** Over many textures, since by chance two may look alike beside the edge. */
  @Test
  void refine_rightThirdCovered_staysWhereTheWholeSquareIsPulledAway() {
    int nearer = 0;
    int near = 0;
    int inSight = 0;
    for (int seed = 0; seed < 200; seed++) {
      LumaFrame next = moved(seed, 0.5, -0.4, POINT + 5);
      Template square = template(seed);
      part.refine(square, next, match);
      double miss = missBy(0.5, -0.4);
      inSight += part.middle > 0.8 && part.share < 0.9 ? 1 : 0;
      toStart();
      whole.refinePlace(square, next, match, 5);
      nearer += miss < missBy(0.5, -0.4) ? 1 : 0;
      near += miss < 0.25 ? 1 : 0;
    }
    assertThat(nearer).isGreaterThan(170);
    assertThat(near).isGreaterThan(170);
    assertThat(inSight).isGreaterThan(170);
  }

  @Test
  void compare_middleCovered_saysSo() {
    int covered = 0;
    for (int seed = 0; seed < 200; seed++) {
      part.compare(template(seed), moved(seed, 0, 0, POINT - 4), match);
      covered += part.middle < 0.7 ? 1 : 0;
    }
    assertThat(covered).isGreaterThan(190);
  }

  @Test
  void refine_acrossTheBorder_isNotDone() {
    LumaFrame frame = moved(1, 0, 0, NOWHERE);
    template(1);
    match.x = 3;
    assertThat(part.refine(template, frame, match)).isFalse();
    assertThat(part.compare(template, frame, match)).isFalse();
    assertThat(match.x).isEqualTo(3);
  }

  private double missBy(double dx, double dy) {
    return Math.hypot(match.x - POINT - dx, match.y - POINT - dy);
  }

  private void toStart() {
    match.x = POINT;
    match.y = POINT;
    match.upright();
  }

  private Template template(long seed) {
    toStart();
    template.cut(moved(seed, 0, 0, NOWHERE), POINT, POINT);
    return template;
  }

  /** A texture moved, and another one from a column on. */
  private static LumaFrame moved(long seed, double dx, double dy, double edge) {
    double[][] own = waves(seed);
    double[][] other = waves(~seed);
    ByteImage image = ByteImage.create(SIZE, 1);
    for (int y = 0; y < SIZE.height(); y++) {
      for (int x = 0; x < SIZE.width(); x++) {
        double sum = 0;
        for (double[] wave : x >= edge ? other : own) {
          sum += Math.sin(wave[0] * (x - dx) + wave[1] * (y - dy) + wave[2]);
        }
        image.set(x, y, 0, (int) Math.round(Math.max(0, Math.min(255, 128 + 10 * sum))));
      }
    }
    return LumaFrame.of(image, false);
  }

  private static double[][] waves(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] out = new double[20][];
    for (int k = 0; k < out.length; k++) {
      double length = 6 + 14 * random.nextDouble();
      double angle = 2 * Math.PI * random.nextDouble();
      double turns = 2 * Math.PI / length;
      out[k] =
          new double[] {
            turns * Math.cos(angle), turns * Math.sin(angle), 2 * Math.PI * random.nextDouble()
          };
    }
    return out;
  }
}
