package org.stereo4d.videoloop.mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.FloatImage;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.videoloop.GoldenScene;

class LayerRendererParityTest {
  /** Golden images are float32 of a double computation; ours is float throughout. */
  private static final double IMAGE = 1e-5;

  private static final double GRADIENT = 1e-5;
  private static final double GRADIENT_RELATIVE = 1e-4;
  private static final double SCALAR_RELATIVE = 1e-5;

  private final LayerRenderer renderer = new LayerRenderer();

  @Test
  void render_goldenViews_givesTheirImages() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/mpi_render.npz"))) {
      LayerModel model = model(npz);
      for (int v = 0; npz.has("v" + v + "_rgb"); v++) {
        String view = "v" + v + "_";
        LayerView layers = view(npz, model, v);
        Rendering out = renderer.render(model, layers);
        close(out.image(0).array(), npz.floats(view + "rgb"), view + "rgb");
        close(out.alpha(), npz.floats(view + "alpha"), view + "alpha");
        close(out.label(), npz.floats(view + "label"), view + "label");
        FloatImage disparity = out.disparity(0, npz.number("near"), npz.number("far"), false);
        close(disparity.array(), npz.floats(view + "disp"), view + "disp");
        assertThat(out.slots()).isEqualTo((int) npz.integer(view + "num_layers"));
        if (npz.has(view + "layers_rgba")) {
          close(colors(renderer.slots(model, layers)), npz.floats(view + "layers_rgba"), "layers");
        }
      }
    }
  }

  @Test
  void backward_goldenCotangent_givesItsGradient() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/mpi_render.npz"))) {
      LayerModel model = model(npz);
      float[] cotangent = npz.floats("cotangent");
      for (int v = 0; npz.has("v" + v + "_grad_atlas"); v++) {
        LayerView layers = view(npz, model, v);
        PixelGradient pixels = PixelGradient.zeros(renderer.render(model, layers));
        int width = layers.size().width();
        int area = layers.size().area();
        for (int i = 0; i < area; i++) {
          for (int c = 0; c < 3; c++) {
            pixels.color()[(i / width * 3 + c) * width + i % width] =
                cotangent[(v * 4 + c) * area + i];
          }
          pixels.label()[i] = cotangent[(v * 4 + 3) * area + i];
        }
        LayerModel gradient = model.zeros();
        renderer.backward(model, layers, pixels, SlotPenalties.NONE, gradient);
        assertGradient(
            gradient, npz.floats("v" + v + "_grad_atlas"), npz.floats("v" + v + "_grad_mask"));
      }
    }
  }

  @Test
  void backward_eachPenalty_givesItsValueAndGradient() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/mpi_render.npz"))) {
      penalty(npz, "reg_sparsity", new SlotPenalties(1, 0, 0, 0, 1e-6));
      penalty(npz, "reg_rgb_smooth", new SlotPenalties(0, 1, 0, 0, 1e-6));
      penalty(npz, "reg_a_smooth", new SlotPenalties(0, 0, 1, 0, 1e-6));
      penalty(npz, "reg_l_smooth", new SlotPenalties(0, 0, 0, 1, 1e-6));
    }
  }

  private void penalty(NpzFile npz, String name, SlotPenalties weights) throws Exception {
    LayerModel model = model(npz);
    LayerView layers = view(npz, model, 0);
    PixelGradient none = PixelGradient.zeros(renderer.render(model, layers));
    LayerModel gradient = model.zeros();
    double value = renderer.backward(model, layers, none, weights, gradient).weighted(weights);
    double expected = npz.number(name);
    assertThat(value).isCloseTo(expected, within(SCALAR_RELATIVE * expected));
    float[] mask =
        npz.has(name + "_grad_mask")
            ? npz.floats(name + "_grad_mask")
            : new float[model.still().width() * model.still().height()];
    assertGradient(gradient, npz.floats(name + "_grad_atlas"), mask);
  }

  private static void assertGradient(LayerModel gradient, float[] atlas, float[] mask) {
    float[] planes = gradient.still().toPlanes();
    GoldenScene.assertClose(
        Arrays.copyOf(planes, atlas.length), atlas, GRADIENT, GRADIENT_RELATIVE, "atlas");
    GoldenScene.assertClose(
        Arrays.copyOfRange(planes, atlas.length, planes.length),
        mask,
        GRADIENT,
        GRADIENT_RELATIVE,
        "mask");
  }

  private static LayerModel model(NpzFile npz) throws Exception {
    return LayerModel.dense(
        GoldenScene.geometry(npz), GoldenScene.atlasWithLabel(npz, "atlas", "atlas_mask"));
  }

  private static LayerView view(NpzFile npz, LayerModel model, int v) throws Exception {
    return new LayerView(
        model.map(), GoldenScene.targetCamera(npz, v), GoldenScene.targetFromWorld(npz, v));
  }

  /** Slots without their label. */
  private static float[] colors(float[] slots) {
    float[] out = new float[slots.length / 5 * 4];
    for (int i = 0; i < out.length; i++) {
      out[i] = slots[i / 4 * 5 + i % 4];
    }
    return out;
  }

  private static void close(float[] actual, float[] expected, String what) {
    GoldenScene.assertClose(actual, expected, IMAGE, 0, what);
  }
}
