package org.stereo4d.optim.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.simple.SimpleMatrix;

class BandedLdlPropertyTest {
  private static final int LANES = BandedLdl.LANES;

  /** Well-conditioned systems of at most forty unknowns. */
  private static final double TOLERANCE = 1e-9;

  @Property(tries = 100)
  void solveAndInverse_matchADenseSolver(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @IntRange(min = 0, max = 10) int width) {
    SplittableRandom random = new SplittableRandom(seed);
    BandedLdl ldl = new BandedLdl(size, width);
    double[][] bands = ldl.newBands();
    for (int k = 0; k <= width; k++) {
      for (int i = 0; i < size * LANES; i++) {
        boolean inside = i / LANES + k < size;
        bands[k][i] = inside ? random.nextDouble(-1, 1) + (k == 0 ? 2 * width + 3 : 0) : 0;
      }
    }
    double[] x = new double[size * LANES];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextDouble(-1, 1);
    }
    double[] b = x.clone();
    ldl.factor(bands);
    ldl.solve(x);
    double[] inverse = new double[x.length];
    ldl.inverseDiagonal(inverse);
    int lane = random.nextInt(LANES);
    SimpleMatrix dense = new SimpleMatrix(size, size);
    SimpleMatrix right = new SimpleMatrix(size, 1);
    for (int t = 0; t < size; t++) {
      right.set(t, 0, b[t * LANES + lane]);
      for (int k = 0; k <= width && t + k < size; k++) {
        dense.set(t, t + k, bands[k][t * LANES + lane]);
        dense.set(t + k, t, bands[k][t * LANES + lane]);
      }
    }
    SimpleMatrix expected = dense.solve(right);
    SimpleMatrix denseInverse = dense.invert();
    for (int t = 0; t < size; t++) {
      assertThat(x[t * LANES + lane]).isCloseTo(expected.get(t, 0), within(TOLERANCE));
      assertThat(inverse[t * LANES + lane]).isCloseTo(denseInverse.get(t, t), within(TOLERANCE));
    }
  }
}
