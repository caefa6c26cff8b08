package org.stereo4d.stereocrafter;

import java.util.Optional;
import org.stereo4d.run.Check;
import org.stereo4d.stereocrafter.depth.EdgeDilation;
import org.stereo4d.stereocrafter.depth.NormalizerOptions;
import org.stereo4d.stereocrafter.inpaint.InpaintOptions;
import org.stereo4d.stereocrafter.splat.DisparityModel;
import org.stereo4d.stereocrafter.splat.SplatOptions;
import org.stereo4d.stereocrafter.splat.View;

/**
 * How a video becomes stereo.
 *
 * @param percentOfWidth range of disparity in percent of the picture's width, in [-20, 20]. 0 makes
 *     both eyes equal; negative turns depth inside out; above 3.3 long viewing tires
 * @param convergence nearness in the plane of the screen, finite
 * @param view which eyes are made
 * @param normalizer how raw depth is brought to [0, 1]; empty when it is there already
 * @param keepsBorders whether disparity fades out at the left and right border of the picture,
 *     where views would smear for want of pixels
 * @param dilation how far near surfaces grow over their outlines
 * @param splat how pixels are moved
 * @param inpaint how holes are filled; its look-ahead decides most of the memory
 * @param bitsPerSample of the views, 8 or 10. With 10, what is seen keeps all bits of the source
 *     and is splatted in floats, and its high dynamic range goes on being that; what a fill changes
 *     has the fill's 8 bits. The default is what every player reads
 */
public record ConvertOptions(
    double percentOfWidth,
    double convergence,
    View view,
    Optional<NormalizerOptions> normalizer,
    boolean keepsBorders,
    EdgeDilation dilation,
    SplatOptions splat,
    InpaintOptions inpaint,
    int bitsPerSample) {
  /**
   * 2 percent, screen in the middle, right eye made, drifting range, holes known 4 frames ahead, 8
   * bits.
   */
  public static final ConvertOptions DEFAULTS =
      new ConvertOptions(
          DisparityModel.DEFAULT_PERCENT_OF_WIDTH,
          DisparityModel.DEFAULT_CONVERGENCE,
          View.RIGHT,
          Optional.of(NormalizerOptions.DEFAULTS.withLookAhead(15)),
          false,
          EdgeDilation.DEFAULTS,
          SplatOptions.DEFAULTS,
          InpaintOptions.DEFAULTS.withLookAhead(4),
          8);

  /** Checks strength and convergence. */
  public ConvertOptions {
    Check.that(
        Math.abs(percentOfWidth) <= 20,
        "percentOfWidth must be in [-20, 20], was %s",
        percentOfWidth);
    Check.that(Double.isFinite(convergence), "convergence must be finite, was %s", convergence);
    Check.that(
        bitsPerSample == 8 || bitsPerSample == 10,
        "bitsPerSample must be 8 or 10, was %s",
        bitsPerSample);
  }

  /** These options with another strength. */
  public ConvertOptions withPercentOfWidth(double percentOfWidth) {
    return new ConvertOptions(
        percentOfWidth,
        convergence,
        view,
        normalizer,
        keepsBorders,
        dilation,
        splat,
        inpaint,
        bitsPerSample);
  }

  /** These options with the reference's strength, for pictures of a width. */
  public ConvertOptions withMaxDisparityPx(double maxDisparityPx, int width) {
    return withPercentOfWidth(200 * maxDisparityPx / width);
  }

  /** These options with another nearness in the screen plane. */
  public ConvertOptions withConvergence(double convergence) {
    return new ConvertOptions(
        percentOfWidth,
        convergence,
        view,
        normalizer,
        keepsBorders,
        dilation,
        splat,
        inpaint,
        bitsPerSample);
  }

  /** These options with other eyes made. */
  public ConvertOptions withView(View view) {
    return new ConvertOptions(
        percentOfWidth,
        convergence,
        view,
        normalizer,
        keepsBorders,
        dilation,
        splat,
        inpaint,
        bitsPerSample);
  }

  /** These options for depth that is in [0, 1] already. */
  public ConvertOptions withNormalizedDepth() {
    return new ConvertOptions(
        percentOfWidth,
        convergence,
        view,
        Optional.empty(),
        keepsBorders,
        dilation,
        splat,
        inpaint,
        bitsPerSample);
  }

  /** These options with or without disparity that fades out at the borders. */
  public ConvertOptions withKeptBorders(boolean keepsBorders) {
    return new ConvertOptions(
        percentOfWidth,
        convergence,
        view,
        normalizer,
        keepsBorders,
        dilation,
        splat,
        inpaint,
        bitsPerSample);
  }

  /** These options with another fill. */
  public ConvertOptions withInpaint(InpaintOptions inpaint) {
    return new ConvertOptions(
        percentOfWidth,
        convergence,
        view,
        normalizer,
        keepsBorders,
        dilation,
        splat,
        inpaint,
        bitsPerSample);
  }

  /** These options with another growth of outlines. */
  public ConvertOptions withDilation(EdgeDilation dilation) {
    return new ConvertOptions(
        percentOfWidth,
        convergence,
        view,
        normalizer,
        keepsBorders,
        dilation,
        splat,
        inpaint,
        bitsPerSample);
  }

  /** These options with views of another depth. */
  public ConvertOptions withBitsPerSample(int bitsPerSample) {
    return new ConvertOptions(
        percentOfWidth,
        convergence,
        view,
        normalizer,
        keepsBorders,
        dilation,
        splat,
        inpaint,
        bitsPerSample);
  }

  /** Whether views have more than 8 bits. */
  boolean isDeep() {
    return bitsPerSample > 8;
  }
}
