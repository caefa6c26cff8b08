package org.stereo4d.videoloop.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

class LoopMetricsParityTest {
  private static final double RELATIVE = 1e-6;
  private static final double SSIM = 1e-5;

  @Test
  void metrics_goldenClips_agree() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/metrics.npz"))) {
      List<ByteImage> clip = clip(npz, "gt");
      List<ByteImage> loop = clip(npz, "pred");
      near(LoopMetrics.standardDeviationError(clip, loop), npz.number("stderr"), "stderr");
      int[] settings = npz.ints("configs_p_s_pt_st");
      for (int i = 0; i < settings.length / 4; i++) {
        PatchSetting setting =
            new PatchSetting(
                settings[4 * i], settings[4 * i + 1], settings[4 * i + 2], settings[4 * i + 3]);
        PatchErrors errors = new PatchErrors(setting);
        near(errors.mean(clip, loop), npz.doubles("completeness")[i], "completeness " + i);
        near(errors.mean(loop, clip), npz.doubles("coherence")[i], "coherence " + i);
        List<ByteImage> seam = LoopMetrics.seam(loop, setting.patchFrames());
        near(errors.mean(seam, clip), npz.doubles("loopq")[i], "loopq " + i);
      }
    }
  }

  @Test
  void static_goldenMask_givesPsnrAndSsim() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/metrics.npz"))) {
      List<ByteImage> clip = clip(npz, "gt");
      float[] mask = npz.floats("static_mask");
      boolean[] isStatic = new boolean[mask.length];
      for (int i = 0; i < mask.length; i++) {
        isStatic[i] = mask[i] > 0.5f;
      }
      StaticQuality quality =
          StaticQuality.of(clip, clip(npz, "pred"), Mask.wrap(isStatic, clip.get(0).size()));
      near(quality.psnrDecibels(), npz.number("static_psnr"), "psnr");
      assertThat(quality.ssim()).isCloseTo(npz.number("static_ssim"), within(SSIM));
    }
  }

  @Test
  void aggregation_goldenDistances_agrees() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/metrics.npz"))) {
      double[][] distances =
          LoopMetrics.distances(clip(npz, "gt"), clip(npz, "pred"), LoopMetricsParityTest::l1);
      double[] expected = npz.doubles("frame_l1");
      int columns = distances[0].length;
      for (int i = 0; i < expected.length; i++) {
        near(distances[i / columns][i % columns], expected[i], "distance");
      }
      near(LoopMetrics.nearestMean(distances), npz.number("vmin_l1"), "vmin");
      assertThat(LoopMetrics.slidingMinimum(distances))
          .isLessThanOrEqualTo(npz.number("slide_l1") * (1 + RELATIVE)); // one more offset is tried
    }
  }

  @Test
  void measure_loopAgainstItself_isPerfect() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/metrics.npz"))) {
      List<ByteImage> clip = clip(npz, "gt");
      LoopScores scores = new LoopMetrics().measure(clip, clip);
      assertThat(scores.meanCompleteness()).isZero();
      assertThat(scores.meanCoherence()).isZero();
      assertThat(scores.standardDeviationError()).isZero();
      assertThat(scores.slidingDifference()).isCloseTo(0, within(1e-9));
      String report = LoopScores.report("scene", Map.of(3, scores));
      assertThat(report.lines().toList()).hasSize(3);
      assertThat(report).contains("scene_view3, ").startsWith("name, nnf, nnb");
    }
  }

  private static double l1(ByteImage a, ByteImage b) {
    double sum = 0;
    for (int i = 0; i < a.array().length; i++) {
      sum += Math.abs((a.array()[i] & 0xff) - (b.array()[i] & 0xff));
    }
    return sum / a.array().length;
  }

  private static void near(double actual, double expected, String what) {
    assertThat(actual).as(what).isCloseTo(expected, within(RELATIVE * Math.abs(expected)));
  }

  private static List<ByteImage> clip(NpzFile npz, String name) throws Exception {
    int[] shape = npz.shape(name);
    ImageSize size = new ImageSize(shape[2], shape[1]);
    int frame = 3 * size.area();
    byte[] all = npz.bytes(name);
    List<ByteImage> out = new ArrayList<>();
    for (int t = 0; t < shape[0]; t++) {
      out.add(ByteImage.wrap(Arrays.copyOfRange(all, t * frame, (t + 1) * frame), size, 3));
    }
    return out;
  }
}
