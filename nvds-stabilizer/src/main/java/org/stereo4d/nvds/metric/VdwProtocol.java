package org.stereo4d.nvds.metric;

import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.Mask;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.run.Check;

/**
 * Accuracy as on the VDW test set: predictions are resized to the truth by area, aligned frame by
 * frame, and compared in disparity, not depth.
 *
 * @param rule what a non-positive aligned value counts as. Default: an outlier
 */
public record VdwProtocol(InlierRule rule) {
  /** With the corrected rule. */
  public static final VdwProtocol DEFAULTS = new VdwProtocol(InlierRule.POSITIVE_ONLY);

  /** The aligned prediction and its errors. */
  public record Result(
      InverseDepthMap resized,
      AffineAlignment alignment,
      InverseDepthMap aligned,
      DepthErrors errors) {}

  /**
   * Scores one frame.
   *
   * @param truth disparity in [0, 1]; 0 and NaN are unknown
   * @param labelled pixels with a label
   */
  public Result score(InverseDepthMap prediction, InverseDepthMap truth, Mask labelled) {
    FloatImage resized =
        new ImageResizer(ResizeFilter.AREA).resize(prediction.values(), truth.size());
    Mask valid = valid(truth, labelled);
    InverseDepthMap map = new InverseDepthMap(resized);
    AffineAlignment line = AffineAlignment.between(map, truth, valid);
    InverseDepthMap aligned = line.apply(map);
    return new Result(map, line, aligned, errors(aligned, truth, valid));
  }

  /** Labelled pixels with a positive truth. */
  public static Mask valid(InverseDepthMap truth, Mask labelled) {
    Check.that(
        truth.size().equals(labelled.size()),
        "truth and mask must have one size, had %s and %s",
        truth.size(),
        labelled.size());
    return Positive.of(truth.values()).and(labelled);
  }

  /** Errors of a map that is aligned already. */
  public DepthErrors errors(InverseDepthMap aligned, InverseDepthMap truth, Mask valid) {
    return DepthErrors.of(
        aligned.values().contiguous(), truth.values().contiguous(), valid.array(), rule);
  }
}
