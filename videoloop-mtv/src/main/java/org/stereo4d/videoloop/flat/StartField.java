package org.stereo4d.videoloop.flat;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Parallel;
import org.stereo4d.videoloop.loss.ColorClip;

/**
 * The start and the period of every place of a loop: a candidate is a pair of both, and costs its
 * squared jump times the square of the number of jumps within the loop.
 */
final class StartField {
  private static final int SWEEPS = 8;

  private final FlatLoopOptions options;
  private final ImageSize size;
  private final int period;
  private final int rows;
  private final int columns;
  private final int candidates;
  private final int[] starts; // by candidate
  private final int[] periods;
  private final float[] cost; // (place, candidate)
  private final int[] chosen;

  private StartField(FlatLoopOptions options, ColorClip video, int period) {
    this.options = options;
    this.size = video.size();
    this.period = period;
    this.rows = count(size.height());
    this.columns = count(size.width());
    List<int[]> pairs = new ArrayList<>();
    for (int repeats = 1; repeats <= options.mostRepeats(); repeats++) {
      int each = period / repeats;
      for (int s = 0; period % repeats == 0 && each >= 2 && s + each < video.frames(); s++) {
        pairs.add(new int[] {s, each});
      }
    }
    this.candidates = pairs.size();
    this.starts = pairs.stream().mapToInt(pair -> pair[0]).toArray();
    this.periods = pairs.stream().mapToInt(pair -> pair[1]).toArray();
    this.cost = new float[rows * columns * candidates];
    this.chosen = new int[rows * columns];
  }

  /** Places along an axis; the last is moved inside. */
  private int count(int side) {
    int stride = options.stridePx();
    return (Math.max(0, side - options.patchPx()) + stride - 1) / stride + 1;
  }

  private int origin(int index, int side) {
    return Math.max(0, Math.min(index * options.stridePx(), side - options.patchPx()));
  }

