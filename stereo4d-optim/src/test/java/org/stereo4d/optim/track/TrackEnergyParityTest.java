package org.stereo4d.optim.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

class TrackEnergyParityTest {
  private static final int LANES = TrackBlock.LANES;

  /** Sums of some thousand doubles in another order. */
  private static final double RELATIVE_TERM = 1e-9;

  private static final double RELATIVE_GRADIENT = 1e-7;
  private static final double ABSOLUTE_GRADIENT = 1e-9;
  private static final double RELATIVE_LOSS = 1e-6;

  /** A hundred steps of Adam amplify the last bit. */
  private static final double ADAM_METERS = 1e-6;

  private static void close(double actual, double expected, double relative, double absolute) {
    assertThat(actual).isCloseTo(expected, within(Math.abs(expected) * relative + absolute));
  }

  @Test
  void terms_andGradients_match() throws IOException {
    GoldenTracks golden = new GoldenTracks();
    TrackBlock block = new TrackBlock(golden.frames);
    double[][] displacements = {new double[golden.mask.length], golden.terms.doubles("d1")};
    for (int set = 0; set < 2; set++) {
      for (int first = 0; first < golden.count; first += LANES) {
        golden.fill(block, first, TrackEnergyOptions.DEFAULTS);
        double[] d = golden.lanes(displacements[set], first);
        double[] gradient = new double[d.length];
        block.gradient(d, gradient);
        for (int l = 0; l < LANES && first + l < golden.count; l++) {
          if (!golden.isSkipped(first + l)) {
            checkTerms(golden, block.terms(d, l), first + l, "_d" + set);
            checkGradient(golden, gradient, first + l, l, "grad_d" + set);
          }
        }
      }
    }
  }

  private static void checkTerms(GoldenTracks golden, TrackTerms terms, int track, String suffix)
      throws IOException {
    NpzFile file = golden.terms;
    close(terms.constancy(), file.doubles("static" + suffix)[track], RELATIVE_TERM, 1e-300);
    close(terms.dynamic1(), file.doubles("dynamic1" + suffix)[track], RELATIVE_TERM, 1e-300);
    close(terms.dynamic3(), file.doubles("dynamic3" + suffix)[track], RELATIVE_TERM, 1e-300);
    close(terms.dynamic5(), file.doubles("dynamic5" + suffix)[track], RELATIVE_TERM, 1e-300);
    close(terms.regularizer(), file.doubles("reg" + suffix)[track], RELATIVE_TERM, 1e-15);
    close(terms.total(), file.doubles("total" + suffix)[track], RELATIVE_TERM, 1e-300);
  }

  private static void checkGradient(
      GoldenTracks golden, double[] gradient, int track, int lane, String name) throws IOException {
    double[] expected = golden.terms.doubles(name);
    for (int t = 0; t < golden.frames; t++) {
      close(
          gradient[t * LANES + lane],
          expected[track * golden.frames + t],
          RELATIVE_GRADIENT,
          ABSOLUTE_GRADIENT);
    }
  }

  @Test
  void adam_followsTheReferenceStepByStep() throws IOException {
    GoldenTracks golden = new GoldenTracks();
    NpzFile expected = NpzFile.open(Golden.file("stereo4d/optimised_tracks.npz"));
    double[] losses = expected.doubles("loss_history");
    TrackBlock block = new TrackBlock(golden.frames);
    AdamSchedule adam = new AdamSchedule(AdamOptions.DEFAULTS, golden.frames);
    double[] d = new double[golden.frames * LANES];
    double[] energy = new double[LANES];
    for (int start = 0; start < golden.count; start += LANES) {
      int first = start;
      golden.fill(block, first, TrackEnergyOptions.DEFAULTS);
      adam.run(
          block,
          d,
          (step, at) -> {
            block.energy(at, energy);
            for (int l = 0; l < LANES && first + l < golden.count; l++) {
              if (golden.isSkipped(first + l)) {
                continue;
              }
              if (step < AdamOptions.DEFAULTS.steps()) {
                close(energy[l], losses[step * golden.count + first + l], RELATIVE_LOSS, 1e-300);
              }
              checkDisplacements(golden, expected, at, first + l, l, "d_step" + step);
            }
          });
    }
  }

  private static void checkDisplacements(
      GoldenTracks golden, NpzFile expected, double[] d, int track, int lane, String name) {
    if (!expected.has(name)) {
      return;
    }
    double[] values;
    try {
      values = expected.doubles(name);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    for (int t = 0; t < golden.frames; t++) {
      double value = values[track * golden.frames + t];
      if (Double.isNaN(value)) {
        assertThat(d[t * LANES + lane]).isZero();
      } else {
        assertThat(d[t * LANES + lane]).isCloseTo(value, within(ADAM_METERS));
      }
    }
  }

  @Test
  void convergedEnergy_isNeverAboveAdams() throws IOException {
    GoldenTracks golden = new GoldenTracks();
    TrackBlock block = new TrackBlock(golden.frames);
    AdamSchedule adam = new AdamSchedule(AdamOptions.DEFAULTS, golden.frames);
    GaussNewton newton = new GaussNewton(GaussNewtonOptions.DEFAULTS, golden.frames);
    double[] d = new double[golden.frames * LANES];
    double[] energy = new double[LANES];
    for (int first = 0; first < golden.count; first += LANES) {
      golden.fill(block, first, TrackEnergyOptions.DEFAULTS);
      adam.run(block, d, (step, at) -> {});
      block.energy(d, energy);
      java.util.Arrays.fill(d, 0);
      newton.run(block, d, (b, at) -> false, (i, energies) -> {});
      for (int l = 0; l < LANES; l++) {
        assertThat(newton.energy(l)).isLessThanOrEqualTo(energy[l]);
        assertThat(newton.converged[l]).as("track %s", first + l).isTrue();
      }
    }
  }
}
