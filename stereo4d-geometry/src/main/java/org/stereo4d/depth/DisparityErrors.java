package org.stereo4d.depth;

import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;

/**
 * How far a disparity map is from the truth.
 *
 * @param judged pixels with a true value inside the mask
 * @param densityShare share of them with an estimate
 * @param meanErrorPx mean |error| where there is an estimate; NaN when there is none
 * @param badShare share of judged pixels whose error exceeds the limit; missing ones count as bad
 * @param badMatchedShare the same of pixels with an estimate
 */
public record DisparityErrors(
    int judged, double densityShare, double meanErrorPx, double badShare, double badMatchedShare) {
  /** Compares on the pixels of a mask where the truth is known. */
  public static DisparityErrors of(
      DisparityMap estimate, DisparityMap truth, Mask mask, double limitPx) {
    Check.that(
        estimate.size().equals(truth.size()) && mask.size().equals(truth.size()),
        "sizes must be one, were %s, %s and %s",
        estimate.size(),
        truth.size(),
        mask.size());
    float[] a = estimate.px().contiguous();
    float[] b = truth.px().contiguous();
    int judged = 0;
    int matched = 0;
    int bad = 0;
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      if (mask.array()[k] && !Float.isNaN(b[k])) {
        judged++;
        if (!Float.isNaN(a[k])) {
          double error = Math.abs((double) a[k] - b[k]);
          matched++;
          sum += error;
          bad += error > limitPx ? 1 : 0;
        }
      }
    }
    int missing = judged - matched;
    return new DisparityErrors(
        judged,
        matched / (double) judged,
        sum / matched,
        (bad + missing) / (double) judged,
        bad / (double) matched);
  }
}
