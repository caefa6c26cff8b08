package org.stereo4d.optim.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.FovBounds;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.camera.Vr180Calibration;

class RigRotationSolverTest {
  private static final double BASELINE_METERS = 0.063;

  /** 0.15 px of a 768 px view of 90 degrees. */
  private static final double NOISE_RADIANS = 0.15 / 384;

  private static List<RigRotationSolver.Match> matches(
      RigRotation truth, int count, double outlierShare, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<RigRotationSolver.Match> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double depth = Math.exp(random.nextDouble(Math.log(0.5), Math.log(8)));
      Vec3 point =
          new Vec3(
              depth * random.nextDouble(-0.9, 0.9), depth * random.nextDouble(-0.9, 0.9), depth);
      Vec3 right =
          truth
              .leftFromRight()
              .inverse()
              .apply(point.minus(truth.baseline().times(BASELINE_METERS)));
      if (random.nextDouble() < outlierShare) {
        right = right.plus(new Vec3(0, 0.1 * depth * random.nextDouble(-1, 1), 0));
      }
      out.add(new RigRotationSolver.Match(noisy(point, random), noisy(right, random)));
    }
    return out;
  }

  private static Vec3 noisy(Vec3 v, SplittableRandom random) {
    Vec3 unit = v.normalized();
    return unit.plus(
            new Vec3(
                NOISE_RADIANS * gauss(random),
                NOISE_RADIANS * gauss(random),
                NOISE_RADIANS * gauss(random)))
        .normalized();
  }

  private static double gauss(SplittableRandom random) {
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum - 6;
  }

  @Test
  void solve_rotatedRigWithOutliers_isFoundWithinAFewHundredthsOfADegree() {
    for (long seed = 1; seed <= 5; seed++) {
      RigRotation truth =
          new RigRotation(
              Rotation3.ofYawPitchRollDegrees(2.3 - seed, 1.1 * seed - 3, -1.4 + 0.4 * seed),
              new Vec3(1, 0.01 * seed, -0.015));
      RigRotationSolver.Estimate estimate =
          new RigRotationSolver(RigRotationOptions.DEFAULTS).solve(matches(truth, 3000, 0.2, seed));
      double error =
          Math.toDegrees(
              estimate
                  .rotation()
                  .leftFromRight()
                  .inverse()
                  .compose(truth.leftFromRight())
                  .angleRadians());
      assertThat(error).as("seed %s", seed).isLessThan(0.03);
      assertThat(estimate.inlierShare()).isBetween(0.75, 0.95);
    }
  }

  @Test
  void calibration_ofTheTruth_makesRowsCorrespond() {
    RigRotation truth =
        new RigRotation(Rotation3.ofYawPitchRollDegrees(2, -1, 1.5), new Vec3(1, 0.03, -0.02));
    Vr180Calibration calibration = truth.calibration(FovBounds.VR180);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 50; i++) {
      Vec3 point =
          new Vec3(random.nextDouble(-2, 2), random.nextDouble(-2, 2), random.nextDouble(1, 5));
      Vec3 rawRight =
          truth
              .leftFromRight()
              .inverse()
              .apply(point.minus(truth.baseline().times(BASELINE_METERS)));
      Vec3 left = calibration.leftFromRectified().inverse().apply(point);
      Vec3 right = calibration.rightFromRectified().inverse().apply(rawRight);
      assertThat(left.y() / left.z())
          .isCloseTo(right.y() / right.z(), org.assertj.core.api.Assertions.within(1e-9));
      assertThat(left.x() / left.z()).isGreaterThan(right.x() / right.z());
    }
  }

  @Test
  void solve_tooFewMatches_isRefused() {
    assertThatThrownBy(() -> new RigRotationSolver(RigRotationOptions.DEFAULTS).solve(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
