package org.stereo4d.videoloop.mpi;

import org.stereo4d.run.Check;

/**
 * Weights of the losses on the slots of a window.
 *
 * <p>With K slots, D planes and a, c, m the activated alpha, colour and label of slots: sparsity is
 * the mean over pixels of {@code ||a||_1 / max(||a||_2, eps) / sqrt(D)}; the smoothness of a
 * channel is {@code (mean |dx| + mean |dy|) K / D} over all slots.
 *
 * @param sparsity weight of sparsity; {@code >= 0}
 * @param colorSmooth weight of the smoothness of colour; {@code >= 0}
 * @param alphaSmooth weight of the smoothness of alpha; {@code >= 0}
 * @param labelSmooth weight of the smoothness of the label; {@code >= 0}
 * @param sparsityFloor eps; {@code > 0}. The reference uses 1e-6 in stage 1 and 1e-4 in stage 2
 */
public record SlotPenalties(
    double sparsity,
    double colorSmooth,
    double alphaSmooth,
    double labelSmooth,
    double sparsityFloor) {
  /** No penalties. */
  public static final SlotPenalties NONE = new SlotPenalties(0, 0, 0, 0, 1e-6);

  /** Checks the ranges. */
  public SlotPenalties {
    Check.that(
        sparsity >= 0 && colorSmooth >= 0 && alphaSmooth >= 0 && labelSmooth >= 0,
        "weights must be >= 0, were %s, %s, %s and %s",
        sparsity,
        colorSmooth,
        alphaSmooth,
        labelSmooth);
    Check.that(sparsityFloor > 0, "sparsityFloor must be > 0, was %s", sparsityFloor);
  }

  /** These weights times a factor. */
  public SlotPenalties times(double factor) {
    return new SlotPenalties(
        sparsity * factor,
        colorSmooth * factor,
        alphaSmooth * factor,
        labelSmooth * factor,
        sparsityFloor);
  }

  boolean needNeighbours() {
    return colorSmooth > 0 || alphaSmooth > 0 || labelSmooth > 0;
  }

  double smooth(int channel) {
    return channel < 3 ? colorSmooth : channel == 3 ? alphaSmooth : labelSmooth;
  }

  /**
   * The values of the penalties before their weights; 0 where the weight is 0.
   *
   * @param sparsity of alpha along the slots
   * @param colorSmooth of colour
   * @param alphaSmooth of alpha
   * @param labelSmooth of the label
   */
  public record Values(
      double sparsity, double colorSmooth, double alphaSmooth, double labelSmooth) {
    /** The weighted sum. */
    public double weighted(SlotPenalties weights) {
      return weights.sparsity * sparsity
          + weights.colorSmooth * colorSmooth
          + weights.alphaSmooth * alphaSmooth
          + weights.labelSmooth * labelSmooth;
    }
  }
}
