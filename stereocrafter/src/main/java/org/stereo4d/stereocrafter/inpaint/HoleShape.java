package org.stereo4d.stereocrafter.inpaint;

import java.util.Arrays;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/** Changes of the shape of holes. What lies outside the picture never counts. */
public final class HoleShape {
  private HoleShape() {}

  /** Dilated n times and eroded n times by a 3x3 square: gaps and notches up to 2 n close. */
  public static Mask closing(Mask mask, int times) {
    Check.that(times >= 0, "times must be >= 0, was %s", times);
    boolean[] grown = spread(mask.array(), mask.size(), times, true);
    return Mask.wrap(spread(grown, mask.size(), times, false), mask.size());
  }

  /** The mask and its {@link #closing} of two. */
  public static Mask closed(Mask mask) {
    return closing(mask, 2).or(mask);
  }

  /** The mask and the pixels up to n to the right of it. */
  public static Mask grownRight(Mask mask, int n) {
    return grown(mask, 0, n);
  }

  /** The mask and the pixels up to n to the left of it. */
  public static Mask grownLeft(Mask mask, int n) {
    return grown(mask, n, 0);
  }

  /** The mask and all neighbours, also diagonal ones. */
  public static Mask dilated(Mask mask) {
    return Mask.wrap(spread(mask.array(), mask.size(), 1, true), mask.size());
  }

  /** Pixels of one value pass it on to the square of a radius about them. */
  private static boolean[] spread(boolean[] in, ImageSize size, int radius, boolean value) {
    boolean[] across = across(in, size, radius, radius, value);
    boolean[] out = new boolean[in.length];
    int width = size.width();
    int height = size.height();
    Parallel.rows(
        height,
        (start, end) -> {
          boolean[] row = new boolean[width];
          boolean[] other = new boolean[width];
          for (int y = start; y < end; y++) {
            System.arraycopy(across, y * width, row, 0, width);
            int last = Math.min(height - 1, y + radius);
            for (int k = Math.max(0, y - radius); k <= last; k++) {
              System.arraycopy(across, k * width, other, 0, width);
              for (int x = 0; x < width; x++) {
                row[x] |= other[x];
              }
            }
            for (int x = 0; x < width; x++) {
              out[y * width + x] = row[x] == value;
            }
          }
        });
    return out;
  }

  /** True where a pixel of the row has the value, at most so far to the right or to the left. */
  private static boolean[] across(
      boolean[] in, ImageSize size, int toLeft, int toRight, boolean value) {
    boolean[] out = new boolean[in.length];
    int width = size.width();
    Parallel.rows(
        size.height(),
        (start, end) -> {
          for (int row = start * width; row < end * width; row += width) {
            int x = 0;
            while (x < width) {
              if (in[row + x] != value) {
                x++;
                continue;
              }
              int from = Math.max(0, x - toLeft);
              while (x < width && in[row + x] == value) {
                x++;
              }
              Arrays.fill(out, row + from, row + Math.min(width, x + toRight), true);
            }
          }
        });
    return out;
  }

  private static Mask grown(Mask mask, int toLeft, int toRight) {
    Check.that(toLeft + toRight >= 0, "n must be >= 0, was %s", toLeft + toRight);
    return Mask.wrap(across(mask.array(), mask.size(), toLeft, toRight, true), mask.size());
  }
}
