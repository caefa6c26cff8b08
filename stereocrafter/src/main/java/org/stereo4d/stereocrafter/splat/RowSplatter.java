package org.stereo4d.stereocrafter.splat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

  private static final Optional<PairKernel.Factory> VECTORS =
      VectorTwins.load(
          PairKernel.Factory.class, "org.stereo4d.stereocrafter.splat.vector.VectorPairs$Factory");

  private final SplatOptions options;
  private final Optional<PairKernel.Factory> factory;

  /** Buffers that no block uses. */
  private final Queue<Kernels> idle = new ConcurrentLinkedQueue<>();

  /** Splats with the given options. */
  public RowSplatter(SplatOptions options) {
    this(options, VECTORS);
  }

  RowSplatter(SplatOptions options, Optional<PairKernel.Factory> factory) {
    this.options = options;
    this.factory = factory;
  }

  /** Pictures of floats or bytes, row by row. */
  private interface Rows {
    /** Moves a row with a kernel. */
    void run(int y, RowKernel kernel, RowKernel.Source source, RowKernel.Target target);

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
          public void run(
              int y, RowKernel kernel, RowKernel.Source source, RowKernel.Target target) {
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
          public void run(
              int y, RowKernel kernel, RowKernel.Source source, RowKernel.Target target) {
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

  /** What a block of rows needs. */
  private final class Kernels {
    final RowWeights weights = new RowWeights(options.weightBase());
    final int width;
    final int channels;
    final RunRow narrow;
    Optional<RowKernel> wide = Optional.empty();

    Kernels(int width, int channels) {
      this.width = width;
      this.channels = channels;
      PairKernel pairs = factory.map(f -> f.create(width)).orElseGet(() -> new PlainPairs(width));
      this.narrow = new RunRow(width, channels, options, pairs);
    }

    RowKernel wide() {
      RowKernel kernel = wide.orElseGet(() -> new WideRow(width, channels, options, weights));
      wide = Optional.of(kernel);
      return kernel;
    }
  }

  private Kernels kernels(int width, int channels) {
    Kernels kernels = idle.poll();
    return kernels != null && kernels.width == width && kernels.channels == channels
        ? kernels
        : new Kernels(width, channels);
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
    Parallel.blocks(
        px.height(),
        ROWS_PER_BLOCK,
        (start, end) -> {
          Kernels kernels = kernels(width, channels);
          for (int y = start; y < end; y++) {
            RowKernel.Target target =
                new RowKernel.Target(coverage.array(), moved.array(), y * width);
            if (options.tapRule() == TapRule.WHOLE_FOOTPRINT && y == px.height() - 1) {
              Arrays.fill(target.coverage(), target.from(), target.from() + width, 0);
              Arrays.fill(target.disparity(), target.from(), target.from() + width, Float.NaN);
              rows.clear(y);
            } else {
              run(rows, y, px, (float) shift, kernels, target);
            }
          }
          idle.add(kernels);
        });
  }

  private static void run(
      Rows rows, int y, FloatImage px, float shift, Kernels kernels, RowKernel.Target target) {
    int from = px.index(0, y);
    RowWeights weights = kernels.weights;
    weights.setRange(kernels.narrow.move(px.array(), from, shift));
    if (!weights.isNarrow()) {
      weights.setRange(RowWeights.range(px.array(), from, from + px.width()));
    }
    RowKernel.Source source =
        new RowKernel.Source(
            px.array(), from, shift, weights.middle(), weights.exponentPerPx(), weights.leastSum());
    rows.run(y, weights.isNarrow() ? kernels.narrow : kernels.wide(), source, target);
  }
}
