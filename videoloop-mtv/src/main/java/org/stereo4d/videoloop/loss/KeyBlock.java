package org.stereo4d.videoloop.loss;

import java.util.Arrays;

/**
 * Matches all queries against a block of keys.
 *
 * <p>With {@code p = g s + r}, a patch covers g whole steps of rows and the first r rows of the
 * next; the same for columns. {@code whole} holds for each pair of frames the box sums over the
 * columns of the patches, summed over one whole step of rows; {@code part} over its first r rows.
 */
final class KeyBlock {
  private static final int QUERY_FRAMES_AT_ONCE = 12; // their rows stay in the cache

  private final StridedRows queries;
  private final StridedRows keys;
  private final PatchGrid grid;
  private final int firstKey;
  private final int endKey;
  private final int firstFrame;
  private final int keyFrames;
  private final int wholeSteps;
  private final int rest;
  private final int columns;
  private final int queryCount;
  private final float[] bestScore;
  private final float[] bestDistance;
  private final int[] best;

  KeyBlock(StridedRows queries, StridedRows keys, PatchGrid grid, int firstKey, int endKey) {
    MatchOptions options = grid.options();
    this.queries = queries;
    this.keys = keys;
    this.grid = grid;
    this.firstKey = firstKey;
    this.endKey = endKey;
    this.firstFrame = firstKey * options.strideFrames();
    this.keyFrames = (endKey - firstKey - 1) * options.strideFrames() + options.patchFrames();
    this.wholeSteps = options.patchPx() / options.stridePx();
    this.rest = options.patchPx() % options.stridePx();
    this.columns = grid.columns();
    this.queryCount = grid.queries();
    int entries = grid.rows() * queryCount * columns;
    this.bestScore = new float[entries];
    this.bestDistance = new float[entries];
    this.best = new int[entries];
    Arrays.fill(bestScore, Float.POSITIVE_INFINITY);
    Arrays.fill(bestDistance, Float.POSITIVE_INFINITY);
  }

  void run() {
    int pairs = keyFrames * grid.queryFrames() * columns;
    float[][] whole = new float[Math.max(1, wholeSteps)][pairs];
    float[] part = new float[rest > 0 ? pairs : 0];
    float[] box = new float[pairs];
    for (int step = 0; step < wholeSteps - (rest > 0 ? 0 : 1); step++) {
      sumStep(step, whole[step % wholeSteps], part);
    }
    for (int row = 0; row < grid.rows(); row++) {
      int last = row + wholeSteps - (rest > 0 ? 0 : 1);
      float[] oldest = whole[row % whole.length];
      if (rest > 0) {
        Arrays.fill(box, 0);
        addAll(box, whole);
        // the oldest step is summed; its memory takes the step that the next row starts with
        sumStep(last, oldest, part);
        add(box, part);
      } else {
        sumStep(last, whole[last % whole.length], part);
        Arrays.fill(box, 0);
        addAll(box, whole);
      }
      choose(row, box);
    }
  }

  private void addAll(float[] box, float[][] parts) {
    for (int i = 0; i < wholeSteps; i++) {
      add(box, parts[i]);
    }
  }

