package org.stereo4d.tracking.klt;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;

/** What neighbours on a grid say of a point. */
class SurroundingsPropertyTest {
  private static final int COLUMNS = 9;
  private static final double STRIDE_PX = 16;
  private static final int MIDDLE = COLUMNS * COLUMNS / 2;

  private final double[] startX = new double[COLUMNS * COLUMNS];
  private final double[] startY = new double[COLUMNS * COLUMNS];
  private final Point[] points = new Point[COLUMNS * COLUMNS];
  private final Surroundings surroundings;
  private final Match guess = new Match();

  SurroundingsPropertyTest() {
    LumaFrame frame = LumaFrame.of(ByteImage.create(new ImageSize(160, 160), 1), false);
    SampleWindow window = new SampleWindow(KltOptions.DEFAULTS);
    for (int k = 0; k < points.length; k++) {
      startX[k] = 10 + STRIDE_PX * (k % COLUMNS);
      startY[k] = 10 + STRIDE_PX * (k / COLUMNS);
      points[k] = new Point(new Template(window), Point.Color.at(frame, startX[k], startY[k]));
    }
    surroundings = new Surroundings(startX, startY);
  }

  @Property(tries = 200)
  void guess_neighboursTurnAndShift_isWhereThePointWentWithThem(
      @ForAll @DoubleRange(min = -0.5, max = 0.5) double radians,
      @ForAll @DoubleRange(min = 0.6, max = 1.4) double scale,
      @ForAll @DoubleRange(min = -80, max = 80) double shift,
      @ForAll @IntRange(max = 3) int odd) {
    double x0 = startX[MIDDLE];
    double y0 = startY[MIDDLE];
    double cos = scale * Math.cos(radians);
    double sin = scale * Math.sin(radians);
    for (int k = 0; k < points.length; k++) {
      double u = startX[k] - x0;
      double v = startY[k] - y0;
      set(k, x0 + shift + cos * u - sin * v, y0 - shift + sin * u + cos * v);
    }
    for (int k = 0; k < odd; k++) {
      points[k].match.x += 300; // far off, and moving otherwise
    }
    points[MIDDLE].visible = false;
    assertThat(surroundings.guess(points, MIDDLE, guess)).isTrue();
    assertThat(Math.hypot(guess.x - x0 - shift, guess.y - y0 + shift)).isLessThan(0.5);
    assertThat(guess.axx).isBetween(Math.min(1, cos) - 0.02, Math.max(1, cos) + 0.02);
    assertThat(guess.ayx).isBetween(Math.min(0, sin) - 0.02, Math.max(0, sin) + 0.02);
  }

  @Property(tries = 100)
  void guess_oneOfTheNearestIsElsewhere_isHardlyMoved(
      @ForAll @DoubleRange(min = 10, max = 200) double away, @ForAll @IntRange(max = 3) int which) {
    for (int k = 0; k < points.length; k++) {
      set(k, startX[k] + 20, startY[k]);
    }
    int[] nearest = {MIDDLE - 1, MIDDLE + 1, MIDDLE - COLUMNS, MIDDLE + COLUMNS};
    points[nearest[which]].match.y += away;
    points[MIDDLE].visible = false;
    assertThat(surroundings.guess(points, MIDDLE, guess)).isTrue();
    assertThat(Math.hypot(guess.x - startX[MIDDLE] - 20, guess.y - startY[MIDDLE])).isLessThan(0.5);
  }

  @Test
  void guess_onlySceneryInSight_saysNothing() {
    for (int k = 0; k < points.length; k++) {
      set(k, startX[k], startY[k]);
      points[k].awayX = 0;
    }
    assertThat(surroundings.guess(points, MIDDLE, guess)).isFalse();
  }

  @Test
  void leavesAlone_neighboursStay_isDragged() {
    stay();
    points[MIDDLE].awayX = 3;
    assertThat(surroundings.leavesAlone(points, MIDDLE)).isTrue();
  }

  @Test
  void leavesAlone_oneNeighbourGoesAlong_isNot() {
    stay();
    points[MIDDLE].awayX = 3;
    points[MIDDLE + 1].awayX = 3.5;
    assertThat(surroundings.leavesAlone(points, MIDDLE)).isFalse();
  }

  @Test
  void leavesAlone_noNeighbourIsKnownToStay_isNot() {
    stay();
    for (Point point : points) {
      point.awayX = Double.NaN;
    }
    points[MIDDLE].awayX = 3;
    assertThat(surroundings.leavesAlone(points, MIDDLE)).isFalse();
  }

  private void stay() {
    for (int k = 0; k < points.length; k++) {
      set(k, startX[k], startY[k]);
      points[k].awayX = 0;
    }
  }

  /** A point in sight that left the scenery, if there is one. */
  private void set(int k, double x, double y) {
    points[k].match.x = x;
    points[k].match.y = y;
    points[k].visible = true;
    points[k].awayX = 100 + k * 10;
    points[k].awayY = 0;
  }
}
