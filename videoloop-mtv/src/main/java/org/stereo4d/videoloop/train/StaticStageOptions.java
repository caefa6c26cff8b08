package org.stereo4d.videoloop.train;

import org.stereo4d.run.Check;
import org.stereo4d.videoloop.data.LongExposure;
import org.stereo4d.videoloop.tile.CullOptions;

/**
 * Settings of stage 1. Defaults are those of the reference's base configuration.
 *
 * @param seed of colours, order and jitter
 * @param planes the dense scene
 * @param epochs on the dense scene; {@code >= 1}. Reference 119
 * @param tuningEpochs on the culled tiles; {@code >= 0}. Reference 1
 * @param windows of each picture
 * @param rate learning rate; {@code > 0}. Reference 0.05
 * @param rateDecaySteps steps in which the rate falls to a tenth; {@code > 0}. Reference 100 000
 * @param rule how texels follow their gradient
 * @param weights of the regularisers
 * @param exposure one picture per clip
 * @param scaleInvariant whether brightness is left to the clips. Reference: yes
 * @param jitter whether the principal point moves by up to half a pixel. Reference: yes
 * @param cull which tiles are kept
 */
public record StaticStageOptions(
    long seed,
    PlaneOptions planes,
    int epochs,
    int tuningEpochs,
    WindowOptions windows,
    double rate,
    double rateDecaySteps,
    UpdateRule rule,
    LossWeights weights,
    LongExposure exposure,
    boolean scaleInvariant,
    boolean jitter,
    CullOptions cull) {
  /** The reference's base configuration. */
  public static final StaticStageOptions DEFAULTS =
      new StaticStageOptions(
          2,
          PlaneOptions.DEFAULTS,
          119,
          1,
          WindowOptions.DEFAULTS.withEdge(WindowGrid.Edge.CUT),
          0.05,
          100_000,
          UpdateRule.ADAM,
          LossWeights.STAGE_1,
          LongExposure.DYNAMIC,
          true,
          true,
          CullOptions.DEFAULTS);

  /** Checks counts and rates. */
  public StaticStageOptions {
    Check.that(
        epochs >= 1 && tuningEpochs >= 0,
        "epochs must be >= 1 and tuningEpochs >= 0, were %s and %s",
        epochs,
        tuningEpochs);
    Check.that(rate > 0 && Double.isFinite(rate), "rate must be > 0 and finite, was %s", rate);
    Check.that(rateDecaySteps > 0, "rateDecaySteps must be > 0, was %s", rateDecaySteps);
  }

  /** Learning rate of a step: {@code rate * 0.1^(step / rateDecaySteps)}. */
  public double rate(long step) {
    return rate * Math.pow(0.1, step / rateDecaySteps);
  }

  /** These options with another seed. */
  public StaticStageOptions withSeed(long seed) {
    return new StaticStageOptions(
        seed,
        planes,
        epochs,
        tuningEpochs,
        windows,
        rate,
        rateDecaySteps,
        rule,
        weights,
        exposure,
        scaleInvariant,
        jitter,
        cull);
  }

  /** These options with other planes. */
  public StaticStageOptions withPlanes(PlaneOptions planes) {
    return new StaticStageOptions(
        seed,
        planes,
        epochs,
        tuningEpochs,
        windows,
        rate,
        rateDecaySteps,
        rule,
        weights,
        exposure,
        scaleInvariant,
        jitter,
        cull);
  }

  /** These options with other lengths. */
  public StaticStageOptions withEpochs(int epochs, int tuningEpochs) {
    return new StaticStageOptions(
        seed,
        planes,
        epochs,
        tuningEpochs,
        windows,
        rate,
        rateDecaySteps,
        rule,
        weights,
        exposure,
        scaleInvariant,
        jitter,
        cull);
  }

  /** These options with other windows. */
  public StaticStageOptions withWindows(WindowOptions windows) {
    return new StaticStageOptions(
        seed,
        planes,
        epochs,
        tuningEpochs,
        windows,
        rate,
        rateDecaySteps,
        rule,
        weights,
        exposure,
        scaleInvariant,
        jitter,
        cull);
  }

  /** These options with another learning rate. */
  public StaticStageOptions withRate(double rate) {
    return new StaticStageOptions(
        seed,
        planes,
        epochs,
        tuningEpochs,
        windows,
        rate,
        rateDecaySteps,
        rule,
        weights,
        exposure,
        scaleInvariant,
        jitter,
        cull);
  }

  /** These options with another update of texels. */
  public StaticStageOptions withRule(UpdateRule rule) {
    return new StaticStageOptions(
        seed,
        planes,
        epochs,
        tuningEpochs,
        windows,
        rate,
        rateDecaySteps,
        rule,
        weights,
        exposure,
        scaleInvariant,
        jitter,
        cull);
  }

  /** These options with other regularisers. */
  public StaticStageOptions withWeights(LossWeights weights) {
    return new StaticStageOptions(
        seed,
        planes,
        epochs,
        tuningEpochs,
        windows,
        rate,
        rateDecaySteps,
        rule,
        weights,
        exposure,
        scaleInvariant,
        jitter,
        cull);
  }

  /** These options with another picture per clip. */
  public StaticStageOptions withExposure(LongExposure exposure) {
    return new StaticStageOptions(
        seed,
        planes,
        epochs,
        tuningEpochs,
        windows,
        rate,
        rateDecaySteps,
        rule,
        weights,
        exposure,
        scaleInvariant,
        jitter,
        cull);
  }

  /** These options with or without scaled colours and jitter. */
  public StaticStageOptions withInvariances(boolean scaleInvariant, boolean jitter) {
    return new StaticStageOptions(
        seed,
        planes,
        epochs,
        tuningEpochs,
        windows,
        rate,
        rateDecaySteps,
        rule,
        weights,
        exposure,
        scaleInvariant,
        jitter,
        cull);
  }

  /** These options with another choice of tiles. */
  public StaticStageOptions withCull(CullOptions cull) {
    return new StaticStageOptions(
        seed,
        planes,
        epochs,
        tuningEpochs,
        windows,
        rate,
        rateDecaySteps,
        rule,
        weights,
        exposure,
        scaleInvariant,
        jitter,
        cull);
  }
}
