package org.stereo4d.videoloop.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.videoloop.GoldenScene;
import org.stereo4d.videoloop.loss.ColorClip;
import org.stereo4d.videoloop.loss.DirectMatcher;
import org.stereo4d.videoloop.loss.LoopLossOptions;
import org.stereo4d.videoloop.loss.LoopingLoss;
import org.stereo4d.videoloop.loss.MatchOptions;
import org.stereo4d.videoloop.loss.PatchGrid;
import org.stereo4d.videoloop.loss.RobustPenalty;
import org.stereo4d.videoloop.loss.TieRule;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.LayerRenderer;
import org.stereo4d.videoloop.mpi.LayerView;
import org.stereo4d.videoloop.mpi.TextureStack;
import org.stereo4d.videoloop.tile.GoldenVideo;
import org.stereo4d.videoloop.tile.MultiTileVideo;

class LoopStepParityTest {
  private static final double LOSS_RELATIVE = 1e-5;
  private static final double TARGET = 1e-5;
  private static final double GRADIENT = 1e-6;
  private static final double GRADIENT_RELATIVE = 1e-3;

  /**
   * Share of texels whose smoothness has a kink: equal neighbours, as in texels never trained, have
   * slope 0, where rounding makes the reference choose a sign.
   */
  private static final double MOST_AT_KINKS = 0.02;

  private static final LossWeights NONE = new LossWeights(0, 0, 0, 0, 0, 0, 0, 0, 1e-4);

