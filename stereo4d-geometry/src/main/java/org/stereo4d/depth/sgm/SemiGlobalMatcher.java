package org.stereo4d.depth.sgm;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.StereoFlow;
import org.stereo4d.depth.StereoFlowEstimator;
import org.stereo4d.depth.StereoMatcher;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.run.VectorTwins;

/**
 * Semi-global matching; see the package. Memory: five bytes per pixel and disparity for each call
 * in flight, kept for the next picture. The two passes over the picture run side by side; more
 * threads help with costs and selection only. Thread-safe.
 */
public final class SemiGlobalMatcher implements StereoMatcher, StereoFlowEstimator {
  private static final String VECTOR_TWIN = "org.stereo4d.depth.sgm.vector.VectorKernel";
  private static final long MAX_CELLS = Integer.MAX_VALUE - 8;

  private final SemiGlobalOptions options;
  private final SgmKernel kernel;
  private final Queue<Scratch> free = new ConcurrentLinkedQueue<>();

  /** A matcher with the given options. */
  public SemiGlobalMatcher(SemiGlobalOptions options) {
    this(options, VectorTwins.load(SgmKernel.class, VECTOR_TWIN).orElseGet(PlainKernel::new));
  }

  SemiGlobalMatcher(SemiGlobalOptions options, SgmKernel kernel) {
    this.options = options;
    this.kernel = kernel;
  }

  /** Disparities of both views, checked against each other; pixels, NaN = unknown. */
  public record Both(DisparityMap left, DisparityMap right) {}

  @Override
  public DisparityMap match(StereoPair pair) {
    ImageSize size = pair.left().size();
    Selection selection = select(pair);
    float[] left = clean(selection.left, selection.right, size, options.minDisparityPx());
    return finish(left, pair.left());
  }

  /** Matches both views; the right view's disparity is {@code xLeft - xRight} too. */
  public Both matchBoth(StereoPair pair) {
    ImageSize size = pair.left().size();
    StereoPair mirrored = new StereoPair(mirror(pair.right()), mirror(pair.left()));
    DisparityMap left = match(pair);
    Selection other = select(mirrored);
    float[] right = clean(other.left, other.right, size, options.minDisparityPx());
    DisparityMap mirroredRight = finish(right, mirrored.left());
    return new Both(left, new DisparityMap(mirror(mirroredRight.px())));
  }

  @Override
  public StereoFlow estimate(StereoPair pair) {
    Both both = matchBoth(pair);
    return StereoFlow.ofDisparities(both.left(), both.right());
  }

  private Selection select(StereoPair pair) {
    ByteImage left = pair.left();
    long cells = CostVolume.cells(left, options.rangePx());
    Check.that(
        cells <= MAX_CELLS,
        "%s pixels x %s disparities exceed an array; match a smaller picture or range",
        left.size(),
        options.rangePx());
    Scratch scratch = borrow((int) cells);
    try {
      return select(pair, scratch);
    } finally {
      free.offer(scratch);
    }
  }

  private Selection select(StereoPair pair, Scratch scratch) {
    ByteImage left = pair.left();
    CostInputs inputs = CostInputs.of(left, pair.right(), options.minDisparityPx(), kernel);
    CostVolume volume = CostVolume.of(inputs, options.rangePx(), scratch.costs(), kernel);
    Penalties penalties = Penalties.of(inputs.leftLuma(), options);
    short[] forward = scratch.forward();
    short[] backward = scratch.backward();
    Parallel.blocks(
        2,
        1,
        (start, end) ->
            kernel.pathSums(volume, penalties, start == 0, start == 0 ? forward : backward));
    return Selection.of(volume, forward, backward, options, kernel);
  }

  private record Scratch(byte[] costs, short[] forward, short[] backward) {}

  private Scratch borrow(int cells) {
    Scratch scratch = free.poll();
    return scratch != null && scratch.costs().length >= cells
        ? scratch
        : new Scratch(new byte[cells], new short[cells], new short[cells]);
  }

  private float[] clean(float[] left, short[] right, ImageSize size, int minDisparity) {
    float[] out = Cleaning.median(left, size.width(), size.height());
    Cleaning.leftRight(out, right, size.width(), minDisparity, options.leftRightLimitPx());
    if (options.speckleSize() > 0) {
      Cleaning.speckles(out, size.width(), size.height(), options.speckleSize());
    }
    return out;
  }

  private DisparityMap finish(float[] steps, ByteImage guide) {
    float[] px = options.fill() ? HoleFill.fill(steps, guide) : steps;
    for (int k = 0; k < px.length; k++) {
      px[k] += options.minDisparityPx();
    }
    return new DisparityMap(FloatImage.wrap(px, guide.size(), 1));
  }

  private static ByteImage mirror(ByteImage image) {
    ByteImage out = ByteImage.create(image.size(), image.channels());
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        System.arraycopy(
            image.array(),
            image.index(x, y),
            out.array(),
            out.index(image.width() - 1 - x, y),
            image.channels());
      }
    }
    return out;
  }

  private static FloatImage mirror(FloatImage image) {
    FloatImage out = FloatImage.create(image.size(), 1);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        out.set(image.width() - 1 - x, y, 0, image.at(x, y, 0));
      }
    }
    return out;
  }
}
