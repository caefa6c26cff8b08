package org.stereo4d.optim.rig;

import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.run.Check;

/** Estimates how the right eye is turned against the left; deterministic by seed. */
public final class RigRotationSolver {
  private static final int UNKNOWNS = 5;
  private static final int SAMPLE_STEPS = 4;
  private static final int REFINE_STEPS = 30;

  private static final double MEDIAN_TO_SIGMA = 1.4826;

  /** Scale of Cauchy's loss that is 95 % efficient on Gaussian noise. */
  private static final double CAUCHY_SIGMAS = 2.385;

  /** Noise is never believed to be below this share of the loss: 0.05 px of 0.5. */
  private static final double LEAST_NOISE_SHARE = 0.1;

  private final RigRotationOptions options;

  /** A solver with the given options. */
  public RigRotationSolver(RigRotationOptions options) {
    this.options = options;
  }

  /**
   * Bearings of one point in both eyes.
   *
   * @param left unit, left eye
   * @param right unit, right eye
   */
  public record Match(Vec3 left, Vec3 right) {}

  /**
   * What was found.
   *
   * @param rotation of the rig
   * @param inlierShare matches within the limit
   * @param medianResidualRadians of the inliers
   * @param baselineSigmaRadians standard deviation of the baseline's direction; near the prior's
   *     when the scene is too far to tell
   */
  public record Estimate(
      RigRotation rotation,
      double inlierShare,
      double medianResidualRadians,
      double baselineSigmaRadians) {}

  /** Estimates from at least five matches. */
  public Estimate solve(List<Match> matches) {
    Check.that(matches.size() >= UNKNOWNS, "at least 5 matches are needed, had %s", matches.size());
    RigRotation best = RigRotation.IDENTITY;
    double bestScore = score(best, matches);
    SplittableRandom random = new SplittableRandom(options.seed());
    for (int s = 0; s < options.samples(); s++) {
      RigRotation hypothesis = solveSample(matches, random);
      double score = score(hypothesis, matches);
      if (score > bestScore) {
        bestScore = score;
        best = hypothesis;
      }
    }
    Loss coarse = new Loss(options.lossRadians(), 1);
    RigRotation first = refine(best, matches, coarse);
    Loss measured = measured(first, matches);
    return describe(refine(first, matches, measured), matches, measured);
  }

  /**
   * Cauchy's loss {@code gain log(1 + (e / scale)^2)}. With the noise sigma known, {@code gain =
   * (scale / sigma)^2} makes it the likelihood that the priors are weighed against.
   */
  private record Loss(double scaleRadians, double gain) {}

  /** The loss for the noise that the matches show. */
  private Loss measured(RigRotation rotation, List<Match> matches) {
    double median = median(inlierResiduals(rotation, matches));
    if (Double.isNaN(median)) {
      return new Loss(options.lossRadians(), 1);
    }
    double sigma = Math.max(options.lossRadians() * LEAST_NOISE_SHARE, MEDIAN_TO_SIGMA * median);
    double scale = Math.min(options.lossRadians(), CAUCHY_SIGMAS * sigma);
    return new Loss(scale, scale * scale / (sigma * sigma));
  }

  /** Sum of truncated quadratic support. */
  private double score(RigRotation rotation, List<Match> matches) {
    double score = 0;
    double limit = options.inlierRadians();
    for (Match match : matches) {
      double e = rotation.residualRadians(match.left(), match.right()) / limit;
      score += Math.max(0, 1 - e * e);
    }
    return score;
  }

  private RigRotation solveSample(List<Match> matches, SplittableRandom random) {
    int[] chosen = new int[UNKNOWNS];
    for (int i = 0; i < UNKNOWNS; i++) {
      chosen[i] = random.nextInt(matches.size());
    }
    RigRotation rotation = RigRotation.IDENTITY;
    for (int step = 0; step < SAMPLE_STEPS; step++) {
      Normal normal = new Normal(rotation);
      for (int index : chosen) {
        normal.add(matches.get(index), 1);
      }
      // a whiff of the prior keeps degenerate samples finite
      normal.addPriors(options, rotation, 1e-8);
      rotation = normal.step(rotation, 0);
    }
    return rotation;
  }

  private RigRotation refine(RigRotation start, List<Match> matches, Loss loss) {
    RigRotation rotation = start;
    double cost = cost(rotation, matches, loss);
    double damping = 1e-3;
    for (int step = 0; step < REFINE_STEPS && damping < 1e6; step++) {
      RigRotation next = weighted(rotation, matches, loss).step(rotation, damping);
      double nextCost = cost(next, matches, loss);
      if (nextCost <= cost) {
        boolean done = cost - nextCost < 1e-12 * cost;
        rotation = next;
        cost = nextCost;
        damping /= 10;
        if (done) {
          break;
        }
      } else {
        damping *= 10;
      }
    }
    return rotation;
  }

  private Normal weighted(RigRotation rotation, List<Match> matches, Loss loss) {
    Normal normal = new Normal(rotation);
    double scale = loss.scaleRadians();
    for (Match match : matches) {
      double e = rotation.residualRadians(match.left(), match.right()) / scale;
      normal.add(match, loss.gain() / (1 + e * e) / (scale * scale));
    }
    normal.addPriors(options, rotation, 1);
    return normal;
  }

