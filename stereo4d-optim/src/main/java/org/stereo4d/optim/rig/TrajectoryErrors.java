package org.stereo4d.optim.rig;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.run.Check;

/**
 * How far a trajectory is from the truth; both as {@code worldFromCamera}, metres.
 *
 * @param absoluteMeters root mean square distance after rigid alignment (ATE)
 * @param relativeMeters root mean square error of the step between neighbouring frames (RPE)
 * @param relativeDegrees the same of its rotation
 * @param driftShare distance of the last position, both starting in one frame, over path length;
 *     NaN for a camera that does not move
 * @param pathMeters length of the true path
 */
public record TrajectoryErrors(
    double absoluteMeters,
    double relativeMeters,
    double relativeDegrees,
    double driftShare,
    double pathMeters) {
  private static final double STILL_METERS = 1e-3;

  /** Compares trajectories of one length, at least 2. */
  public static TrajectoryErrors of(List<Rigid3> estimate, List<Rigid3> truth) {
    int n = truth.size();
    Check.that(
        estimate.size() == n && n >= 2,
        "trajectories must have one length of at least 2, had %s and %s",
        estimate.size(),
        n);
    double stepSquares = 0;
    double turnSquares = 0;
    double path = 0;
    for (int t = 1; t < n; t++) {
      Rigid3 a = estimate.get(t - 1).inverse().compose(estimate.get(t));
      Rigid3 b = truth.get(t - 1).inverse().compose(truth.get(t));
      Rigid3 difference = a.inverse().compose(b);
      stepSquares += square(difference.translation().norm());
      turnSquares += square(Math.toDegrees(difference.rotation().angleRadians()));
      path += b.translation().norm();
    }
    Rigid3 endA = estimate.get(0).inverse().compose(estimate.get(n - 1));
    Rigid3 endB = truth.get(0).inverse().compose(truth.get(n - 1));
    double drift = endA.translation().distanceTo(endB.translation());
    return new TrajectoryErrors(
        alignedRms(estimate, truth),
        Math.sqrt(stepSquares / (n - 1)),
        Math.sqrt(turnSquares / (n - 1)),
        path > STILL_METERS ? drift / path : Double.NaN,
        path);
  }

  private static double square(double x) {
    return x * x;
  }

  private static double alignedRms(List<Rigid3> estimate, List<Rigid3> truth) {
    Rigid3 truthFromEstimate = align(estimate, truth);
    double sum = 0;
    for (int t = 0; t < truth.size(); t++) {
      Vec3 moved = truthFromEstimate.apply(estimate.get(t).translation());
      sum += square(moved.distanceTo(truth.get(t).translation()));
    }
    return Math.sqrt(sum / truth.size());
  }

  /** Rigid motion that brings positions closest, by singular values (Kabsch). */
  static Rigid3 align(List<Rigid3> source, List<Rigid3> target) {
    Vec3 meanA = mean(source);
    Vec3 meanB = mean(target);
    DMatrixRMaj h = new DMatrixRMaj(3, 3);
    for (int t = 0; t < source.size(); t++) {
      Vec3 a = source.get(t).translation().minus(meanA);
      Vec3 b = target.get(t).translation().minus(meanB);
      double[] as = {a.x(), a.y(), a.z()};
      double[] bs = {b.x(), b.y(), b.z()};
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          h.add(i, j, bs[i] * as[j]);
        }
      }
    }
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(3, 3, true, true, false);
    if (!svd.decompose(h)) {
      return Rigid3.IDENTITY;
    }
    DMatrixRMaj u = svd.getU(null, false);
    DMatrixRMaj v = svd.getV(null, false);
    DMatrixRMaj sign = CommonOps_DDRM.identity(3);
    double[] values = svd.getSingularValues();
    int smallest =
        values[0] < values[1] ? (values[0] < values[2] ? 0 : 2) : values[1] < values[2] ? 1 : 2;
    if (CommonOps_DDRM.det(u) * CommonOps_DDRM.det(v) < 0) {
      sign.set(smallest, smallest, -1);
    }
    DMatrixRMaj us = new DMatrixRMaj(3, 3);
    DMatrixRMaj r = new DMatrixRMaj(3, 3);
    CommonOps_DDRM.mult(u, sign, us);
    CommonOps_DDRM.multTransB(us, v, r);
    Rotation3 rotation = Rotation3.ofMatrix(r.getData());
    return new Rigid3(rotation, meanB.minus(rotation.apply(meanA)));
  }

  private static Vec3 mean(List<Rigid3> poses) {
    Vec3 sum = Vec3.ZERO;
    for (Rigid3 pose : poses) {
      sum = sum.plus(pose.translation());
    }
    return sum.times(1.0 / poses.size());
  }
}
