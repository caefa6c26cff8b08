package org.stereo4d.optim.track;

import java.util.Arrays;

/** Energies of blocks while they are solved; each block is written by the task that owns it. */
final class EnergyRecord {
  private static final int ADAM_SAMPLES = 10;

  private final int every;
  private final int points;
  private final double[][] sums; // by block, by iteration noted
  private final int[] noted; // by block

  EnergyRecord(TrackOptimizerOptions options, int blocks) {
    boolean adam = options.mode() == SolverMode.REFERENCE;
    int iterations = adam ? options.adam().steps() : options.gaussNewton().maxIterations();
    every = adam ? Math.max(1, iterations / ADAM_SAMPLES) : 1;
    points = iterations / every + 1;
    sums = new double[blocks][];
    noted = new int[blocks];
  }

  /** Whether the energy after a number of iterations is noted. */
  boolean keeps(int iteration) {
    return iteration % every == 0;
  }

  /** Notes the energy of a block's tracks, but for those too short to be optimised. */
  void note(int block, int iteration, TrackBlock tracks, double[] energyOfLane) {
    double sum = 0;
    for (int l = 0; l < TrackBlock.LANES; l++) {
      sum += tracks.count[l] < 2 ? 0 : energyOfLane[l];
    }
    if (sums[block] == null) {
      sums[block] = new double[points];
    }
    noted[block] = iteration / every + 1;
    Arrays.fill(sums[block], iteration / every, points, sum); // a block that ends stays as it is
  }

  /** The sum over blocks, in their order, up to the last iteration of any. */
  TrackSolution.EnergyCurve curve() {
    int length = Math.max(1, Arrays.stream(noted).max().orElse(1));
    int[] iterations = new int[length];
    double[] energies = new double[length];
    for (int i = 0; i < length; i++) {
      iterations[i] = i * every;
      for (double[] block : sums) {
        energies[i] += block == null ? 0 : block[i];
      }
    }
    return new TrackSolution.EnergyCurve(iterations, energies);
  }
}
