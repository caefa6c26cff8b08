package org.stereo4d.tracking.klt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;

/** The motion that most points share, against exact places, while others move otherwise. */
class SceneryPropertyTest {
  private static final int SIDE = 512;
  private static final int FRAMES = 12;

  private final LumaFrame frame =
      LumaFrame.of(ByteImage.create(new ImageSize(SIDE, SIDE), 1), false);
  private final Match place = new Match();

  @Property(tries = 100)
  void fit_othersMoveOtherwise_findsWhereThePointsThatMoveAsOneAre(
      @ForAll @IntRange(min = 100, max = 400) int count,
      @ForAll @DoubleRange(min = 0, max = 0.25) double othersShare,
      @ForAll @DoubleRange(min = -150, max = 150) double drift,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] startX = random.doubles(count, 0, SIDE).toArray();
    double[] startY = random.doubles(count, 0, SIDE).toArray();
    double[] bend = random.doubles(12, -6, 6).toArray();
    bend[0] = drift;
    Scenery scenery = new Scenery(frame, startX, startY, FRAMES);
    Point[] points = points(startX, startY);
    int others = (int) (othersShare * count);
    for (int t = 1; t < FRAMES; t++) {
      double passed = t / (FRAMES - 1.0);
      for (int k = 0; k < count; k++) {
        points[k].match.x = startX[k] + passed * bent(bend, 0, startX[k], startY[k]);
        points[k].match.y = startY[k] + passed * bent(bend, 6, startX[k], startY[k]);
        if (k < others) { // some stay in the picture, as what a camera follows does
          points[k].match.x = startX[k] + (k % 2 == 0 ? 0 : 6 * t * Math.cos(k));
          points[k].match.y = startY[k] + (k % 2 == 0 ? 0 : 6 * t * Math.sin(k));
        }
      }
      scenery.fit(points, t, t - 1, place);
      assertThat(scenery.isKnown(t)).isTrue();
      int near = 0;
      for (int k = others; k < count; k++) {
        scenery.place(k, t, place);
        near += Math.hypot(place.x - points[k].match.x, place.y - points[k].match.y) < 1.5 ? 1 : 0;
      }
      assertThat(near).isGreaterThanOrEqualTo((int) (0.95 * (count - others)));
    }
  }

  @Property(tries = 50)
  void fit_fewPoints_isNotKnown(@ForAll @IntRange(max = 23) int count) {
    double[] start = new double[count];
    Scenery scenery = new Scenery(frame, start, start, 2);
    scenery.fit(points(start, start), 1, 0, place);
    assertThat(scenery.isKnown(1)).isFalse();
  }

  private static double bent(double[] bend, int from, double x, double y) {
    double u = (x - 0.5 * (SIDE - 1)) / (0.5 * SIDE);
    double v = (y - 0.5 * (SIDE - 1)) / (0.5 * SIDE);
    return bend[from]
        + bend[from + 1] * u
        + bend[from + 2] * v
        + bend[from + 3] * u * u
        + bend[from + 4] * u * v
        + bend[from + 5] * v * v;
  }

  private Point[] points(double[] x, double[] y) {
    SampleWindow window = new SampleWindow(KltOptions.DEFAULTS);
    Point[] out = new Point[x.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = new Point(new Template(window), Point.Color.at(frame, x[k], y[k]));
      out[k].match.x = x[k];
      out[k].match.y = y[k];
      out[k].visible = true;
    }
    return out;
  }
}