  static StartField find(ColorClip video, int period, FlatLoopOptions options) {
    StartField out = new StartField(options, video, period);
    Parallel.blocks(
        out.candidates,
        2,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            out.measure(video, i);
          }
        });
    out.choose();
    return out;
  }

  /** Cost of one candidate at every place, by a table of sums. */
  private void measure(ColorClip video, int candidate) {
    int start = starts[candidate];
    int end = start + periods[candidate];
    double repeats = repeats(candidate);
    int width = size.width();
    int height = size.height();
    double[] sums = new double[(width + 1) * (height + 1)];
    for (int y = 0; y < height; y++) {
      double row = 0;
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          double d =
              video.values()[video.index(start, c, y) + x]
                  - video.values()[video.index(end, c, y) + x];
          row += d * d;
        }
        sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
      }
    }
    int p = options.patchPx();
    for (int place = 0; place < chosen.length; place++) {
      int y = origin(place / columns, height);
      int x = origin(place % columns, width);
      double sum =
          sums[(y + p) * (width + 1) + x + p]
              - sums[y * (width + 1) + x + p]
              - sums[(y + p) * (width + 1) + x]
              + sums[y * (width + 1) + x];
      cost[place * candidates + candidate] = (float) (repeats * repeats * sum / (3.0 * p * p));
    }
  }

  /** Starts with the least jumps, then sweeps that also weigh the neighbours' starts. */
  private void choose() {
    for (int place = 0; place < chosen.length; place++) {
      chosen[place] = best(place, false);
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int parity = 0; parity < 2; parity++) {
        for (int place = 0; place < chosen.length; place++) {
          if ((place / columns + place % columns) % 2 == parity) {
            chosen[place] = best(place, true);
          }
        }
      }
    }
  }

  private int best(int place, boolean withNeighbours) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < candidates; i++) {
      double c = cost[place * candidates + i] + (withNeighbours ? unlike(place, i) : 0);
      if (c < least) {
        least = c;
        best = i;
      }
    }
    return best;
  }

  private double unlike(int place, int candidate) {
    int row = place / columns;
    int column = place % columns;
    int count = 0;
    count += column > 0 && chosen[place - 1] != candidate ? 1 : 0;
    count += column + 1 < columns && chosen[place + 1] != candidate ? 1 : 0;
    count += row > 0 && chosen[place - columns] != candidate ? 1 : 0;
    count += row + 1 < rows && chosen[place + columns] != candidate ? 1 : 0;
    return options.smoothness() * count;
  }

  private int repeats(int candidate) {
    return period / periods[candidate];
  }

  /** The period of a place. */
  int period(int place) {
    return periods[chosen[place]];
  }

  /** Places, row by row. */
  int places() {
    return chosen.length;
  }

  /** The frame of the video that a place shows at a time. */
  int frame(int place, int time) {
    int start = starts[chosen[place]];
    return start + Math.floorMod(time - start, period(place));
  }

  /** The loop: places averaged where they overlap. */
  ColorClip loop(ColorClip video) {
    ColorClip out = ColorClip.create(period, size);
    int[] overRows = coverage(rows, size.height());
    int[] overColumns = coverage(columns, size.width());
    Parallel.blocks(
        period,
        2,
        (from, to) -> {
          for (int t = from; t < to; t++) {
            for (int place = 0; place < chosen.length; place++) {
              add(video, frame(place, t), place, t, out);
            }
            divide(out, t, overRows, overColumns);
          }
        });
    return out;
  }

  private int[] coverage(int places, int side) {
    int[] out = new int[side];
    for (int i = 0; i < places; i++) {
      int first = origin(i, side);
      for (int k = first; k < Math.min(side, first + options.patchPx()); k++) {
        out[k]++;
      }
    }
    return out;
  }

  private void add(ColorClip video, int frame, int place, int t, ColorClip out) {
    int top = origin(place / columns, size.height());
    int left = origin(place % columns, size.width());
    int p = options.patchPx();
    for (int c = 0; c < 3; c++) {
      for (int y = top; y < top + p; y++) {
        int from = video.index(frame, c, y) + left;
        int to = out.index(t, c, y) + left;
        for (int x = 0; x < p; x++) {
          out.values()[to + x] += video.values()[from + x];
        }
      }
    }
  }

  private static void divide(ColorClip out, int t, int[] overRows, int[] overColumns) {
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < overRows.length; y++) {
        int at = out.index(t, c, y);
        for (int x = 0; x < overColumns.length; x++) {
          out.values()[at + x] /= overRows[y] * overColumns[x];
        }
      }
    }
  }

  /**
   * Mean absolute jump over the picture: at each pixel, what is shown after the jumps of the places
   * that cover it against what would have followed, averaged as colours are. Places that jump
   * several times within the loop count as often.
   */
  double meanJump(ColorClip video) {
    int[] overRows = coverage(rows, size.height());
    int[] overColumns = coverage(columns, size.width());
    ColorClip jumps = ColorClip.create(1, size);
    for (int place = 0; place < chosen.length; place++) {
      addJump(video, place, jumps);
    }
    divide(jumps, 0, overRows, overColumns);
    float[] luma = jumps.image(0).luma().array();
    double sum = 0;
    for (float jump : luma) {
      sum += jump;
    }
    return sum / luma.length;
  }

  private void addJump(ColorClip video, int place, ColorClip jumps) {
    int top = origin(place / columns, size.height());
    int left = origin(place % columns, size.width());
    int s = starts[chosen[place]];
    int end = s + period(place);
    int repeats = repeats(chosen[place]);
    int p = options.patchPx();
    for (int c = 0; c < 3; c++) {
      for (int y = top; y < top + p; y++) {
        int a = video.index(s, c, y) + left;
        int b = video.index(end, c, y) + left;
        int to = jumps.index(0, c, y) + left;
        for (int x = 0; x < p; x++) {
          float jump = Math.abs(video.values()[a + x] - video.values()[b + x]);
          jumps.values()[to + x] += repeats * jump;
        }
      }
    }
  }
}
