package org.stereo4d.videoloop.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.videoloop.GoldenScene;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.LayerRenderer;
import org.stereo4d.videoloop.mpi.LayerView;
import org.stereo4d.videoloop.mpi.PixelGradient;
import org.stereo4d.videoloop.mpi.Rendering;
import org.stereo4d.videoloop.mpi.SlotPenalties;

class PixelLossesParityTest {
  private static final double SCALAR_RELATIVE = 1e-5;
  private static final double GRADIENT = 1e-5;
  private static final double GRADIENT_RELATIVE = 1e-4;

  @Test
  void densityAndDepth_goldenView_giveValueAndGradient() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/mpi_render.npz"))) {
      double near = npz.number("near");
      double far = npz.number("far");
      double range = 1 / near - 1 / far;
      check(npz, "reg_density", (out, pixels) -> PixelLosses.density(out, 1, pixels));
      check(
          npz,
          "reg_d_smooth",
          (out, pixels) -> {
            try {
              return PixelLosses.depthSmooth(
                  out, 1, npz.integer("edge_scale"), 1 / range, 1 / (range * far), pixels);
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
    }
  }

  private interface Loss {
    double of(Rendering out, PixelGradient pixels);
  }

  private static void check(NpzFile npz, String name, Loss loss) throws Exception {
    LayerModel model =
        LayerModel.dense(
            GoldenScene.geometry(npz), GoldenScene.atlasWithLabel(npz, "atlas", "atlas_mask"));
    LayerView view =
        new LayerView(
            model.map(), GoldenScene.targetCamera(npz, 0), GoldenScene.targetFromWorld(npz, 0));
    LayerRenderer renderer = new LayerRenderer();
    Rendering out = renderer.render(model, view);
    PixelGradient pixels = PixelGradient.zeros(out);
    double expected = npz.number(name);
    assertThat(loss.of(out, pixels)).isCloseTo(expected, within(SCALAR_RELATIVE * expected));
    LayerModel gradient = model.zeros();
    renderer.backward(model, view, pixels, SlotPenalties.NONE, gradient);
    float[] wanted = npz.floats(name + "_grad_atlas");
    GoldenScene.assertClose(
        Arrays.copyOf(gradient.still().toPlanes(), wanted.length),
        wanted,
        GRADIENT,
        GRADIENT_RELATIVE,
        name);
  }
}
