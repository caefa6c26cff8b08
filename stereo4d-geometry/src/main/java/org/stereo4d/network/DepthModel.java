package org.stereo4d.network;

import java.util.List;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.run.Check;

/**
 * A published network that guesses relative inverse depth from one picture: its numbers, and what
 * happens before and after it.
 *
 * <p>Before: 8-bit RGB to [0, 1], cubic resize to the size of {@link #rule()} (not clamped), {@link
 * #normalization()}. After: resize to the picture with {@link #outputFilter()}; what is not finite
 * becomes unknown (NaN, where the reference writes 0); a cubic undershoot below 0 becomes 0.
 *
 * @param name of the network
 * @param targetPx side the network was trained for, > 0
 * @param multiplePx what both input sides must be a multiple of, > 0
 * @param rule how the input size follows from the picture
 * @param normalization of the colours
 * @param outputFilter how the map comes back to the size of the picture
 * @param output what the network gives
 * @param weights published file and its licence
 */
public record DepthModel(
    String name,
    int targetPx,
    int multiplePx,
    SizeRule rule,
    ColorNormalization normalization,
    ResizeFilter outputFilter,
    Output output,
    String weights) {
  /** DPT-Large of the DPT project and of MiDaS 3.0. */
  public static final DepthModel DPT_LARGE =
      cubic(
          "DPT-Large",
          384,
          SizeRule.MINIMAL,
          ColorNormalization.HALF,
          "dpt_large-midas-2f21e586.pt, MIT");

  /** DPT-Hybrid for relative depth. */
  public static final DepthModel DPT_HYBRID =
      cubic(
          "DPT-Hybrid",
          384,
          SizeRule.MINIMAL,
          ColorNormalization.HALF,
          "dpt_hybrid-midas-501f0c75.pt, MIT");

  /** DPT-Hybrid fine-tuned for metric depth, indoors (NYU) or of streets (KITTI). */
  public static final DepthModel DPT_HYBRID_METRIC =
      new DepthModel(
          "DPT-Hybrid metric",
          384,
          32,
          SizeRule.MINIMAL,
          ColorNormalization.HALF,
          ResizeFilter.CUBIC,
          Output.DEPTH,
          "dpt_hybrid_nyu-2ce69ec7.pt or dpt_hybrid_kitti-cb926ef4.pt, MIT");

  /** MiDaS 2.1 with the size rule of the MiDaS project. */
  public static final DepthModel MIDAS_V21 =
      cubic(
          "MiDaS v2.1",
          384,
          SizeRule.UPPER_BOUND,
          ColorNormalization.IMAGENET,
          "midas_v21-f6b98070.pt, MIT; its backbone was pre-trained with non-commercial weights");

  /** MiDaS 2.1 small. */
  public static final DepthModel MIDAS_V21_SMALL =
      cubic(
          "MiDaS v2.1 small",
          256,
          SizeRule.UPPER_BOUND,
          ColorNormalization.IMAGENET,
          "midas_v21_small_256.pt, MIT");

  /** MiDaS 3.1 with a BEiT encoder. */
  public static final DepthModel BEIT_512 =
      cubic(
          "MiDaS BEiT-512",
          512,
          SizeRule.MINIMAL,
          ColorNormalization.HALF,
          "dpt_beit_large_512.pt, MIT");

  /** MiDaS 3.1 with a Swin encoder; in half precision it may give unknown pixels. */
  public static final DepthModel SWIN_384 =
      cubic(
          "MiDaS Swin-384",
          384,
          SizeRule.SQUARE,
          ColorNormalization.HALF,
          "dpt_swin2_large_384.pt, MIT");

  /** Depth Anything V2. */
  public static final DepthModel DEPTH_ANYTHING_V2 =
      new DepthModel(
          "Depth Anything V2",
          518,
          14,
          SizeRule.LOWER_BOUND,
          ColorNormalization.IMAGENET,
          ResizeFilter.BILINEAR_ALIGNED,
          Output.INVERSE_DEPTH,
          "depth_anything_v2_vits.pth, Apache-2.0 (_vitb and _vitl: CC BY-NC 4.0)");

  /** Every network above. */
  public static final List<DepthModel> KNOWN =
      List.of(
          DPT_LARGE,
          DPT_HYBRID,
          DPT_HYBRID_METRIC,
          MIDAS_V21,
          MIDAS_V21_SMALL,
          BEIT_512,
          SWIN_384,
          DEPTH_ANYTHING_V2);

  /** What a network gives. */
  public enum Output {
    /** Relative inverse depth. */
    INVERSE_DEPTH,
    /** Depth, of which the reciprocal is taken. */
    DEPTH
  }

  /** Checks the sizes. */
  public DepthModel {
    Check.that(targetPx > 0, "targetPx must be > 0, was %s", targetPx);
    Check.that(multiplePx > 0, "multiplePx must be > 0, was %s", multiplePx);
  }

  private static DepthModel cubic(
      String name, int targetPx, SizeRule rule, ColorNormalization normalization, String weights) {
    return new DepthModel(
        name, targetPx, 32, rule, normalization, ResizeFilter.CUBIC, Output.INVERSE_DEPTH, weights);
  }

  /** This network at another target side. */
  public DepthModel withTargetPx(int targetPx) {
    return new DepthModel(
        name, targetPx, multiplePx, rule, normalization, outputFilter, output, weights);
  }

  /** This network with another size rule. */
  public DepthModel withRule(SizeRule rule) {
    return new DepthModel(
        name, targetPx, multiplePx, rule, normalization, outputFilter, output, weights);
  }

  /**
   * This network fed with other statistics: the reference stabiliser gives {@link
   * ColorNormalization#HALF} to every network, which is right for DPT and wrong for MiDaS.
   */
  public DepthModel withNormalization(ColorNormalization normalization) {
    return new DepthModel(
        name, targetPx, multiplePx, rule, normalization, outputFilter, output, weights);
  }

  /** Input size for a picture. */
  public ImageSize inputSize(ImageSize picture) {
    return rule.sizeFor(picture, targetPx, multiplePx);
  }

  /** The input of the network for an 8-bit RGB picture. */
  public FloatImage prepare(ByteImage rgb) {
    Check.that(rgb.channels() == 3, "an RGB image has 3 channels, had %s", rgb.channels());
    ImageSize size = inputSize(rgb.size());
    return normalization.apply(new ImageResizer(ResizeFilter.CUBIC).resize(rgb.toFloat(), size));
  }

  /**
   * The map of a picture.
   *
   * @param raw what the network gave, one channel of the input size
   * @param picture size wanted
   */
  public InverseDepthMap finish(FloatImage raw, ImageSize picture) {
    Check.that(raw.channels() == 1, "raw must have 1 channel, had %s", raw.channels());
    FloatImage out = new ImageResizer(outputFilter).resize(inverse(raw), picture);
    float[] values = out.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.isFinite(values[i]) ? Math.max(0, values[i]) : Float.NaN;
    }
    return new InverseDepthMap(out);
  }

  private FloatImage inverse(FloatImage raw) {
    if (output == Output.INVERSE_DEPTH) {
      return raw;
    }
    FloatImage out = raw.copy();
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] = 1 / out.array()[i];
    }
    return out;
  }
}
