package org.stereo4d.videoloop.train;

import java.util.List;
import org.stereo4d.run.Check;
import org.stereo4d.videoloop.loss.LoopLossOptions;

/**
 * Settings of stage 2. Defaults are those of the reference's base configuration.
 *
 * @param seed of noise, order and jitter
 * @param frames T, length of the loop; {@code >= 2}. Reference 50 or 60
 * @param noiseSigma noise on lifted tiles; {@code >= 0}. Paper and reference 0.02
 * @param referenceViews indices of the views with the reference loss; two well apart are good
 * @param referenceLoss loss of those views
 * @param otherLoss loss of the others
 * @param pyramid levels of detail
 * @param epochsPerLevel {@code >= 1}. Reference 50
 * @param windows of each picture
 * @param rate learning rate; {@code > 0}. Reference 0.5
 * @param adaptiveRate whether the rate is divided by the windows of an epoch. Reference: yes
 * @param rule how texels follow their gradient
 * @param weights of the regularisers
 * @param scaleInvariant whether brightness is left to the clips. Reference: yes
 * @param jitter whether the principal point moves by up to half a pixel. Reference: yes
 * @param matchEpochs epochs for which a target is kept; {@code >= 1}. Reference 1
 * @param compatible clips are reduced without a filter, as in the reference
 */
