package org.stereo4d.videoloop.tile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.videoloop.GoldenScene;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.LayerRenderer;
import org.stereo4d.videoloop.mpi.LayerView;
import org.stereo4d.videoloop.mpi.PixelGradient;
import org.stereo4d.videoloop.mpi.Rendering;
import org.stereo4d.videoloop.mpi.SlotPenalties;
import org.stereo4d.videoloop.mpi.TextureStack;

class MultiTileVideoParityTest {
  private static final double IMAGE = 1e-5; // golden values are float32
  private static final double TEXEL = 1e-5;
  private static final double GRADIENT = 1e-5;
  private static final double GRADIENT_RELATIVE = 1e-4;

  @Test
  void render_goldenViews_givesFramesAndGradients() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/mtv_render.npz"))) {
      MultiTileVideo video = GoldenVideo.read(npz);
      LayerRenderer renderer = new LayerRenderer();
      ImageSize size = GoldenScene.size(npz);
      float[] cotangent = byRow(npz.floats("cotangent"), video.frames(), size);
      for (int v = 0; npz.has("v" + v + "_rgb"); v++) {
        LayerView view =
            new LayerView(
                video.map(), GoldenScene.targetCamera(npz, v), GoldenScene.targetFromWorld(npz, v));
        Rendering out = renderer.render(video.layers(), view);
        GoldenScene.assertClose(
            out.color(),
            byRow(npz.floats("v" + v + "_rgb"), video.frames(), size),
            IMAGE,
            0,
            "rgb");
        PixelGradient pixels = PixelGradient.zeros(out);
        System.arraycopy(cotangent, 0, pixels.color(), 0, cotangent.length);
        LayerModel gradient = video.layers().zeros();
        renderer.backward(video.layers(), view, pixels, SlotPenalties.NONE, gradient);
        MultiTileVideo slope = video.with(gradient);
        checkPacked(npz, slope, "v" + v + "_grad_atlas", GRADIENT, GRADIENT_RELATIVE);
      }
    }
  }

  @Test
  void atDetail_goldenFactors_resizesEveryTile() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/mtv_render.npz"))) {
      MultiTileVideo video = GoldenVideo.read(npz);
      double[] factors = npz.doubles("lod_factors");
      for (int i = 0; i < factors.length; i++) {
        video = video.atDetail(factors[i]);
        checkPacked(npz, video, "lod" + i + "_atlas", TEXEL, 0);
      }
      assertThat(video.atDetail(1)).isSameAs(video);
    }
  }

  /** Compares without spare cells, which hold no tile. */
  private static void checkPacked(
      NpzFile npz, MultiTileVideo video, String name, double absolute, double relative)
      throws Exception {
    int height = video.map().tileHeight();
    int width = video.map().tileWidth();
    TextureStack still = GoldenVideo.tiles(npz, name, video.stillTiles(), height, width);
    TextureStack moving = GoldenVideo.tiles(npz, name + "_dyn", video.movingTiles(), height, width);
    GoldenScene.assertClose(
        video.layers().still().values(), still.values(), absolute, relative, name);
    GoldenScene.assertClose(
        video.layers().moving().values(), moving.values(), absolute, relative, name + "_dyn");
  }

  /** From (frames, 3, height, width) to (height, 3, width, frames). */
  private static float[] byRow(float[] planes, int frames, ImageSize size) {
    float[] out = new float[planes.length];
    for (int i = 0; i < planes.length; i++) {
      int x = i % size.width();
      int y = i / size.width() % size.height();
      int c = i / size.area() % 3;
      int t = i / size.area() / 3;
      out[((y * 3 + c) * size.width() + x) * frames + t] = planes[i];
    }
    return out;
  }
}