  private double cost(RigRotation rotation, List<Match> matches, Loss loss) {
    double scale = loss.scaleRadians();
    double sum = 0;
    for (Match match : matches) {
      double e = rotation.residualRadians(match.left(), match.right()) / scale;
      sum += Math.log1p(e * e);
    }
    double angle = rotation.leftFromRight().angleRadians() / options.rotationSigmaRadians();
    double y = rotation.baseline().y() / options.baselineSigmaRadians();
    double z = rotation.baseline().z() / options.baselineSigmaRadians();
    return loss.gain() * sum + angle * angle + y * y + z * z;
  }

  private Estimate describe(RigRotation rotation, List<Match> matches, Loss loss) {
    double[] inliers = inlierResiduals(rotation, matches);
    DMatrixRMaj covariance = weighted(rotation, matches, loss).matrix.copy();
    CommonOps_DDRM.invert(covariance);
    return new Estimate(
        rotation,
        inliers.length / (double) matches.size(),
        median(inliers),
        Math.sqrt(Math.max(covariance.get(3, 3), covariance.get(4, 4))));
  }

  /** Sorted. */
  private double[] inlierResiduals(RigRotation rotation, List<Match> matches) {
    return matches.stream()
        .mapToDouble(m -> Math.abs(rotation.residualRadians(m.left(), m.right())))
        .filter(e -> e <= options.inlierRadians())
        .sorted()
        .toArray();
  }

  private static double median(double[] sorted) {
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  /** Normal equations in a rotation vector (3) and the y and z of the baseline (2). */
  private static final class Normal {
    private final DMatrixRMaj matrix = new DMatrixRMaj(UNKNOWNS, UNKNOWNS);
    private final DMatrixRMaj right = new DMatrixRMaj(UNKNOWNS, 1);
    private final RigRotation rotation;
    private final double[] row = new double[UNKNOWNS];

    Normal(RigRotation rotation) {
      this.rotation = rotation;
    }

    void add(Match match, double weight) {
      Vec3 turned = rotation.leftFromRight().apply(match.right());
      Vec3 normal = rotation.baseline().cross(match.left());
      Vec3 other = rotation.baseline().cross(turned);
      double size = Math.sqrt((normal.dot(normal) + other.dot(other)) / 2);
      if (size < 1e-9) {
        return;
      }
      // the size changes slowly and is taken as constant
      Vec3 byRotation = turned.cross(normal).times(1 / size);
      Vec3 byBaseline = match.left().cross(turned).times(1 / size);
      row[0] = byRotation.x();
      row[1] = byRotation.y();
      row[2] = byRotation.z();
      Vec3 b = rotation.baseline();
      // moving y or z of a unit vector moves x by -y/x or -z/x
      row[3] = byBaseline.y() - byBaseline.x() * b.y() / b.x();
      row[4] = byBaseline.z() - byBaseline.x() * b.z() / b.x();
      accumulate(normal.dot(turned) / size, weight);
    }

    private void accumulate(double error, double weight) {
      for (int i = 0; i < UNKNOWNS; i++) {
        right.add(i, 0, -weight * row[i] * error);
        for (int j = 0; j < UNKNOWNS; j++) {
          matrix.add(i, j, weight * row[i] * row[j]);
        }
      }
    }

    void addPriors(RigRotationOptions options, RigRotation at, double weight) {
      Vec3 angles = at.leftFromRight().toAxisAngleRadians();
      double[] values = {angles.x(), angles.y(), angles.z(), at.baseline().y(), at.baseline().z()};
      for (int i = 0; i < UNKNOWNS; i++) {
        double sigma = i < 3 ? options.rotationSigmaRadians() : options.baselineSigmaRadians();
        java.util.Arrays.fill(row, 0);
        row[i] = 1;
        accumulate(values[i], weight / (sigma * sigma));
      }
    }

    RigRotation step(RigRotation from, double damping) {
      DMatrixRMaj damped = matrix.copy();
      for (int i = 0; i < UNKNOWNS; i++) {
        damped.set(i, i, damped.get(i, i) * (1 + damping) + 1e-12);
      }
      DMatrixRMaj x = new DMatrixRMaj(UNKNOWNS, 1);
      if (!CommonOps_DDRM.solve(damped, right, x)) {
        return from;
      }
      double limit = Math.toRadians(10);
      for (int i = 0; i < UNKNOWNS; i++) {
        double value = x.get(i, 0);
        x.set(i, 0, Double.isFinite(value) ? Math.max(-limit, Math.min(limit, value)) : 0);
      }
      Rotation3 turn =
          Rotation3.ofAxisAngleRadians(new Vec3(x.get(0, 0), x.get(1, 0), x.get(2, 0)));
      double y = from.baseline().y() + x.get(3, 0);
      double z = from.baseline().z() + x.get(4, 0);
      double rest = Math.max(0.25, 1 - y * y - z * z);
      double sign = from.baseline().x() < 0 ? -1 : 1;
      return new RigRotation(
          turn.compose(from.leftFromRight()), new Vec3(sign * Math.sqrt(rest), y, z));
    }
  }
}