  private static void add(float[] sums, float[] values) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += values[i];
    }
  }

  /** Box sums over the columns of each patch, over one step of rows and over its first rows. */
  private void sumStep(int step, float[] whole, float[] part) {
    float[] column = new float[queries.rowFloats];
    float[] wholeRun = new float[queries.run];
    float[] partRun = new float[queries.run];
    int frames = grid.queryFrames();
    for (int t0 = 0; t0 < frames; t0 += QUERY_FRAMES_AT_ONCE) {
      int t1 = Math.min(frames, t0 + QUERY_FRAMES_AT_ONCE);
      for (int k = 0; k < keyFrames; k++) {
        for (int t = t0; t < t1; t++) {
          int to = (k * frames + t) * columns;
          sumPair(step, t, firstFrame + k, column, wholeRun, partRun, whole, part, to);
        }
      }
    }
  }

  private void sumPair(
      int step,
      int t,
      int k,
      float[] column,
      float[] wholeRun,
      float[] partRun,
      float[] whole,
      float[] part,
      int to) {
    int stride = grid.options().stridePx();
    int top = step * stride;
    int rows = Math.min(stride, grid.height() - top);
    int a = queries.index(t, top);
    int b = keys.index(k, top);
    int next = 3 * queries.rowFloats;
    for (int i = 0; i < rows; i++, a += next, b += next) {
      if (i == rest && rest > 0) {
        sumColumns(column, wholeRun, partRun, part, to);
      }
      if (i == 0) {
        squares(queries.values, a, keys.values, b, column);
      } else {
        addSquares(queries.values, a, keys.values, b, column);
      }
    }
    if (rows == rest) {
      sumColumns(column, wholeRun, partRun, part, to);
    }
    if (wholeSteps > 0) {
      sumColumns(column, wholeRun, partRun, whole, to);
    }
  }

  private static void squares(float[] x, int from, float[] y, int fromY, float[] out) {
    int n = out.length;
    for (int i = 0; i < n; i++) {
      float r = x[from + i] - y[fromY + i];
      float g = x[from + n + i] - y[fromY + n + i];
      float b = x[from + 2 * n + i] - y[fromY + 2 * n + i];
      out[i] = r * r + g * g + b * b;
    }
  }

  private static void addSquares(float[] x, int from, float[] y, int fromY, float[] out) {
    int n = out.length;
    for (int i = 0; i < n; i++) {
      float r = x[from + i] - y[fromY + i];
      float g = x[from + n + i] - y[fromY + n + i];
      float b = x[from + 2 * n + i] - y[fromY + 2 * n + i];
      out[i] += r * r + g * g + b * b;
    }
  }

  /** Sums of columns of each patch. */
  private void sumColumns(float[] column, float[] wholeRun, float[] partRun, float[] out, int to) {
    int stride = grid.options().stridePx();
    int run = wholeRun.length;
    System.arraycopy(column, 0, wholeRun, 0, run);
    for (int q = 1; q < stride; q++) {
      if (q == rest) {
        System.arraycopy(wholeRun, 0, partRun, 0, run);
      }
      int from = q * run;
      for (int i = 0; i < run; i++) {
        wholeRun[i] += column[from + i];
      }
    }
    float[] first = wholeSteps > 0 ? wholeRun : partRun;
    System.arraycopy(first, 0, out, to, columns);
    for (int step = 1; step < wholeSteps; step++) {
      for (int i = 0; i < columns; i++) {
        out[to + i] += wholeRun[step + i];
      }
    }
    if (rest > 0 && wholeSteps > 0) {
      for (int i = 0; i < columns; i++) {
        out[to + i] += partRun[wholeSteps + i];
      }
    }
  }

  private void choose(int row, float[] box) {
    MatchOptions options = grid.options();
    float[] distance = new float[queryCount * columns];
    float[] denominator = new float[columns];
    float scale = 1f / grid.patchValues();
    int frames = grid.queryFrames();
    for (int key = firstKey; key < endKey; key++) {
      Arrays.fill(distance, 0);
      int keyFrame = (key - firstKey) * options.strideFrames();
      for (int dt = 0; dt < options.patchFrames(); dt++) {
        for (int i = 0; i < queryCount; i++) {
          int from = ((keyFrame + dt) * frames + i * options.strideFrames() + dt) * columns;
          for (int b = 0, to = i * columns; b < columns; b++, to++) {
            distance[to] += box[from + b];
          }
        }
      }
      for (int i = 0; i < distance.length; i++) {
        distance[i] *= scale;
      }
      findDenominators(distance, denominator);
      for (int i = 0; i < queryCount; i++) {
        choose(key, distance, i * columns, denominator, (row * queryCount + i) * columns);
      }
    }
  }

  private void findDenominators(float[] distance, float[] denominator) {
    if (!grid.options().normalizes()) {
      Arrays.fill(denominator, 1);
      return;
    }
    System.arraycopy(distance, 0, denominator, 0, columns);
    for (int from = columns; from < distance.length; from += columns) {
      for (int b = 0; b < columns; b++) {
        denominator[b] = Math.min(denominator[b], distance[from + b]);
      }
    }
    float rho = (float) grid.options().completeness();
    for (int b = 0; b < columns; b++) {
      denominator[b] = Math.max((float) KeySelection.SMALLEST_DENOMINATOR, rho + denominator[b]);
    }
  }

  private void choose(int key, float[] distance, int from, float[] denominator, int to) {
    boolean smallest = grid.options().ties() == TieRule.SMALLEST_DISTANCE;
    boolean normalizes = grid.options().normalizes();
    for (int b = 0; b < columns; b++) {
      float d = distance[from + b];
      float score = d / denominator[b];
      if (normalizes && d <= KeySelection.SMALLEST_DENOMINATOR && score < 1) {
        score = denominator[b] <= KeySelection.SMALLEST_DENOMINATOR ? 1 : score;
      }
      boolean better =
          smallest
              ? isBetter(score, d, bestScore[to + b], bestDistance[to + b])
              : score < bestScore[to + b];
      if (better) {
        bestScore[to + b] = score;
        bestDistance[to + b] = d;
        best[to + b] = key;
      }
    }
  }

  /** Scores closer than float rounding count as equal; then the distance decides. */
  private static boolean isBetter(float score, float distance, float best, float bestDistance) {
    float tie = 1e-6f;
    return score < best * (1 - tie) || (score <= best * (1 + tie) && distance < bestDistance);
  }

  /** Takes the choices of a block of later keys where they are better. */
  void merge(KeyBlock later) {
    boolean smallest = grid.options().ties() == TieRule.SMALLEST_DISTANCE;
    for (int i = 0; i < best.length; i++) {
      float score = later.bestScore[i];
      float distance = later.bestDistance[i];
      boolean better =
          smallest
              ? isBetter(score, distance, bestScore[i], bestDistance[i])
              : score < bestScore[i];
      if (better) {
        bestScore[i] = score;
        bestDistance[i] = distance;
        best[i] = later.best[i];
      }
    }
  }

  /** The choices as (rows, columns, queries). */
  int[] chosen(PatchGrid patches) {
    int[] out = new int[best.length];
    for (int row = 0; row < patches.rows(); row++) {
      for (int i = 0; i < queryCount; i++) {
        for (int b = 0; b < columns; b++) {
          out[(row * columns + b) * queryCount + i] = best[(row * queryCount + i) * columns + b];
        }
      }
    }
    return out;
  }
}
