package org.stereo4d.synthetic;

import java.util.SplittableRandom;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.synthetic.scene.Trajectory;

/** How the camera is carried. */
public enum CameraMotion {
  /** It stands still. */
  TRIPOD(0, 0, 0, 0),
  /** Someone holds it and stays in place: a few centimetres, about two degrees. */
  HANDHELD(0.05, 0.02, 0, 1.6),
  /** Someone walks with it: about 2 m in 4 s, swaying and turning. */
  WALKING(0.5, 0.02, 0.25, 4);

  private final double swayMeters;
  private final double bobMeters;
  private final double metersPerSecond;
  private final double turnDegrees;

  CameraMotion(double swayMeters, double bobMeters, double metersPerSecond, double turnDegrees) {
    this.swayMeters = swayMeters;
    this.bobMeters = bobMeters;
    this.metersPerSecond = metersPerSecond;
    this.turnDegrees = turnDegrees;
  }

  /**
   * The path of the left rectified camera; the identity at time 0.
   *
   * @param seed draws the phases of the sway
   */
  public Trajectory trajectory(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] phase = new double[6];
    for (int i = 0; i < phase.length; i++) {
      phase[i] = random.nextDouble(2 * Math.PI);
    }
    Rigid3 cameraFromStart = sway(0, phase).inverse();
    return timeSeconds -> cameraFromStart.compose(sway(timeSeconds, phase));
  }

  private Rigid3 sway(double t, double[] phase) {
    Vec3 position =
        new Vec3(
            swayMeters * wave(t, 5.1, phase[0]),
            bobMeters * wave(t, 0.9, phase[1]),
            metersPerSecond * t + 0.3 * swayMeters * wave(t, 3.3, phase[2]));
    Rotation3 rotation =
        Rotation3.ofYawPitchRollDegrees(
            turnDegrees * wave(t, 4.3, phase[3]),
            0.5 * turnDegrees * wave(t, 3.1, phase[4]),
            0.4 * turnDegrees * wave(t, 2.7, phase[5]));
    return new Rigid3(rotation, position);
  }

  private static double wave(double t, double periodSeconds, double phaseRadians) {
    return Math.sin(2 * Math.PI * t / periodSeconds + phaseRadians);
  }
}
