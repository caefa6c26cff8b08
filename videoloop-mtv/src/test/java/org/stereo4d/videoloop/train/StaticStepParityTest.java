package org.stereo4d.videoloop.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.videoloop.GoldenScene;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.LayerTrace;
import org.stereo4d.videoloop.mpi.LayerView;

class StaticStepParityTest {
  /** Golden values are double; ours float throughout, summed in double. */
  private static final double LOSS_RELATIVE = 1e-5;

  /** After updates by normalised gradients differences have grown. */
  private static final double LATER_RELATIVE = 1e-3;

  private static final double GRADIENT = 1e-7;
  private static final double GRADIENT_RELATIVE = 1e-4;

  /** Adam turns any gradient into a step of the rate, however small: see the golden README. */
  private static final double PARAMETER = 2e-3;

  private static final double TINY_GRADIENT = 1e-7;

  @Test
  void run_fourGoldenSteps_followsTheReference() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/stage1_step.npz"))) {
      LayerModel model =
          LayerModel.dense(
              GoldenScene.geometry(npz), GoldenScene.atlasWithLabel(npz, "atlas", "atlas_mask"));
      double[] weights = npz.doubles("weights");
      LossWeights losses =
          LossWeights.STAGE_1.withSparsity(weights[0]).withSmooth(weights[1], weights[2]);
      StaticStep step = new StaticStep(losses, weights[3], true);
      LayerModel gradient = model.zeros();
      TextureOptimizer adam =
          new TextureOptimizer(UpdateRule.ADAM, 1e-8, model.still().values().length);
      boolean[] moved = new boolean[model.still().values().length];
      for (int s = 0; npz.has("s" + s + "_loss"); s++) {
        int view = s % 2;
        LayerView layers =
            new LayerView(
                model.map(),
                GoldenScene.targetCamera(npz, view),
                GoldenScene.targetFromWorld(npz, view));
        StaticStep.Losses found =
            step.run(
                model,
                layers,
                target(npz, view),
                Optional.of(mask(npz, view)),
                gradient,
                new LayerTrace());
        check(npz, "s" + s + "_", found, s == 0 ? LOSS_RELATIVE : LATER_RELATIVE);
        float[] values = gradient.still().values();
        for (int i = 0; i < values.length; i++) {
          moved[i] |= Math.abs(values[i]) > TINY_GRADIENT;
        }
        if (s == 0) {
          checkGradient(npz, gradient);
        }
        double rate = npz.number("lrate") * Math.pow(0.1, s / 100_000.0);
        adam.step(model.still().values(), values, rate);
      }
      checkParameters(npz, model, moved);
    }
  }

  private static void check(NpzFile npz, String name, StaticStep.Losses found, double relative)
      throws Exception {
    near(found.total(), npz.number(name + "loss"), relative, name + "loss");
    near(found.color(), npz.number(name + "img_loss"), relative, name + "img_loss");
    near(found.label(), npz.number(name + "loop_loss"), relative, name + "loop_loss");
    near(found.scale(), npz.number(name + "scale"), relative, name + "scale");
    near(found.psnrDecibels(), npz.number(name + "psnr"), relative, name + "psnr");
    near(found.density(), npz.number(name + "density"), relative, name + "density");
    near(found.slots().sparsity(), npz.number(name + "sparsity"), relative, name + "sparsity");
    near(found.slots().colorSmooth(), npz.number(name + "rgb_smooth"), relative, name + "rgb");
    near(found.slots().alphaSmooth(), npz.number(name + "a_smooth"), relative, name + "a");
  }

  private static void near(double actual, double expected, double relative, String what) {
    assertThat(actual).as(what).isCloseTo(expected, within(relative * Math.abs(expected)));
  }

  private static void checkGradient(NpzFile npz, LayerModel gradient) throws Exception {
    float[] planes = gradient.still().toPlanes();
    float[] atlas = npz.floats("s0_grad_atlas");
    GoldenScene.assertClose(
        Arrays.copyOf(planes, atlas.length), atlas, GRADIENT, GRADIENT_RELATIVE, "grad_atlas");
    GoldenScene.assertClose(
        Arrays.copyOfRange(planes, atlas.length, planes.length),
        npz.floats("s0_grad_mask"),
        GRADIENT,
        GRADIENT_RELATIVE,
        "grad_mask");
  }

  private static void checkParameters(NpzFile npz, LayerModel model, boolean[] moved)
      throws Exception {
    float[] after = GoldenScene.atlasWithLabel(npz, "atlas_after4", "mask_after4").values();
    float[] before = GoldenScene.atlasWithLabel(npz, "atlas", "atlas_mask").values();
    float[] ours = model.still().values();
    int compared = 0;
    for (int i = 0; i < after.length; i++) {
      if (moved[i]) {
        compared++;
        assertThat((double) ours[i]).as("texel %s", i).isCloseTo(after[i], within(PARAMETER));
      } else if (after[i] == before[i]) {
        assertThat(ours[i]).isEqualTo(before[i]);
      }
    }
    assertThat(compared).isGreaterThan(after.length / 2);
  }

  private static float[] target(NpzFile npz, int view) throws Exception {
    ImageSize size = GoldenScene.size(npz);
    int count = 3 * size.area();
    float[] planes = Arrays.copyOfRange(npz.floats("target_rgb"), view * count, (view + 1) * count);
    return PixelLosses.byRow(FloatImage.ofPlanes(planes, size, 3));
  }

  private static Mask mask(NpzFile npz, int view) throws Exception {
    ImageSize size = GoldenScene.size(npz);
    float[] all = npz.floats("target_loopmask");
    boolean[] out = new boolean[size.area()];
    for (int i = 0; i < out.length; i++) {
      out[i] = all[view * out.length + i] > 0.5f;
    }
    return Mask.wrap(out, size);
  }
}