public record LoopStageOptions(
    long seed,
    int frames,
    double noiseSigma,
    List<Integer> referenceViews,
    LoopLossOptions referenceLoss,
    LoopLossOptions otherLoss,
    Pyramid pyramid,
    int epochsPerLevel,
    WindowOptions windows,
    double rate,
    boolean adaptiveRate,
    UpdateRule rule,
    LossWeights weights,
    boolean scaleInvariant,
    boolean jitter,
    int matchEpochs,
    boolean compatible) {
  private static final double RATE_DECAY_EPOCHS = 100_000;

  /** The reference's base configuration with 50 frames and views 0 and 1 as references. */
  public static final LoopStageOptions DEFAULTS =
      new LoopStageOptions(
          2,
          50,
          0.02,
          List.of(0, 1),
          LoopLossOptions.REFERENCE_VIEW,
          LoopLossOptions.OTHER_VIEW,
          Pyramid.DEFAULTS,
          50,
          WindowOptions.DEFAULTS,
          0.5,
          true,
          UpdateRule.ADAM,
          LossWeights.STAGE_2,
          true,
          true,
          1,
          false);

  /** Checks counts and rates; copies the views. */
  public LoopStageOptions {
    referenceViews = List.copyOf(referenceViews);
    int patchFrames =
        Math.max(referenceLoss.match().patchFrames(), otherLoss.match().patchFrames());
    Check.that(
        frames >= Math.max(2, patchFrames),
        "frames must be >= 2 and >= the %s frames of a patch, was %s",
        patchFrames,
        frames);
    Check.that(noiseSigma >= 0, "noiseSigma must be >= 0, was %s", noiseSigma);
    Check.that(
        epochsPerLevel >= 1 && matchEpochs >= 1,
        "epochsPerLevel and matchEpochs must be >= 1, were %s and %s",
        epochsPerLevel,
        matchEpochs);
    Check.that(rate > 0 && Double.isFinite(rate), "rate must be > 0 and finite, was %s", rate);
  }

  /**
   * Learning rate of an epoch of a level: {@code rate * 0.1^(epoch / 100 000)}, by the windows of
   * an epoch if adaptive.
   *
   * @param visits windows of all views
   */
  public double rate(int epochOfLevel, int visits) {
    double decayed = rate * Math.pow(0.1, epochOfLevel / RATE_DECAY_EPOCHS);
    return adaptiveRate ? decayed / visits : decayed;
  }

  /** Loss of a view. */
  public LoopLossOptions loss(int view) {
    return referenceViews.contains(view) ? referenceLoss : otherLoss;
  }

  /** These options with another seed. */
  public LoopStageOptions withSeed(long seed) {
    return new LoopStageOptions(
        seed,
        frames,
        noiseSigma,
        referenceViews,
        referenceLoss,
        otherLoss,
        pyramid,
        epochsPerLevel,
        windows,
        rate,
        adaptiveRate,
        rule,
        weights,
        scaleInvariant,
        jitter,
        matchEpochs,
        compatible);
  }

  /** These options with another length of the loop. */
  public LoopStageOptions withFrames(int frames) {
    return new LoopStageOptions(
        seed,
        frames,
        noiseSigma,
        referenceViews,
        referenceLoss,
        otherLoss,
        pyramid,
        epochsPerLevel,
        windows,
        rate,
        adaptiveRate,
        rule,
        weights,
        scaleInvariant,
        jitter,
        matchEpochs,
        compatible);
  }

  /** These options with other noise. */
  public LoopStageOptions withNoiseSigma(double noiseSigma) {
    return new LoopStageOptions(
        seed,
        frames,
        noiseSigma,
        referenceViews,
        referenceLoss,
        otherLoss,
        pyramid,
        epochsPerLevel,
        windows,
        rate,
        adaptiveRate,
        rule,
        weights,
        scaleInvariant,
        jitter,
        matchEpochs,
        compatible);
  }

  /** These options with other reference views. */
  public LoopStageOptions withReferenceViews(List<Integer> referenceViews) {
    return new LoopStageOptions(
        seed,
        frames,
        noiseSigma,
        referenceViews,
        referenceLoss,
        otherLoss,
        pyramid,
        epochsPerLevel,
        windows,
        rate,
        adaptiveRate,
        rule,
        weights,
        scaleInvariant,
        jitter,
        matchEpochs,
        compatible);
  }

  /** These options with other losses. */
  public LoopStageOptions withLosses(LoopLossOptions referenceLoss, LoopLossOptions otherLoss) {
    return new LoopStageOptions(
        seed,
        frames,
        noiseSigma,
        referenceViews,
        referenceLoss,
        otherLoss,
        pyramid,
        epochsPerLevel,
        windows,
        rate,
        adaptiveRate,
        rule,
        weights,
        scaleInvariant,
        jitter,
        matchEpochs,
        compatible);
  }

  /** These options with other levels. */
  public LoopStageOptions withLevels(Pyramid pyramid, int epochsPerLevel) {
    return new LoopStageOptions(
        seed,
        frames,
        noiseSigma,
        referenceViews,
        referenceLoss,
        otherLoss,
        pyramid,
        epochsPerLevel,
        windows,
        rate,
        adaptiveRate,
        rule,
        weights,
        scaleInvariant,
        jitter,
        matchEpochs,
        compatible);
  }

  /** These options with other windows. */
  public LoopStageOptions withWindows(WindowOptions windows) {
    return new LoopStageOptions(
        seed,
        frames,
        noiseSigma,
        referenceViews,
        referenceLoss,
        otherLoss,
        pyramid,
        epochsPerLevel,
        windows,
        rate,
        adaptiveRate,
        rule,
        weights,
        scaleInvariant,
        jitter,
        matchEpochs,
        compatible);
  }

  /** These options with another learning rate. */
  public LoopStageOptions withRate(double rate, boolean adaptiveRate) {
    return new LoopStageOptions(
        seed,
        frames,
        noiseSigma,
        referenceViews,
        referenceLoss,
        otherLoss,
        pyramid,
        epochsPerLevel,
        windows,
        rate,
        adaptiveRate,
        rule,
        weights,
        scaleInvariant,
        jitter,
        matchEpochs,
        compatible);
  }

  /** These options with another update of texels. */
  public LoopStageOptions withRule(UpdateRule rule) {
    return new LoopStageOptions(
        seed,
        frames,
        noiseSigma,
        referenceViews,
        referenceLoss,
        otherLoss,
        pyramid,
        epochsPerLevel,
        windows,
        rate,
        adaptiveRate,
        rule,
        weights,
        scaleInvariant,
        jitter,
        matchEpochs,
        compatible);
  }

  /** These options with other regularisers. */
  public LoopStageOptions withWeights(LossWeights weights) {
    return new LoopStageOptions(
        seed,
        frames,
        noiseSigma,
        referenceViews,
        referenceLoss,
        otherLoss,
        pyramid,
        epochsPerLevel,
        windows,
        rate,
        adaptiveRate,
        rule,
        weights,
        scaleInvariant,
        jitter,
        matchEpochs,
        compatible);
  }

  /** These options with or without scaled colours and jitter. */
  public LoopStageOptions withInvariances(boolean scaleInvariant, boolean jitter) {
    return new LoopStageOptions(
        seed,
        frames,
        noiseSigma,
        referenceViews,
        referenceLoss,
        otherLoss,
        pyramid,
        epochsPerLevel,
        windows,
        rate,
        adaptiveRate,
        rule,
        weights,
        scaleInvariant,
        jitter,
        matchEpochs,
        compatible);
  }

  /** These options with targets kept for some epochs. */
  public LoopStageOptions withMatchEpochs(int matchEpochs) {
    return new LoopStageOptions(
        seed,
        frames,
        noiseSigma,
        referenceViews,
        referenceLoss,
        otherLoss,
        pyramid,
        epochsPerLevel,
        windows,
        rate,
        adaptiveRate,
        rule,
        weights,
        scaleInvariant,
        jitter,
        matchEpochs,
        compatible);
  }
}
