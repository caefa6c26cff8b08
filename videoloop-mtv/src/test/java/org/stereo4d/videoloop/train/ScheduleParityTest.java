package org.stereo4d.videoloop.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.videoloop.loss.PatchGrid;

class ScheduleParityTest {
  private static final double EXACT = 1e-12; // double against double

  @Test
  void pyramid_goldenCases_givesFactorsAndSizes() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/schedule.npz"))) {
      for (int i = 0; npz.has("pyr" + i + "_in"); i++) {
        double[] in = npz.doubles("pyr" + i + "_in");
        ImageSize full = new ImageSize((int) in[1], (int) in[0]);
        double[] factors = new Pyramid((int) in[2], in[3]).factors(full);
        assertThat(factors).containsExactly(npz.doubles("pyr" + i + "_factors"), within(EXACT));
        int[] sizes = npz.ints("pyr" + i + "_hw");
        int[] tiles = npz.ints("pyr" + i + "_tile16");
        for (int level = 0; level < factors.length; level++) {
          assertThat(Pyramid.size(full, factors[level]))
              .isEqualTo(new ImageSize(sizes[2 * level + 1], sizes[2 * level]));
          assertThat(Math.max(2, (int) (16 * factors[level]))).isEqualTo(tiles[level]);
        }
      }
    }
  }

  @Test
  void windows_goldenCases_startThere() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/schedule.npz"))) {
      for (int i = 0; npz.has("grid" + i + "_in"); i++) {
        int[] in = npz.ints("grid" + i + "_in");
        WindowGrid grid =
            new WindowGrid(
                new ImageSize(in[1], in[0]),
                new ImageSize(in[3], in[2]),
                in[5],
                in[4],
                WindowGrid.Edge.PAD);
        List<WindowGrid.Window> windows = grid.windows();
        int[] starts = npz.ints("grid" + i + "_start_wh");
        assertThat(windows).hasSize(starts.length / 2);
        for (int w = 0; w < windows.size(); w++) {
          assertThat(windows.get(w).left()).isEqualTo(starts[2 * w]);
          assertThat(windows.get(w).top()).isEqualTo(starts[2 * w + 1]);
        }
        int[] pad = npz.ints("grid" + i + "_pad");
        assertThat(grid.paddedSize())
            .isEqualTo(new ImageSize(in[1] + pad[0] + pad[1], in[0] + pad[2] + pad[3]));
      }
    }
  }

  @Test
  void blocks_goldenCases_fitTheStrides() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/schedule.npz"))) {
      for (int i = 0; npz.has("block" + i + "_in"); i++) {
        int[] in = npz.ints("block" + i + "_in"); // t, h, w, block, p, s, pt, st
        assertThat(npz.ints("block" + i + "_fit_t_h_w_block"))
            .containsExactly(
                PatchGrid.fit(in[0], in[6], in[7]),
                PatchGrid.fit(in[1], in[4], in[5]),
                PatchGrid.fit(in[2], in[4], in[5]),
                PatchGrid.fit(in[3], in[4], in[5]));
      }
    }
  }

  @Test
  void rates_goldenSteps_agree() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/schedule.npz"))) {
      int[] epochs = npz.ints("density_epoch");
      double[] density = npz.doubles("density_weight");
      for (int i = 0; i < epochs.length; i++) {
        assertThat(LossWeights.STAGE_1.density(epochs[i])).isCloseTo(density[i], within(EXACT));
      }
      int[] steps = npz.ints("lr_step");
      double[] rates = npz.doubles("lr_stage1");
      for (int i = 0; i < steps.length; i++) {
        assertThat(StaticStageOptions.DEFAULTS.rate(steps[i])).isCloseTo(rates[i], within(EXACT));
      }
      double[] later = npz.doubles("lr_stage2_per_81");
      int[] epochsOfLevel = {steps[0], 0, 0};
      assertThat(LoopStageOptions.DEFAULTS.rate(epochsOfLevel[0], 81))
          .isCloseTo(later[0], within(EXACT));
      assertThat(later[1] / later[0]).isLessThan(1);
    }
  }

  @Test
  void windows_insideAndCut_coverThePicture() {
    for (WindowGrid.Edge edge :
        new WindowGrid.Edge[] {WindowGrid.Edge.INSIDE, WindowGrid.Edge.CUT}) {
      for (ImageSize picture :
          List.of(new ImageSize(50, 31), new ImageSize(7, 90), new ImageSize(20, 20))) {
        boolean[] covered = new boolean[picture.area()];
        WindowGrid grid = new WindowGrid(picture, new ImageSize(16, 12), 8, 6, edge);
        for (WindowGrid.Window w : grid.windows()) {
          for (int i = 0; i < w.size().area(); i++) {
            int x = w.left() + i % w.size().width();
            int y = w.top() + i / w.size().width();
            covered[y * picture.width() + x] = true;
          }
        }
        assertThat(covered).doesNotContain(false);
        assertThat(grid.paddedSize()).isEqualTo(picture);
      }
    }
  }
}
