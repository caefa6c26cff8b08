package org.stereo4d.stereocrafter.splat;

import java.util.Arrays;
import java.util.Optional;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.run.VectorTwins;

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
  private static final int ROWS_PER_BLOCK = 32;

  private static final Optional<RowKernel.Factory> VECTORS =
      VectorTwins.load(
          RowKernel.Factory.class, "org.stereo4d.stereocrafter.splat.vector.VectorRows");

  private final SplatOptions options;
  private final Optional<RowKernel.Factory> rgb;

  /** Splats with the given options. */
  public RowSplatter(SplatOptions options) {
    this(options, VECTORS);
  }

  RowSplatter(SplatOptions options, Optional<RowKernel.Factory> rgb) {
    this.options = options;
    this.rgb = rgb;
  }

  /** Pictures of floats or bytes, row by row. */
  private interface Rows {
    /** Moves a row with a kernel. */
    void run(int y, RowKernel kernel, SourceRow source, SplatRow target);

    /** Makes a row black. */
    void clear(int y);
  }

  @Override
  public Splat splat(FloatImage image, DisparityMap disparity, double shift) {
    Splat out =
        new Splat(
            FloatImage.create(image.size(), image.channels()),
            FloatImage.create(image.size(), 1),
            new DisparityMap(FloatImage.create(image.size(), 1)));
    splat(image, disparity, shift, out);
    return out;
  }

  /**
   * The same into pictures that are there: no memory is taken but for a few rows.
   *
   * @param into of the shape of the image, without gaps between rows; overwritten
   */
  public void splat(FloatImage image, DisparityMap disparity, double shift, Splat into) {
    float[] out = into.image().array();
    int row = image.width() * image.channels();
    Rows rows =
        new Rows() {
          @Override
          public void run(int y, RowKernel kernel, SourceRow source, SplatRow target) {
            kernel.run(source, image.array(), image.index(0, y), out, y * row, target);
          }

          @Override
          public void clear(int y) {
            Arrays.fill(out, y * row, (y + 1) * row, 0);
          }
        };
    check(image.size(), image.channels(), disparity, shift, into.image().channels());
    Check.that(into.image().isContiguous(), "the rows of the view must follow each other");
    run(rows, image.channels(), disparity, shift, into.coverage(), into.disparity().px());
  }

  /** The same on 8-bit samples; colours are rounded to the nearest level. */
  public ByteSplat splat(ByteImage image, DisparityMap disparity, double shift) {
    ByteSplat out =
        new ByteSplat(
            ByteImage.create(image.size(), image.channels()),
            FloatImage.create(image.size(), 1),
            new DisparityMap(FloatImage.create(image.size(), 1)));
    splat(image, disparity, shift, out);
    return out;
  }

  /**
   * The same on 8-bit samples into pictures that are there.
   *
   * @param into of the shape of the image, without gaps between rows; overwritten
   */
  public void splat(ByteImage image, DisparityMap disparity, double shift, ByteSplat into) {
    byte[] out = into.image().array();
    int row = image.width() * image.channels();
    Rows rows =
        new Rows() {
          @Override
          public void run(int y, RowKernel kernel, SourceRow source, SplatRow target) {
            kernel.run(source, image.array(), image.index(0, y), out, y * row, target);
          }

          @Override
          public void clear(int y) {
            Arrays.fill(out, y * row, (y + 1) * row, (byte) 0);
          }
        };
    check(image.size(), image.channels(), disparity, shift, into.image().channels());
    Check.that(into.image().isContiguous(), "the rows of the view must follow each other");
    run(rows, image.channels(), disparity, shift, into.coverage(), into.disparity().px());
  }

  private static void check(
      ImageSize size, int channels, DisparityMap disparity, double shift, int channelsOut) {
    Check.that(
        size.equals(disparity.size()) && channels == channelsOut,
        "image %s, disparity %s and view must have one size, and channels %s be %s",
        size,
        disparity.size(),
        channelsOut,
        channels);
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
          RowKernel narrow = kernel(width, channels);
          Optional<RowKernel> wide = Optional.empty();
          for (int y = start; y < end; y++) {
            if (options.tapRule() == TapRule.WHOLE_FOOTPRINT && y == height - 1) {
              Arrays.fill(coverage.array(), y * width, (y + 1) * width, 0);
              Arrays.fill(moved.array(), y * width, (y + 1) * width, Float.NaN);
              rows.clear(y);
              continue;
            }
            int from = px.index(0, y);
            weights.setRange(narrow.range(px.array(), from));
            double least = PlanarRow.LEAST_WEIGHT * Math.pow(2, weights.exponent(weights.least()));
            SourceRow source =
                new SourceRow(
                    px.array(),
                    from,
                    (float) shift,
                    weights.middle(),
                    weights.exponentPerPx(),
                    (float) least);
            if (!weights.isNarrow() && wide.isEmpty()) {
              wide = Optional.of(new WideRow(width, channels, options, weights));
            }
            RowKernel kernel = weights.isNarrow() ? narrow : wide.orElse(narrow);
            SplatRow target = new SplatRow(coverage.array(), moved.array(), y * width);
            rows.run(y, kernel, source, target);
          }
        });
  }

  private RowKernel kernel(int width, int channels) {
    return channels == 3 && rgb.isPresent()
        ? rgb.get().create(width, options)
        : new PlanarRow(width, channels, options);
  }
}
