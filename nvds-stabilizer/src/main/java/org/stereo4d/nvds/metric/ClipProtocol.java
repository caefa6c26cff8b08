package org.stereo4d.nvds.metric;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;

/**
 * Accuracy with one scale and one offset for the whole clip: what varies from frame to frame counts
 * as an error. Predictions are clipped to at least 1e-3 before and after the alignment.
 *
 * @param capMeters farthest depth; > 0. Default 80
 */
public record ClipProtocol(double capMeters) {
  /** A cap of 80. */
  public static final ClipProtocol DEFAULTS = new ClipProtocol(80);

  private static final float LEAST = 1e-3f;

  /** Checks the cap. */
  public ClipProtocol {
    Check.that(capMeters > LEAST, "capMeters must be > %s, was %s", LEAST, capMeters);
  }

  /** Errors in depth, averaged over the frames. */
  public DepthErrors score(List<InverseDepthMap> predictions, List<DepthMap> truth) {
    requireSameCount(predictions, truth);
    AffineAlignment.Sums sums = new AffineAlignment.Sums();
    for (int t = 0; t < truth.size(); t++) {
      Mask valid = Positive.of(truth.get(t).meters());
      sums.add(clipped(predictions.get(t).values()), truth.get(t).inverse().values(), valid);
    }
    AffineAlignment line = sums.solve(AffineAlignment.IDENTITY);
    List<DepthErrors> frames = new ArrayList<>();
    for (int t = 0; t < truth.size(); t++) {
      FloatImage clipped = clipped(predictions.get(t).values());
      FloatImage depth = clipped(line.apply(new InverseDepthMap(clipped)).values());
      float[] values = depth.array();
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) Math.max(LEAST, Math.min(capMeters, 1 / values[i]));
      }
      FloatImage meters = truth.get(t).meters();
      frames.add(
          DepthErrors.of(
              values, meters.contiguous(), Positive.of(meters).array(), InlierRule.POSITIVE_ONLY));
    }
    return DepthErrors.mean(frames);
  }

  /** Errors in disparity, averaged over the frames, for truth that is relative itself. */
  public static DepthErrors scoreDisparity(
      List<InverseDepthMap> predictions, List<InverseDepthMap> truth) {
    requireSameCount(predictions, truth);
    AffineAlignment.Sums sums = new AffineAlignment.Sums();
    for (int t = 0; t < truth.size(); t++) {
      sums.add(
          predictions.get(t).values(), truth.get(t).values(), Positive.of(truth.get(t).values()));
    }
    AffineAlignment line = sums.solve(AffineAlignment.IDENTITY);
    List<DepthErrors> frames = new ArrayList<>();
    for (int t = 0; t < truth.size(); t++) {
      Mask valid = Positive.of(truth.get(t).values());
      frames.add(VdwProtocol.DEFAULTS.errors(line.apply(predictions.get(t)), truth.get(t), valid));
    }
    return DepthErrors.mean(frames);
  }

  private static void requireSameCount(List<?> predictions, List<?> truth) {
    Check.that(
        predictions.size() == truth.size(),
        "%s predictions need as many maps of truth, got %s",
        predictions.size(),
        truth.size());
  }

  private static FloatImage clipped(FloatImage image) {
    FloatImage out = image.copy();
    float[] values = out.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(LEAST, values[i]);
    }
    return out;
  }
}
