package org.stereo4d.stereocrafter.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

class DiffusionParityTest {
  /** Noise levels are single precision in the reference. */
  private static final double SIGMA = 1e-6;

  private static final double PREDICTION = 1e-6;
  private static final double LATENT = 1e-5;
  private static final float BLEND = 1e-6f;

  @Test
  void sampler_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/scheduler.npz"))) {
      for (String name : npz.names()) {
        if (name.startsWith("sigmas_")) {
          EulerSampler sampler = new EulerSampler(Integer.parseInt(name.substring(7)));
          double[] sigmas = npz.doubles(name);
          double[] times = npz.doubles("timesteps_" + sampler.steps());
          for (int i = 0; i < sigmas.length; i++) {
            assertThat(sampler.sigma(i)).isCloseTo(sigmas[i], within(SIGMA * sigmas[i]));
          }
          for (int i = 0; i < times.length; i++) {
            assertThat(sampler.timestep(i)).isCloseTo(times[i], within(SIGMA));
          }
        }
      }
      EulerSampler sampler = new EulerSampler((int) npz.integer("steps"));
      assertThat(sampler.initialSigma()).isCloseTo(npz.number("init_noise_sigma"), within(1e-9));
      double[] x = npz.doubles("noise");
      for (int i = 0; i < x.length; i++) {
        x[i] *= sampler.initialSigma();
      }
      double[] latents = npz.doubles("latents");
      double[] predictions = npz.doubles("guided_v");
      for (int step = 0; step < sampler.steps(); step++) {
        double[] input = sampler.networkInput(x, step);
        double[] with = fake(npz, input, sampler.timestep(step), true);
        double[] without = fake(npz, input, sampler.timestep(step), false);
        double[] v = EulerSampler.guided(without, with, npz.doubles("guidance"));
        for (int i = 0; i < v.length; i++) {
          assertThat(v[i]).isCloseTo(predictions[step * v.length + i], within(PREDICTION));
        }
        x = sampler.step(x, v, step);
        for (int i = 0; i < x.length; i++) {
          double expected = latents[(step + 1) * x.length + i];
          assertThat(x[i]).isCloseTo(expected, within(LATENT * Math.max(1, Math.abs(expected))));
        }
      }
    }
  }

  /** v = tanh(A [latents, conditions, mask] + b t), per pixel. */
  private static double[] fake(NpzFile npz, double[] input, double t, boolean conditioned)
      throws IOException {
    int[] shape = npz.shape("noise");
    int frames = shape[1];
    int area = shape[3] * shape[4];
    double[] a = npz.doubles("fake_A");
    double[] b = npz.doubles("fake_b");
    double[] conditions = npz.doubles("cond_latents");
    double[] mask = npz.doubles("mask_latents");
    double[] out = new double[input.length];
    for (int f = 0; f < frames; f++) {
      for (int p = 0; p < area; p++) {
        for (int c = 0; c < 4; c++) {
          double sum = b[c] * t;
          for (int k = 0; k < 4; k++) {
            int at = (f * 4 + k) * area + p;
            sum += a[9 * c + k] * input[at];
            sum += conditioned ? a[9 * c + 4 + k] * conditions[at] : 0;
          }
          sum += conditioned ? a[9 * c + 8] * mask[f * area + p] : 0;
          out[(f * 4 + c) * area + p] = Math.tanh(sum);
        }
      }
    }
    return out;
  }

  @Test
  void chunks_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/chunks.npz"))) {
      String[] columns = npz.strings("rows_columns");
      assertThat(columns).hasSize(8);
      int[] rows = npz.ints("rows");
      int[] totals = npz.ints("totals");
      int at = 0;
      for (int i = 0; i < totals.length; i += 5) {
        if (totals[i + 3] == 0) {
          continue; // the reference makes nothing of clips this short
        }
        ChunkPlan plan = new ChunkPlan(totals[i + 1], totals[i + 2]);
        List<ChunkPlan.Chunk> chunks = plan.chunks(totals[i]);
        assertThat(chunks).hasSize(totals[i + 3]);
        assertThat(chunks.stream().mapToInt(ChunkPlan.Chunk::added).sum()).isEqualTo(totals[i + 4]);
        for (ChunkPlan.Chunk chunk : chunks) {
          assertThat(Arrays.copyOfRange(rows, at + 4, at + 8))
              .as("row %s", at / 8)
              .containsExactly(
                  chunk.startInclusive(),
                  chunk.reused(),
                  chunk.endExclusive() - chunk.startInclusive(),
                  chunk.added());
          at += 8;
        }
      }
      assertThat(at).isEqualTo(rows.length);
    }
  }

  @Test
  void chunks_anyLength_coverEveryFrameOnce() {
    for (int length = 2; length < 9; length++) {
      for (int overlap = 1; overlap < length; overlap++) {
        for (int frames = 1; frames < 40; frames++) {
          int next = 0;
          for (ChunkPlan.Chunk chunk : new ChunkPlan(length, overlap).chunks(frames)) {
            assertThat(chunk.startInclusive() + chunk.reused()).isEqualTo(next);
            next = chunk.endExclusive();
          }
          assertThat(next).isEqualTo(frames);
        }
      }
    }
  }

  @Test
  void tiles_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/tiles.npz"))) {
      int[] cases = npz.ints("cases");
      int[] geometry = npz.ints("geometry");
      int at = 0;
      for (int k = 0; k < cases.length / 3; k++) {
        LatentTiles tiles =
            LatentTiles.ofReference(
                new ImageSize(cases[3 * k + 1], cases[3 * k]), cases[3 * k + 2]);
        List<float[]> latents = new ArrayList<>();
        for (LatentTiles.Place place : tiles.places()) {
          assertThat(Arrays.copyOfRange(geometry, at, at + 6))
              .containsExactly(
                  k,
                  latents.size(),
                  place.y(),
                  place.x(),
                  tiles.tile().height(),
                  tiles.tile().width());
          latents.add(npz.floats("c" + k + "_tile" + latents.size()));
          at += 6;
        }
        assertClose(tiles.join(latents), npz.floats("c" + k + "_result"));
      }
      for (int shared : new int[] {4, 16}) {
        String p = "bl" + shared + "_";
        int[] shape = npz.shape(p + "a");
        float[] a = npz.floats(p + "a");
        float[] across = npz.floats(p + "b").clone();
        LatentTiles.blendColumns(a, across, shape[3], shared);
        assertClose(across, npz.floats(p + "h"));
        float[] down = npz.floats(p + "b").clone();
        LatentTiles.blendRows(a, down, shape[3], shape[2], shared);
        assertClose(down, npz.floats(p + "v"));
      }
    }
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("value %s", i).isCloseTo(expected[i], within(BLEND));
    }
  }

  @Test
  void tiles_thatDoNotFit_areRefusedOrReported() {
    assertThatThrownBy(() -> LatentTiles.ofReference(new ImageSize(1920, 1024), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1920x1024");
    assertThat(LatentTiles.ofReference(new ImageSize(1920, 1024), 2).isFeasible()).isTrue();
  }

  @Test
  void masks_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/mask_pre.npz"))) {
      int[] shape = npz.shape("mean");
      ImageSize size = new ImageSize(shape[3], shape[2]);
      for (int t = 0; t < shape[0]; t++) {
        FloatImage mean =
            FloatImage.wrap(
                Arrays.copyOfRange(npz.floats("mean"), t * size.area(), (t + 1) * size.area()),
                size,
                1);
        Mask binary = MaskReduction.binary(mean);
        assertMask(binary, npz.bytes("binary"), t);
        assertMask(MaskReduction.TOP_LEFT.reduce(binary), npz.bytes("latent"), t);
        assertMask(MaskReduction.ANY.reduce(binary), npz.bytes("latent_maxpool"), t);
      }
    }
  }

  private static void assertMask(Mask mask, byte[] expected, int t) {
    int n = mask.array().length;
    for (int i = 0; i < n; i++) {
      assertThat(mask.array()[i]).isEqualTo(expected[t * n + i] != 0);
    }
  }
}
