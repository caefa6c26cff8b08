package org.stereo4d.videoloop.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.videoloop.GoldenScene;

class LoopingLossParityTest {
  /** In double the order of the golden scores is certain above this relative gap. */
  private static final double DOUBLE_MARGIN = 1e-6;

  /** Box sums in float differ by a few units of the last place of a sum of hundreds of terms. */
  private static final double FLOAT_MARGIN = 1e-5;

  private static final double DISTANCE_RELATIVE = 1e-6;
  private static final double TARGET = 1e-6;
  private static final double LOSS_RELATIVE = 1e-6;
  private static final double GRADIENT_RELATIVE = 1e-4;
  private static final double GRADIENT = 1e-9;

  @Test
  void match_goldenCases_choosesThosePatches() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/looping_loss.npz"))) {
      for (int c = 0; npz.has("c" + c + "_nn"); c++) {
        for (TieRule ties : TieRule.values()) {
          checkChoices(npz, "c" + c + "_", ties);
        }
      }
    }
  }

  private static void checkChoices(NpzFile npz, String name, TieRule ties) throws Exception {
    LoopLossOptions options = options(npz, name, ties);
    LoopingLoss loss = new LoopingLoss(options);
    ColorClip loop = loss.padded(clip(npz, "x"));
    ColorClip video = clip(npz, "y");
    PatchGrid grid = PatchGrid.of(options.match(), loop, video);
    assertThat(npz.ints(name + "fit_thw"))
        .containsExactly(grid.queryFrames(), grid.height(), grid.width());
    assertThat(npz.integer(name + "padded_len")).isEqualTo(loop.frames());
    boolean first = ties == TieRule.FIRST_INDEX;
    int[] expected = npz.ints(name + (first ? "nn" : "nn_smallest_distance"));
    float[] margin = npz.floats(name + "margin");
    for (PatchMatcher matcher : List.of(new DirectMatcher(), new BoxSumMatcher())) {
      double certain = matcher instanceof DirectMatcher ? DOUBLE_MARGIN : FLOAT_MARGIN;
      int[] chosen = matcher.match(loop, video, grid);
      for (int i = 0; i < expected.length; i++) {
        if (margin[i] > certain) {
          assertThat(chosen[i]).as("%s %s choice %s", name, matcher, i).isEqualTo(expected[i]);
        }
      }
    }
  }

  @Test
  void distances_goldenPlaces_agree() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/looping_loss.npz"))) {
      for (int c = 0; npz.has("c" + c + "_nn"); c++) {
        String name = "c" + c + "_";
        LoopLossOptions options = options(npz, name, TieRule.FIRST_INDEX);
        ColorClip loop = new LoopingLoss(options).padded(clip(npz, "x"));
        ColorClip video = clip(npz, "y");
        PatchGrid grid = PatchGrid.of(options.match(), loop, video);
        int[] places = npz.ints(name + "table_locations");
        double[] expected = npz.doubles(name + "distance_tables");
        int size = grid.queries() * grid.keys();
        for (int n = 0; n < places.length / 2; n++) {
          double[] table =
              DirectMatcher.distances(loop, video, grid, places[2 * n], places[2 * n + 1]);
          for (int i = 0; i < size; i++) {
            double d = expected[n * size + i];
            assertThat(table[i]).isCloseTo(d, within(DISTANCE_RELATIVE * d));
          }
        }
      }
    }
  }

  @Test
  void evaluate_goldenCases_givesTargetLossAndGradient() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/looping_loss.npz"))) {
      for (int c = 0; npz.has("c" + c + "_nn"); c++) {
        String name = "c" + c + "_";
        checkLoss(npz, name, TieRule.FIRST_INDEX, "");
        checkLoss(npz, name, TieRule.SMALLEST_DISTANCE, "_smallest_distance");
      }
    }
  }

  private static void checkLoss(NpzFile npz, String name, TieRule ties, String suffix)
      throws Exception {
    LoopingLoss loss = new LoopingLoss(options(npz, name, ties), new DirectMatcher());
    ColorClip loop = clip(npz, "x");
    LoopingLoss.Target target = loss.target(loop, clip(npz, "y"));
    int[] shape = npz.shape(name + "y2x" + suffix);
    ColorClip wanted =
        clip(npz.floats(name + "y2x" + suffix), shape[1], new ImageSize(shape[3], shape[2]));
    GoldenScene.assertClose(target.clip().values(), wanted.values(), TARGET, 0, name + "y2x");
    LoopingLoss.Result result = loss.evaluate(loop, target);
    double expected = npz.number(name + "loss" + suffix);
    assertThat(result.value()).isCloseTo(expected, within(LOSS_RELATIVE * expected));
    if (suffix.isEmpty()) {
      ColorClip gradient = clip(npz.floats(name + "grad_x"), loop.frames(), loop.size());
      GoldenScene.assertClose(
          result.gradient().values(),
          gradient.values(),
          GRADIENT,
          GRADIENT_RELATIVE,
          name + "grad_x");
    }
  }

  @Test
  void fold_goldenPatches_countsOverlaps() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/patches.npz"))) {
      int[] shape = npz.shape("video");
      ImageSize size = new ImageSize(shape[4], shape[3]);
      MatchOptions options =
          MatchOptions.DEFAULTS
              .withPatchPx((int) npz.integer("patch_size"), (int) npz.integer("stride"))
              .withPatchFrames((int) npz.integer("patcht_size"), (int) npz.integer("stridet"));
      LoopingLoss loss = new LoopingLoss(LoopLossOptions.DEFAULTS.withMatch(options));
      ColorClip padded = loss.padded(clip(npz.floats("video"), shape[2], size));
      GoldenScene.assertClose(
          padded.values(),
          clip(npz.floats("padded"), padded.frames(), size).values(),
          TARGET,
          0,
          "padded");
      PatchGrid grid = PatchGrid.of(options, padded, padded);
      int[] same = new int[grid.rows() * grid.columns() * grid.queries()];
      for (int i = 0; i < same.length; i++) {
        same[i] = i % grid.queries();
      }
      ColorClip mean = Retargeter.fold(same, padded, grid);
      float[] sum = clip(npz.floats("fold_sum"), padded.frames(), size).values();
      float[] count = npz.floats("fold_count");
      int area = size.area();
      for (int i = 0; i < sum.length; i++) {
        int t = i / (3 * area);
        float n = count[t * area + i % area];
        assertThat((double) mean.values()[i] * n).isCloseTo(sum[i], within(TARGET * n));
      }
    }
  }

  private static LoopLossOptions options(NpzFile npz, String name, TieRule ties) throws Exception {
    double rho = npz.number(name + "alpha");
    MatchOptions match =
        new MatchOptions(
            (int) npz.integer(name + "patch_size"),
            (int) npz.integer(name + "stride"),
            (int) npz.integer(name + "patcht_size"),
            (int) npz.integer(name + "stridet"),
            rho > 100 ? Double.POSITIVE_INFINITY : rho,
            ties);
    double scale = npz.number(name + "scaling");
    RobustPenalty penalty =
        switch ((int) npz.integer(name + "rou_kind")) {
          case 1 -> RobustPenalty.SQUARED;
          case 2 -> RobustPenalty.ABSOLUTE;
          default -> RobustPenalty.general(npz.number(name + "rou_value"), scale);
        };
    return new LoopLossOptions(match, penalty, 1, true);
  }

  private static ColorClip clip(NpzFile npz, String name) throws Exception {
    int[] shape = npz.shape(name);
    return clip(npz.floats(name), shape[2], new ImageSize(shape[4], shape[3]));
  }

  /** From channels first. */
  private static ColorClip clip(float[] values, int frames, ImageSize size) {
    ColorClip out = ColorClip.create(frames, size);
    int area = size.area();
    for (int c = 0; c < 3; c++) {
      for (int t = 0; t < frames; t++) {
        System.arraycopy(values, (c * frames + t) * area, out.values(), (t * 3 + c) * area, area);
      }
    }
    return out;
  }
}
