package org.stereo4d.stereocrafter.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

class DiffusionNetworkParityTest {
  private static final float RESIZED = 1e-5f;
  private static final float NORMALIZED = 5e-5f;
  private static final float SIMULATED = 1e-6f;

  /** Share of simulated values that may fall on the other side of a rounding. */
  private static final double ROUNDINGS = 0.005;

  /** Latents of single precision between steps that start at noise of 700. */
  private static final double LATENT = 3e-4;

  @Test
  void clipPicture_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/clip_resize.npz"))) {
      int[] target = npz.ints("size");
      ImageSize size = new ImageSize(target[1], target[0]);
      FloatImage image = planar(npz, "im");
      FloatImage resized = ClipPicture.resized(image, size);
      assertClose(signed(resized), npz.floats("resized_pm1"), RESIZED);
      assertClose(
          ClipPicture.NORMALIZATION.apply(resized).planes(),
          npz.floats("clip_normalised"),
          NORMALIZED);
      double[] mean = npz.doubles("mean");
      double[] deviation = npz.doubles("std");
      for (int c = 0; c < 3; c++) {
        assertThat(ClipPicture.NORMALIZATION.mean().get(c)).isCloseTo(mean[c], within(1e-7));
        assertThat(ClipPicture.NORMALIZATION.deviation().get(c))
            .isCloseTo(deviation[c], within(1e-7));
      }
      FloatImage small = planar(npz, "upscale_in");
      int[] upscaled = npz.shape("upscale_out_pm1");
      assertClose(
          signed(ClipPicture.resized(small, new ImageSize(upscaled[3], upscaled[2]))),
          npz.floats("upscale_out_pm1"),
          RESIZED);
    }
  }

  private static FloatImage planar(NpzFile npz, String name) throws IOException {
    int[] shape = npz.shape(name);
    return FloatImage.ofPlanes(npz.floats(name), new ImageSize(shape[2], shape[1]), shape[0]);
  }

  private static float[] signed(FloatImage image) {
    float[] planes = image.planes();
    for (int i = 0; i < planes.length; i++) {
      planes[i] = 2 * planes[i] - 1;
    }
    return planes;
  }

  private static void assertClose(float[] actual, float[] expected, float tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("value %s", i).isCloseTo(expected[i], within(tolerance));
    }
  }

  @Test
  void chunks_simulatedFill_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/chunks.npz"))) {
      int frames = npz.shape("sim_warped")[0];
      float[] warped = npz.floats("sim_warped");
      float[] masks = npz.floats("sim_mask");
      int length = warped.length / frames;
      int area = masks.length / frames;
      ChunkRun<float[], float[]> run =
          new ChunkRun<>(ChunkPlan.DEFAULTS, DiffusionNetworkParityTest::simulated);
      List<float[]> out = new ArrayList<>();
      for (int t = 0; t < frames; t++) {
        out.addAll(
            run.accept(
                Arrays.copyOfRange(warped, t * length, (t + 1) * length),
                Arrays.copyOfRange(masks, t * area, (t + 1) * area)));
      }
      out.addAll(run.finish());
      assertThat(out).hasSize(frames);
      float[] expected = npz.floats("sim_out");
      int other = 0;
      for (int i = 0; i < expected.length; i++) {
        float difference = Math.abs(out.get(i / length)[i % length] - expected[i]);
        other += difference > SIMULATED ? 1 : 0;
        assertThat(difference).isLessThan(1.01f / 255);
      }
      assertThat(other).isLessThanOrEqualTo((int) (ROUNDINGS * expected.length));
    }
  }

  /** y = round8(clip(f (1 - m / 2) + mean_t(f) m / 2)). */
  private static List<float[]> simulated(List<float[]> frames, List<float[]> masks, int reused) {
    int length = frames.get(0).length;
    int area = masks.get(0).length;
    double[] mean = new double[length];
    for (float[] frame : frames) {
      for (int i = 0; i < length; i++) {
        mean[i] += frame[i] / (double) frames.size();
      }
    }
    List<float[]> out = new ArrayList<>();
    for (int t = 0; t < frames.size(); t++) {
      float[] made = new float[length];
      for (int i = 0; i < length; i++) {
        double half = 0.5 * masks.get(t)[i % area];
        double v = frames.get(t)[i] * (1 - half) + mean[i] * half;
        made[i] = (float) (Math.rint(255 * Math.max(0, Math.min(1, v))) / 255);
      }
      out.add(made);
    }
    return out;
  }

  @Test
  void denoiser_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/scheduler.npz"))) {
      int[] shape = npz.shape("noise");
      ImageSize size = new ImageSize(shape[4], shape[3]);
      EulerSampler sampler = new EulerSampler((int) npz.integer("steps"));
      LatentClip pictures = new LatentClip(shape[1], 4, size, npz.floats("cond_latents"));
      LatentClip mask = new LatentClip(shape[1], 1, size, npz.floats("mask_latents"));
      LatentClip noise = new LatentClip(shape[1], 4, size, npz.floats("noise"));
      FormulaNetworks networks = new FormulaNetworks(npz.doubles("fake_A"), npz.doubles("fake_b"));
      LatentClip got =
          new Denoiser(networks, sampler)
              .run(
                  noise.times(sampler.initialSigma()),
                  new Denoiser.Conditions(
                      pictures.beside(mask),
                      new float[DiffusionNetworks.EMBEDDING],
                      new double[] {6, 127, 0},
                      npz.doubles("guidance")));
      assertThat(networks.batches).containsOnly(2).hasSize(sampler.steps());
      double[] latents = npz.doubles("latents");
      int last = latents.length - got.values().length;
      for (int i = 0; i < got.values().length; i++) {
        double expected = latents[last + i];
        assertThat((double) got.values()[i])
            .isCloseTo(expected, within(LATENT * Math.max(1, Math.abs(expected))));
      }
    }
  }

  /** v = tanh(A [latents, conditions, mask] + b t), per cell. */
  private static final class FormulaNetworks implements DiffusionNetworks {
    final List<Integer> batches = new ArrayList<>();
    private final double[] a;
    private final double[] b;

    FormulaNetworks(double[] a, double[] b) {
      this.a = a;
      this.b = b;
    }

    @Override
    public List<LatentClip> predict(Request request) {
      batches.add(request.samples().size());
      List<LatentClip> out = new ArrayList<>();
      for (LatentClip sample : request.samples()) {
        LatentClip v = LatentClip.zeros(sample.frames(), PLANES, sample.size());
        int area = sample.size().area();
        for (int i = 0; i < v.values().length; i++) {
          int frame = i / (4 * area);
          int plane = i / area % 4;
          double sum = b[plane] * request.quarterLogNoise();
          for (int k = 0; k < 9; k++) {
            sum += a[9 * plane + k] * sample.values()[(9 * frame + k) * area + i % area];
          }
          v.values()[i] = (float) Math.tanh(sum);
        }
        out.add(v);
      }
      return out;
    }

    @Override
    public Task task() {
      return Task.STEREO;
    }

    @Override
    public double scalingFactor() {
      return 1;
    }

    @Override
    public float[] embed(FloatImage picture) {
      return new float[EMBEDDING];
    }

    @Override
    public LatentClip encode(List<FloatImage> pictures) {
      return LatentClip.ofImages(pictures);
    }

    @Override
    public List<FloatImage> decode(LatentClip latents) {
      return List.of(latents.image(0));
    }

    @Override
    public void close() {}
  }

  @Test
  void tiles_anyPicture_coverItAndKeepAConstant() {
    for (ImageSize size :
        List.of(new ImageSize(1920, 1024), new ImageSize(1024, 1024), new ImageSize(640, 512))) {
      for (int count = 1; count <= 3; count++) {
        LatentTiles tiles = LatentTiles.feasible(size, count);
        assertThat(tiles.isFeasible()).isTrue();
        List<float[]> latents = new ArrayList<>();
        for (int n = 0; n < count * count; n++) {
          float[] constant = new float[tiles.tile().area() / 64];
          Arrays.fill(constant, 0.7f);
          latents.add(constant);
        }
        for (float v : tiles.join(latents)) {
          assertThat(v).isCloseTo(0.7f, within(1e-6f));
        }
      }
    }
    assertThat(LatentTiles.feasible(new ImageSize(1920, 1024), 2))
        .isEqualTo(LatentTiles.ofReference(new ImageSize(1920, 1024), 2));
  }
}
