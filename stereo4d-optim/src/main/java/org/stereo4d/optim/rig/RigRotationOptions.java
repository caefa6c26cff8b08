package org.stereo4d.optim.rig;

import org.stereo4d.run.Check;

/**
 * How a rig rotation is estimated.
 *
 * @param samples random samples of five matches; > 0
 * @param inlierRadians a match within this supports a hypothesis; > 0. Default 1.5 px of a 768 px
 *     view of 90 degrees
 * @param lossRadians scale of the Cauchy loss; > 0. Default 0.5 px of that view
 * @param rotationSigmaRadians prior of the rotation; > 0. Default 3 degrees
 * @param baselineSigmaRadians prior of the baseline's direction; > 0. Default 2 degrees
 * @param seed draws the samples
 */
public record RigRotationOptions(
    int samples,
    double inlierRadians,
    double lossRadians,
    double rotationSigmaRadians,
    double baselineSigmaRadians,
    long seed) {
  /** 200 samples and the values named at each component. */
  public static final RigRotationOptions DEFAULTS =
      new RigRotationOptions(200, 1.5 / 384, 0.5 / 384, Math.toRadians(3), Math.toRadians(2), 1);

  /** Checks that every number is positive. */
  public RigRotationOptions {
    Check.that(samples > 0, "samples must be > 0, was %s", samples);
    Check.that(inlierRadians > 0, "inlierRadians must be > 0, was %s", inlierRadians);
    Check.that(lossRadians > 0, "lossRadians must be > 0, was %s", lossRadians);
    Check.that(
        rotationSigmaRadians > 0, "rotationSigmaRadians must be > 0, was %s", rotationSigmaRadians);
    Check.that(
        baselineSigmaRadians > 0, "baselineSigmaRadians must be > 0, was %s", baselineSigmaRadians);
  }
}
