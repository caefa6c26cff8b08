package org.stereo4d.optim.track;

import org.stereo4d.run.Check;

/**
 * Weights of the energy.
 *
 * @param staticWeight k_s; >= 0. Reference code 100, paper 1
 * @param dynamicWeight k_d; >= 0. Reference code 100, paper 1
 * @param regularizerWeight k_r; >= 0. Reference code 0.1, paper 1e-4
 * @param boundary ends of the clip; the reference clamps
 * @param scaleOrigin origin of the static scale; the reference uses the world's
 */
public record TrackEnergyOptions(
    double staticWeight,
    double dynamicWeight,
    double regularizerWeight,
    Boundary boundary,
    ScaleOrigin scaleOrigin) {
  /** The values of the reference code. */
  public static final TrackEnergyOptions DEFAULTS =
      new TrackEnergyOptions(100, 100, 0.1, Boundary.CLAMP, ScaleOrigin.WORLD);

  /** The values of the paper. */
  public static final TrackEnergyOptions PAPER =
      new TrackEnergyOptions(1, 1, 1e-4, Boundary.CLAMP, ScaleOrigin.WORLD);

  /** Checks that no weight is negative. */
  public TrackEnergyOptions {
    Check.that(staticWeight >= 0, "staticWeight must be >= 0, was %s", staticWeight);
    Check.that(dynamicWeight >= 0, "dynamicWeight must be >= 0, was %s", dynamicWeight);
    Check.that(regularizerWeight >= 0, "regularizerWeight must be >= 0, was %s", regularizerWeight);
  }

  /** These options with other ends. */
  public TrackEnergyOptions withBoundary(Boundary boundary) {
    return new TrackEnergyOptions(
        staticWeight, dynamicWeight, regularizerWeight, boundary, scaleOrigin);
  }

  /** These options with another regulariser weight. */
  public TrackEnergyOptions withRegularizerWeight(double regularizerWeight) {
    return new TrackEnergyOptions(
        staticWeight, dynamicWeight, regularizerWeight, boundary, scaleOrigin);
  }

  /** These options with another origin of the static scale. */
  public TrackEnergyOptions withScaleOrigin(ScaleOrigin scaleOrigin) {
    return new TrackEnergyOptions(
        staticWeight, dynamicWeight, regularizerWeight, boundary, scaleOrigin);
  }
}
