package org.stereo4d.synthetic.scene;

import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.run.Check;

/**
 * Motion on an ellipse, or to and fro on a line, with a steady spin.
 *
 * <pre>
 * position(t) = center + sine sin(2 pi t / period + phase) + cosine cos(2 pi t / period + phase)
 * rotation(t) = exp(spin t)
 * </pre>
 *
 * @param centerMeters middle of the motion, world frame
 * @param sineMeters first half axis of the ellipse
 * @param cosineMeters second half axis; zero for motion on a line
 * @param periodSeconds time of one round; > 0 and finite
 * @param phaseRadians where the round begins
 * @param spinRadiansPerSecond axis times rate of the rotation
 */
public record Harmonic(
    Vec3 centerMeters,
    Vec3 sineMeters,
    Vec3 cosineMeters,
    double periodSeconds,
    double phaseRadians,
    Vec3 spinRadiansPerSecond)
    implements Trajectory {
  /** Checks that the period is positive and all numbers finite. */
  public Harmonic {
    Check.that(
        periodSeconds > 0 && Double.isFinite(periodSeconds),
        "periodSeconds must be > 0 and finite, was %s",
        periodSeconds);
    Check.that(
        centerMeters.isFinite()
            && sineMeters.isFinite()
            && cosineMeters.isFinite()
            && spinRadiansPerSecond.isFinite()
            && Double.isFinite(phaseRadians),
        "motion must be finite, was centre %s, axes %s and %s, phase %s, spin %s",
        centerMeters,
        sineMeters,
        cosineMeters,
        phaseRadians,
        spinRadiansPerSecond);
  }

  @Override
  public Rigid3 worldFromBody(double timeSeconds) {
    double angle = 2 * Math.PI * timeSeconds / periodSeconds + phaseRadians;
    Vec3 position =
        centerMeters
            .plus(sineMeters.times(Math.sin(angle)))
            .plus(cosineMeters.times(Math.cos(angle)));
    return new Rigid3(
        Rotation3.ofAxisAngleRadians(spinRadiansPerSecond.times(timeSeconds)), position);
  }
}
