package org.stereo4d.stereocrafter.diffusion;

import java.util.Arrays;
import java.util.List;
import org.stereo4d.backend.BackendException;
import org.stereo4d.run.Check;

/** The sampling loop: from noise to the latents of a clip, steered by conditions and guidance. */
final class Denoiser {
  private final DiffusionNetworks networks;
  private final EulerSampler sampler;

  Denoiser(DiffusionNetworks networks, EulerSampler sampler) {
    this.networks = networks;
    this.sampler = sampler;
  }

  /**
   * What steers a clip.
   *
   * @param planes latents of the pictures, and the mask for holes
   * @param embeddings one row per frame, or one for the clip
   * @param numbers frame rate, motion, noise
   * @param guidance of each frame; with none above 1 the unconditioned prediction is not made
   */
  record Conditions(LatentClip planes, float[] embeddings, double[] numbers, double[] guidance) {}

  /**
   * Samples a clip.
   *
   * @param start noise times {@link EulerSampler#initialSigma}
   */
  LatentClip run(LatentClip start, Conditions conditions) {
    int planes = start.channels() + conditions.planes.channels();
    Check.that(
        planes == networks.task().inputPlanes(),
        "the network for %s takes %s planes, was given %s",
        networks.task(),
        networks.task().inputPlanes(),
        planes);
    double[] x = new double[start.values().length];
    for (int i = 0; i < x.length; i++) {
      x[i] = start.values()[i];
    }
    for (int step = 0; step < sampler.steps(); step++) {
      LatentClip input = clip(start, sampler.networkInput(x, step));
      x = sampler.step(x, prediction(input, conditions, step), step);
    }
    return clip(start, x);
  }

  private double[] prediction(LatentClip input, Conditions conditions, int step) {
    LatentClip with = input.beside(conditions.planes);
    double t = sampler.timestep(step);
    if (!EulerSampler.isGuided(conditions.guidance)) {
      return doubles(
          predict(List.of(with), t, List.of(conditions.embeddings), conditions, step).get(0));
    }
    LatentClip nothing =
        LatentClip.zeros(input.frames(), conditions.planes.channels(), input.size());
    LatentClip without = input.beside(nothing);
    float[] blank = new float[conditions.embeddings.length];
    LatentClip free;
    LatentClip steered;
    if (networks.task() == DiffusionNetworks.Task.STEREO) {
      List<LatentClip> both =
          predict(
              List.of(without, with), t, List.of(blank, conditions.embeddings), conditions, step);
      free = both.get(0);
      steered = both.get(1);
    } else {
      free = predict(List.of(without), t, List.of(blank), conditions, step).get(0);
      steered = predict(List.of(with), t, List.of(conditions.embeddings), conditions, step).get(0);
    }
    return EulerSampler.guided(doubles(free), doubles(steered), conditions.guidance);
  }

  private List<LatentClip> predict(
      List<LatentClip> samples,
      double timestep,
      List<float[]> embeddings,
      Conditions conditions,
      int step) {
    List<LatentClip> out =
        networks.predict(
            new DiffusionNetworks.Request(samples, timestep, embeddings, conditions.numbers));
    if (!out.stream().allMatch(LatentClip::isFinite)) {
      throw new BackendException(
          "the denoising network gave values that are no numbers at step "
              + step
              + " of "
              + sampler.steps()
              + "; half precision may be too small for it");
    }
    return out;
  }

  private static LatentClip clip(LatentClip shape, double[] values) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values[i];
    }
    return new LatentClip(shape.frames(), shape.channels(), shape.size(), out);
  }

  private static double[] doubles(LatentClip clip) {
    float[] values = clip.values();
    double[] out = new double[values.length];
    Arrays.setAll(out, i -> values[i]);
    return out;
  }
}
