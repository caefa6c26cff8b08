package org.stereo4d.nvds.flowfilter;

import java.util.List;
import org.stereo4d.nvds.metric.AffineAlignment;

/** Solves for the scale and offset of every frame of a clip (step 2 of the package). */
final class AffineCurve {
  private AffineCurve() {}

  /**
   * One line per frame.
   *
   * @param links one per frame, to the frame before; that of frame 0 has no link
   * @param tether L; infinite for no correction, 0 to lock each scene to its first frame
   */
  static AffineAlignment[] solve(List<FrameLink> links, double tether) {
    int n = links.size();
    AffineAlignment[] out = new AffineAlignment[n];
    double[] steps = new double[n];
    double[] targets = new double[n];
    for (int t = 0; t < n; t++) {
      steps[t] = links.get(t).logScale();
    }
    double[] scale = chain(links, steps, targets, tether);
    for (int t = 0; t < n; t++) {
      scale[t] = Math.exp(scale[t]);
      FrameLink link = links.get(t);
      targets[t] = (1 - scale[t]) * link.median();
      steps[t] =
          link.isLinked() ? scale[t - 1] * link.previousMedian() - scale[t] * link.ownMedian() : 0;
    }
    double[] offset = chain(links, steps, targets, tether);
    for (int t = 0; t < n; t++) {
      out[t] = new AffineAlignment(scale[t], offset[t]);
    }
    return out;
  }

  /**
   * The line of the next frame from the past alone.
   *
   * @param previous line of the frame before
   */
  static AffineAlignment next(AffineAlignment previous, FrameLink link, double tether) {
    if (!link.isLinked() || Double.isInfinite(tether)) {
      return AffineAlignment.IDENTITY;
    }
    double scale = Math.exp((Math.log(previous.scale()) + link.logScale()) / (1 + tether));
    double step = previous.scale() * link.previousMedian() - scale * link.ownMedian();
    double offset = (previous.shift() + step + tether * (1 - scale) * link.median()) / (1 + tether);
    return new AffineAlignment(scale, offset);
  }

  /** {@code min sum_links (v_t - v_{t-1} - step_t)^2 + tether sum_t (v_t - target_t)^2}. */
  private static double[] chain(
      List<FrameLink> links, double[] steps, double[] targets, double tether) {
    int n = steps.length;
    if (Double.isInfinite(tether)) {
      return targets.clone();
    }
    double[] v = new double[n];
    if (tether == 0) {
      for (int t = 1; t < n; t++) {
        v[t] = links.get(t).isLinked() ? v[t - 1] + steps[t] : 0;
      }
      return v;
    }
    double[] diagonal = new double[n];
    for (int t = 0; t < n; t++) {
      diagonal[t] += tether;
      v[t] += tether * targets[t];
      if (links.get(t).isLinked()) {
        diagonal[t]++;
        diagonal[t - 1]++;
        v[t] += steps[t];
        v[t - 1] -= steps[t];
      }
    }
    // Thomas: the neighbours of a link are coupled by -1.
    for (int t = 1; t < n; t++) {
      if (links.get(t).isLinked()) {
        diagonal[t] -= 1 / diagonal[t - 1];
        v[t] += v[t - 1] / diagonal[t - 1];
      }
    }
    for (int t = n - 1; t >= 0; t--) {
      double next = t + 1 < n && links.get(t + 1).isLinked() ? v[t + 1] : 0;
      v[t] = (v[t] + next) / diagonal[t];
    }
    return v;
  }
}
