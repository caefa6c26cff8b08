package org.stereo4d.videoloop.train;

import org.stereo4d.run.Check;
import org.stereo4d.videoloop.mpi.SlotPenalties;

/**
 * Weights of the regularisers of a stage, as in the reference's base configurations.
 *
 * @param sparsity of alpha along the slots; {@code >= 0}. Stage 1 0.004, stage 2 0
 * @param colorSmooth of slot colours; {@code >= 0}. 0.2
 * @param alphaSmooth of slot alphas; {@code >= 0}. Stage 1 0.5, stage 2 0.2
 * @param depthSmooth of disparity; {@code >= 0}. 0
 * @param labelSmooth of slot labels, stage 1 only; {@code >= 0}. 0
 * @param density of {@code mean(1 - alpha)}; {@code >= 0}. Stage 1 0.02, stage 2 0
 * @param densityEpochs epochs over which density is turned on; {@code >= 0}. 60
 * @param edgeScale weight of colour edges in depthSmooth of stage 1; {@code >= 0}. 4
 * @param sparsityFloor smallest norm in sparsity; {@code > 0}. Stage 1 1e-6, stage 2 1e-4
 */
public record LossWeights(
    double sparsity,
    double colorSmooth,
    double alphaSmooth,
    double depthSmooth,
    double labelSmooth,
    double density,
    int densityEpochs,
    double edgeScale,
    double sparsityFloor) {
  /** Stage 1. */
  public static final LossWeights STAGE_1 =
      new LossWeights(0.004, 0.2, 0.5, 0, 0, 0.02, 60, 4, 1e-6);

  /** Stage 2. */
  public static final LossWeights STAGE_2 = new LossWeights(0, 0.2, 0.2, 0, 0, 0, 0, 0, 1e-4);

  /** Checks the ranges. */
  public LossWeights {
    double least =
        Math.min(
            Math.min(Math.min(sparsity, colorSmooth), Math.min(alphaSmooth, depthSmooth)),
            Math.min(Math.min(labelSmooth, density), edgeScale));
    Check.that(least >= 0, "weights must be >= 0, the least was %s", least);
    Check.that(densityEpochs >= 0, "densityEpochs must be >= 0, was %s", densityEpochs);
    Check.that(sparsityFloor > 0, "sparsityFloor must be > 0, was %s", sparsityFloor);
  }

  /** The weights on slots. */
  public SlotPenalties slots() {
    return new SlotPenalties(sparsity, colorSmooth, alphaSmooth, labelSmooth, sparsityFloor);
  }

  /** Weight of density in an epoch: {@code density * min(1, epoch / (densityEpochs + 1))^2}. */
  public double density(int epoch) {
    double ramp = Math.min(1, epoch / (densityEpochs + 1.0));
    return density * ramp * ramp;
  }

  /** These weights with another sparsity. */
  public LossWeights withSparsity(double sparsity) {
    return new LossWeights(
        sparsity,
        colorSmooth,
        alphaSmooth,
        depthSmooth,
        labelSmooth,
        density,
        densityEpochs,
        edgeScale,
        sparsityFloor);
  }

  /** These weights with other smoothness of colour and alpha. */
  public LossWeights withSmooth(double colorSmooth, double alphaSmooth) {
    return new LossWeights(
        sparsity,
        colorSmooth,
        alphaSmooth,
        depthSmooth,
        labelSmooth,
        density,
        densityEpochs,
        edgeScale,
        sparsityFloor);
  }

  /** These weights with other smoothness of disparity and of the label. */
  public LossWeights withDepthAndLabelSmooth(double depthSmooth, double labelSmooth) {
    return new LossWeights(
        sparsity,
        colorSmooth,
        alphaSmooth,
        depthSmooth,
        labelSmooth,
        density,
        densityEpochs,
        edgeScale,
        sparsityFloor);
  }

  /** These weights with another density. */
  public LossWeights withDensity(double density, int densityEpochs) {
    return new LossWeights(
        sparsity,
        colorSmooth,
        alphaSmooth,
        depthSmooth,
        labelSmooth,
        density,
        densityEpochs,
        edgeScale,
        sparsityFloor);
  }
}
