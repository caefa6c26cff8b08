package org.stereo4d.optim.track;

import org.stereo4d.run.Check;

/**
 * What the calibrated mode assumes. One setting serves every clip (measured in spec L).
 *
 * @param disparitySigmaPx noise of a disparity; > 0. It sets {@code sigma_u = sigmaPx / (fx B)} in
 *     1/m
 * @param accelerationMeters expected second difference of a moving point per frame squared; > 0.
 *     The weight of disparity against it is {@code 100 (acceleration / sigma_u)^2}
 * @param slowRegularizerShare share of that weight for tracks that hardly move; > 0
 * @param staticRegularizerShare share of it for static tracks; > 0
 * @param residualRatio image residual, in units of the noise, at which a track is as likely static
 *     as moving; > 1
 * @param oddsExponent how fast the odds change with the ratio; > 0
 * @param robustSigmas disparities farther than this from the result lose weight; > 0
 */
public record CalibrationOptions(
    double disparitySigmaPx,
    double accelerationMeters,
    double slowRegularizerShare,
    double staticRegularizerShare,
    double residualRatio,
    double oddsExponent,
    double robustSigmas) {
  /** 0.25 px, 9 mm, 3 %, 0.01 %, ratio 3, exponent 12, 4 sigma. */
  public static final CalibrationOptions DEFAULTS =
      new CalibrationOptions(0.25, 0.009, 0.03, 1e-4, 3, 12, 4);

  /** Checks that every number is positive. */
  public CalibrationOptions {
    Check.that(disparitySigmaPx > 0, "disparitySigmaPx must be > 0, was %s", disparitySigmaPx);
    Check.that(
        accelerationMeters > 0, "accelerationMeters must be > 0, was %s", accelerationMeters);
    Check.that(
        slowRegularizerShare > 0, "slowRegularizerShare must be > 0, was %s", slowRegularizerShare);
    Check.that(
        staticRegularizerShare > 0,
        "staticRegularizerShare must be > 0, was %s",
        staticRegularizerShare);
    Check.that(residualRatio > 1, "residualRatio must be > 1, was %s", residualRatio);
    Check.that(oddsExponent > 0, "oddsExponent must be > 0, was %s", oddsExponent);
    Check.that(robustSigmas > 0, "robustSigmas must be > 0, was %s", robustSigmas);
  }

  /** These options with another noise of disparity, pixels. */
  public CalibrationOptions withDisparitySigmaPx(double disparitySigmaPx) {
    return new CalibrationOptions(
        disparitySigmaPx,
        accelerationMeters,
        slowRegularizerShare,
        staticRegularizerShare,
        residualRatio,
        oddsExponent,
        robustSigmas);
  }

  /** Probability that a track with an image residual of so many times the noise is static. */
  double staticProbability(double ratio) {
    return 1 / (1 + Math.pow(ratio / residualRatio, oddsExponent));
  }
}
