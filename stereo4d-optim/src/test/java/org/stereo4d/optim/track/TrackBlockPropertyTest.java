package org.stereo4d.optim.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TrackBlockPropertyTest {
  private static final int LANES = TrackBlock.LANES;

  /** Central differences with steps of 1e-5 m lose about half the digits. */
  private static final double RELATIVE = 1e-4;

  private static TrackBlock random(long seed, int frames, Boundary boundary) {
    SplittableRandom random = new SplittableRandom(seed);
    TrackBlock block = new TrackBlock(frames);
    block.clear();
    for (int l = 0; l < LANES; l++) {
      block.dynamicShare[l] = random.nextDouble();
      block.staticWeight[l] = 100;
      block.regularizer[l] = 10 * random.nextDouble();
      for (int t = 0; t < frames; t++) {
        if (random.nextInt(5) > 0) {
          block.set(
              l,
              t,
              new double[] {
                random.nextDouble(-1, 1), random.nextDouble(-1, 1), random.nextDouble(2, 6)
              },
              new double[] {0.01 * t, 0, 0});
        }
      }
    }
    block.prepare(TrackEnergyOptions.DEFAULTS.withBoundary(boundary));
    return block;
  }

  @Property(tries = 60)
  void gradient_isTheFiniteDifference(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 17) int frames,
      @ForAll Boundary boundary) {
    TrackBlock block = random(seed, frames, boundary);
    SplittableRandom random = new SplittableRandom(seed + 1);
    double[] d = new double[frames * LANES];
    for (int k = 0; k < d.length; k++) {
      d[k] = block.mask[k] * random.nextDouble(-0.3, 0.3);
    }
    double[] gradient = new double[d.length];
    block.gradient(d, gradient);
    double h = 1e-5;
    double[] up = new double[LANES];
    double[] down = new double[LANES];
    int t = random.nextInt(frames);
    double[] moved = d.clone();
    for (int l = 0; l < LANES; l++) {
      moved[t * LANES + l] += h;
    }
    block.energy(moved, up);
    for (int l = 0; l < LANES; l++) {
      moved[t * LANES + l] -= 2 * h;
    }
    block.energy(moved, down);
    for (int l = 0; l < LANES; l++) {
      if (block.mask[t * LANES + l] == 1) {
        double expected = (up[l] - down[l]) / (2 * h);
        double size = Math.abs(expected) + 1e-3 * Math.abs(up[l]) + 1e-3;
        assertThat(gradient[t * LANES + l]).isCloseTo(expected, within(RELATIVE * size));
      } else {
        assertThat(gradient[t * LANES + l]).isZero();
      }
    }
  }

  @Property(tries = 40)
  void gaussNewton_findsAPointWithoutGradient(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int frames) {
    TrackBlock block = random(seed, frames, Boundary.INTERIOR);
    GaussNewton newton = new GaussNewton(new GaussNewtonOptions(200, 1e-14), frames);
    double[] d = new double[frames * LANES];
    double[] before = new double[LANES];
    block.energy(d, before);
    newton.run(block, d, (b, at) -> false, (i, energies) -> {});
    double[] gradient = new double[d.length];
    block.gradient(d, gradient);
    for (int l = 0; l < LANES; l++) {
      assertThat(newton.energy(l)).isLessThanOrEqualTo(before[l]);
    }
    for (int k = 0; k < d.length; k++) {
      assertThat(d[k]).isGreaterThanOrEqualTo(Math.min(0, 0.0099 - block.rho[k]));
      assertThat(Double.isFinite(d[k])).isTrue();
    }
  }
}