  @Test
  void run_goldenWindow_givesLossesTargetAndGradients() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/stage2_step.npz"))) {
      for (String kind : new String[] {"other", "ref"}) {
        checkLooping(npz, kind + "_");
        checkValues(npz, kind + "_");
      }
      checkTerm(npz, "sparsity", NONE.withSparsity(1));
      checkTerm(npz, "rgb_smooth", NONE.withSmooth(1, 0));
      checkTerm(npz, "a_smooth", NONE.withSmooth(0, 1));
      checkTerm(npz, "density", NONE.withDensity(1, 0));
      checkTerm(npz, "d_smooth", NONE.withDepthAndLabelSmooth(1, 0));
    }
  }

  private static void checkLooping(NpzFile npz, String name) throws Exception {
    MultiTileVideo video = GoldenVideo.read(npz);
    LayerModel gradient = video.layers().zeros();
    LoopingLoss.Target found =
        run(npz, name, NONE, video.layers().zeros(), Optional.empty()).target();
    ColorClip golden = goldenTarget(npz, name, found.clip());
    boolean[] undecided = undecided(npz, name, video, found);
    int area = golden.size().area();
    int compared = 0;
    for (int i = 0; i < golden.values().length; i++) {
      if (!undecided[i % area]) {
        compared++;
        assertThat((double) found.clip().values()[i]).isCloseTo(golden.values()[i], within(TARGET));
      }
    }
    assertThat(compared).isGreaterThan(golden.values().length / 2);
    LoopingLoss.Target target = new LoopingLoss.Target(found.grid(), golden);
    LoopStep.Losses losses = run(npz, name, NONE, gradient, Optional.of(target));
    near(losses.looping(), npz.number(name + "loss_swd"), name + "loss_swd");
    checkGradient(npz, video.with(gradient), name + "swd_grad_atlas");
  }

  private static ColorClip goldenTarget(NpzFile npz, String name, ColorClip like) throws Exception {
    int frames = like.frames();
    int area = like.size().area();
    assertThat(npz.shape(name + "y2x"))
        .containsExactly(3, frames, like.size().height(), like.size().width());
    float[] planes = npz.floats(name + "y2x");
    ColorClip out = ColorClip.create(frames, like.size());
    for (int i = 0; i < planes.length; i++) {
      int c = i / (frames * area);
      int t = i / area % frames;
      out.values()[(t * 3 + c) * area + i % area] = planes[i];
    }
    return out;
  }

  /**
   * Pixels of patches that never change in the loop: there all queries tie for every key, and with
   * rho = 0 the reference's choice is decided by its rounding.
   */
  private static boolean[] undecided(
      NpzFile npz, String name, MultiTileVideo video, LoopingLoss.Target target) throws Exception {
    PatchGrid grid = target.grid();
    ColorClip loop = rendered(npz, video);
    boolean[] out = new boolean[target.clip().size().area()];
    int p = grid.options().patchPx();
    for (int place = 0; place < grid.rows() * grid.columns(); place++) {
      int top = place / grid.columns() * grid.options().stridePx();
      int left = place % grid.columns() * grid.options().stridePx();
      if (grid.options().normalizes() && isStill(loop, left, top, p)) {
        for (int i = 0; i < p * p; i++) {
          out[(top + i / p) * grid.width() + left + i % p] = true;
        }
      }
    }
    return out;
  }

  private static boolean isStill(ColorClip loop, int left, int top, int side) {
    for (int t = 1; t < loop.frames(); t++) {
      for (int i = 0; i < 3 * side * side; i++) {
        int at = left + i % side;
        int y = top + i / side % side;
        int c = i / (side * side);
        if (loop.values()[loop.index(t, c, y) + at] != loop.values()[loop.index(0, c, y) + at]) {
          return false;
        }
      }
    }
    return true;
  }

  private static void checkValues(NpzFile npz, String name) throws Exception {
    LossWeights all = new LossWeights(1, 1, 1, 1, 0, 1, 0, 0, 1e-4);
    LayerModel gradient = GoldenVideo.read(npz).layers().zeros();
    LoopStep.Losses found = run(npz, name, all, gradient, Optional.empty());
    double gain = npz.number(name + "loss_gain");
    near(gain * found.slots().sparsity(), npz.number(name + "loss_sparsity"), "sparsity");
    near(gain * found.slots().colorSmooth(), npz.number(name + "loss_rgb_smooth"), "rgb_smooth");
    near(gain * found.slots().alphaSmooth(), npz.number(name + "loss_a_smooth"), "a_smooth");
    near(found.density(), npz.number(name + "loss_density"), "density");
    near(found.depthSmooth(), npz.number(name + "loss_d_smooth"), "d_smooth");
  }

  /** The gradient of a term is that of the step less that of the looping loss alone. */
  private static void checkTerm(NpzFile npz, String term, LossWeights weights) throws Exception {
    MultiTileVideo video = GoldenVideo.read(npz);
    LayerModel with = video.layers().zeros();
    LayerModel without = video.layers().zeros();
    run(npz, "other_", weights, with, Optional.empty());
    run(npz, "other_", NONE, without, Optional.empty());
    subtract(with.still(), without.still());
    subtract(with.moving(), without.moving());
    assertThat(mismatches(npz, video.with(with), term + "_grad_atlas"))
        .as(term)
        .isLessThanOrEqualTo(MOST_AT_KINKS);
  }

  private static void subtract(TextureStack from, TextureStack what) {
    for (int i = 0; i < from.values().length; i++) {
      from.values()[i] -= what.values()[i];
    }
  }

  /** Share of gradients that differ. */
  private static double mismatches(NpzFile npz, MultiTileVideo gradient, String name)
      throws Exception {
    int height = gradient.map().tileHeight();
    int width = gradient.map().tileWidth();
    int differing = 0;
    int all = 0;
    for (boolean moving : new boolean[] {false, true}) {
      int tiles = moving ? gradient.movingTiles() : gradient.stillTiles();
      String field = moving ? name + "_dyn" : name;
      float[] expected = GoldenVideo.tiles(npz, field, tiles, height, width).values();
      LayerModel layers = gradient.layers();
      float[] actual = (moving ? layers.moving() : layers.still()).values();
      all += expected.length;
      for (int i = 0; i < expected.length; i++) {
        double allowed = Math.max(GRADIENT, GRADIENT_RELATIVE * Math.abs(expected[i]));
        differing += Math.abs(actual[i] - expected[i]) <= allowed ? 0 : 1;
      }
    }
    return (double) differing / all;
  }

  private static void checkGradient(NpzFile npz, MultiTileVideo gradient, String name)
      throws Exception {
    int height = gradient.map().tileHeight();
    int width = gradient.map().tileWidth();
    TextureStack still = GoldenVideo.tiles(npz, name, gradient.stillTiles(), height, width);
    TextureStack moving =
        GoldenVideo.tiles(npz, name + "_dyn", gradient.movingTiles(), height, width);
    GoldenScene.assertClose(
        gradient.layers().still().values(), still.values(), GRADIENT, GRADIENT_RELATIVE, name);
    GoldenScene.assertClose(
        gradient.layers().moving().values(), moving.values(), GRADIENT, GRADIENT_RELATIVE, name);
  }

  private static ColorClip rendered(NpzFile npz, MultiTileVideo video) throws Exception {
    return LoopStep.clip(new LayerRenderer().render(video.layers(), view(npz, video)), 1);
  }

  private static LayerView view(NpzFile npz, MultiTileVideo video) throws Exception {
    return new LayerView(
        video.map(), GoldenScene.targetCamera(npz, 0), GoldenScene.targetFromWorld(npz, 0));
  }

  private static LoopStep.Losses run(
      NpzFile npz,
      String name,
      LossWeights weights,
      LayerModel gradient,
      Optional<LoopingLoss.Target> known)
      throws Exception {
    MultiTileVideo video = GoldenVideo.read(npz);
    LoopingLoss loss = new LoopingLoss(options(npz, name), new DirectMatcher());
    return new LoopStep(loss, weights, true)
        .run(video.layers(), view(npz, video), clip(npz), known, gradient);
  }

  private static LoopLossOptions options(NpzFile npz, String name) throws Exception {
    double rho = npz.number(name + "alpha");
    MatchOptions match =
        new MatchOptions(
            (int) npz.integer(name + "patch_size"),
            (int) npz.integer(name + "stride"),
            (int) npz.integer(name + "patcht_size"),
            (int) npz.integer(name + "stridet"),
            rho > 100 ? Double.POSITIVE_INFINITY : rho,
            TieRule.FIRST_INDEX);
    RobustPenalty penalty =
        RobustPenalty.general(npz.number(name + "rou"), npz.number(name + "scaling"));
    return new LoopLossOptions(match, penalty, npz.number(name + "loss_gain"), true);
  }

  private static ColorClip clip(NpzFile npz) throws Exception {
    int[] shape = npz.shape("target_video");
    ImageSize size = new ImageSize(shape[4], shape[3]);
    float[] values = npz.floats("target_video");
    return new ColorClip(shape[1], size, Arrays.copyOf(values, values.length));
  }

  private static void near(double actual, double expected, String what) {
    assertThat(actual).as(what).isCloseTo(expected, within(LOSS_RELATIVE * Math.abs(expected)));
  }
}
