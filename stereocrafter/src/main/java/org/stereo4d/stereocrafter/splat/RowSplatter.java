package org.stereo4d.stereocrafter.splat;

import java.util.Arrays;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/**
 * Splats each row on its own: horizontal motion reaches two columns of the same row.
 *
 * <pre>
 * w = b^p,   right(t) = sum k w v / sum k w,   coverage(t) = sum k,   k = max(0, 1 - |x + s p - t|)
 * </pre>
 *
 * Weights are taken relative to the middle of the disparities of the row, which cancels in the
 * quotient; rows whose weights leave single precision (over 120 px with the default base) are
 * summed in double. Rows run in parallel and give the same bits on any number of threads.
 *
 * <p>A row of n RGB pixels reads 16 n bytes and writes 20 n; its sums stay in the first-level
 * cache.
 */
public final class RowSplatter implements Splatter {
  private static final int ROWS_PER_BLOCK = 16;

  private final SplatOptions options;

  /** Splats with the given options. */
  public RowSplatter(SplatOptions options) {
    this.options = options;
  }

  /** Colours of one row to and from floats. */
  private interface Rows {
    /** Reads a row. */
    void load(int y, float[] colors);

    /** Writes a row. */
    void store(int y, float[] colors);
  }

  @Override
  public Splat splat(FloatImage image, DisparityMap disparity, double shift) {
    check(image.size(), disparity, shift);
    FloatImage out = FloatImage.create(image.size(), image.channels());
    int row = image.width() * image.channels();
    Rows rows =
        new Rows() {
          @Override
          public void load(int y, float[] colors) {
            System.arraycopy(image.array(), image.index(0, y), colors, 0, row);
          }

          @Override
          public void store(int y, float[] colors) {
            System.arraycopy(colors, 0, out.array(), y * row, row);
          }
        };
    FloatImage coverage = FloatImage.create(image.size(), 1);
    FloatImage moved = FloatImage.create(image.size(), 1);
    run(rows, image.channels(), disparity, shift, coverage, moved);
    return new Splat(out, coverage, new DisparityMap(moved));
  }

  /** The same on 8-bit samples; colours are rounded to the nearest level. */
  public ByteSplat splat(ByteImage image, DisparityMap disparity, double shift) {
    check(image.size(), disparity, shift);
    ByteImage out = ByteImage.create(image.size(), image.channels());
    int row = image.width() * image.channels();
    Rows rows =
        new Rows() {
          @Override
          public void load(int y, float[] colors) {
            byte[] in = image.array();
            for (int k = 0, i = image.index(0, y); k < row; k++, i++) {
              colors[k] = in[i] & 0xff;
            }
          }

          @Override
          public void store(int y, float[] colors) {
            byte[] bytes = out.array();
            for (int k = 0, i = y * row; k < row; k++, i++) {
              bytes[i] = (byte) (colors[k] + 0.5f);
            }
          }
        };
    FloatImage coverage = FloatImage.create(image.size(), 1);
    FloatImage moved = FloatImage.create(image.size(), 1);
    run(rows, image.channels(), disparity, shift, coverage, moved);
    return new ByteSplat(out, coverage, new DisparityMap(moved));
  }

  private static void check(ImageSize size, DisparityMap disparity, double shift) {
    Check.that(
        size.equals(disparity.size()),
        "image %s and disparity %s must have one size",
        size,
        disparity.size());
    Check.that(Double.isFinite(shift), "shift must be finite, was %s", shift);
  }

  private void run(
      Rows rows,
      int channels,
      DisparityMap disparity,
      double shift,
      FloatImage coverage,
      FloatImage moved) {
    FloatImage px = disparity.px();
    int width = px.width();
    int height = px.height();
    Parallel.blocks(
        height,
        ROWS_PER_BLOCK,
        (start, end) -> {
          RowWeights weights = new RowWeights(options.weightBase());
          float[] colors = new float[width * channels];
          float[] made = new float[width * channels];
          NarrowRow narrow = new NarrowRow(width, channels, options);
          WideRow wide = new WideRow(width, channels, options);
          for (int y = start; y < end; y++) {
            if (options.tapRule() == TapRule.WHOLE_FOOTPRINT && y == height - 1) {
              Arrays.fill(moved.array(), y * width, (y + 1) * width, Float.NaN);
              continue;
            }
            DisparityRow row = new DisparityRow(px.array(), px.index(0, y), (float) shift);
            SplatRow target = new SplatRow(coverage.array(), moved.array(), y * width);
            rows.load(y, colors);
            weights.range(row.px(), row.from(), row.from() + width);
            if (weights.isNarrow()) {
              narrow.run(weights, row, colors, made, target);
            } else {
              wide.run(weights, row, colors, made, target);
            }
            rows.store(y, made);
          }
        });
  }
}
