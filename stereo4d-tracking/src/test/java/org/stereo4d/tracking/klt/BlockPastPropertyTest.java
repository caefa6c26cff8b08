package org.stereo4d.tracking.klt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;

/** The cells that companions are looked for in. */
class BlockPastPropertyTest {
  private static final int FRAMES = 12;

  @Property(tries = 100)
  void at_anyPoints_eachInSightLiesInItsCellAndFarCellsHoldFarPoints(
      @ForAll @IntRange(min = 1, max = 1400) int width,
      @ForAll @IntRange(min = 1, max = 200) int height,
      @ForAll @IntRange(min = 1, max = 60) int points,
      @ForAll @IntRange(max = FRAMES - 2) int present,
      @ForAll long seed) {
    Random random = new Random(seed);
    BlockPast past = past(width, height, points, random).at(present, 1);
    int[] found = new int[points];
    for (int row = -1; row <= past.rows(); row++) {
      for (int column = -1; column <= past.columns(); column++) {
        for (int i = past.first(column, row); i < past.end(column, row); i++) {
          int j = past.point(i);
          found[j]++;
          assertThat(past.column(past.x(j, past.reference()))).isEqualTo(column);
          assertThat(past.row(past.y(j, past.reference()))).isEqualTo(row);
        }
      }
    }
    for (int j = 0; j < points; j++) {
      assertThat(found[j]).isEqualTo(past.visible(j, past.reference()) ? 1 : 0);
      checkDistance(past, j, random.nextInt(points));
    }
  }

  /** Points whose cells are n apart are at least n - 1 cells apart, also those outside. */
  private static void checkDistance(BlockPast past, int j, int k) {
    int s = past.reference();
    int columns = Math.abs(past.column(past.x(j, s)) - past.column(past.x(k, s)));
    int rows = Math.abs(past.row(past.y(j, s)) - past.row(past.y(k, s)));
    double apart = Math.hypot(past.x(j, s) - past.x(k, s), past.y(j, s) - past.y(k, s));
    assertThat(apart).isGreaterThanOrEqualTo((Math.max(columns, rows) - 1) * (double) past.cellPx);
  }

  /** Hidden points may lie outside the picture. */
  private static BlockPast past(int width, int height, int points, Random random) {
    KltTracker.Found found = KltTracker.Found.of(points, FRAMES);
    for (int j = 0; j < points; j++) {
      for (int t = 0; t < FRAMES; t++) {
        int entry = j * FRAMES + t;
        boolean visible = random.nextBoolean();
        double reach = visible ? 1 : 3;
        found.visible()[entry] = visible;
        found.xy()[2 * entry] = (float) (width * (0.5 + reach * (random.nextDouble() - 0.5)));
        found.xy()[2 * entry + 1] = (float) (height * (0.5 + reach * (random.nextDouble() - 0.5)));
      }
    }
    LumaFrame frame = LumaFrame.of(ByteImage.create(new ImageSize(width, height), 1), false);
    Clip clip = new Clip(Collections.nCopies(FRAMES, frame), List.of(), List.of());
    return new BlockPast(found, clip, 0);
  }
}
