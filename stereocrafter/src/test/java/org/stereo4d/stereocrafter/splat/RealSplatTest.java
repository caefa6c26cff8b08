package org.stereo4d.stereocrafter.splat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.io.Flo;
import org.stereo4d.io.ImageFiles;
import org.stereo4d.io.Pfm;
import org.stereo4d.testing.RealData;

/** Photographs with true motion: error on pixels of at least a quarter of coverage. */
@Tag("real")
class RealSplatTest {
  private static final float HIT = 0.25f;

  /** Published figures of the same measure with weights exp(disparity), less what is granted. */
  private static final double MOTORCYCLE_DECIBELS = 27.90 - 0.1;

  private static final double CONES_DECIBELS = 28.63 - 0.5;
  private static final double RUBBERWHALE_DECIBELS = 40.15 - 0.1;
  private static final double DIMETRODON_DECIBELS = 39.52 - 0.1;
  private static final SplatOptions OPTIONS =
      SplatOptions.DEFAULTS.withWeightBase(Math.E).withSliverThreshold(0);

  private static FloatImage picture(String name) throws IOException {
    return ImageFiles.read(RealData.path(name)).toFloat();
  }

  private static double decibels(FloatImage image, FloatImage coverage, FloatImage truth) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < coverage.array().length; i++) {
      for (int c = 0; coverage.array()[i] >= HIT && c < 3; c++) {
        double d = image.array()[3 * i + c] - truth.array()[3 * i + c];
        sum += d * d;
        count++;
      }
    }
    return 10 * Math.log10(count / sum);
  }

  private static double leftToRight(String left, String right, DisparityMap p) throws IOException {
    Splat splat = new RowSplatter(OPTIONS).splat(picture(left), p, View.RIGHT.rightShift());
    return decibels(splat.image(), splat.coverage(), picture(right));
  }

  private static double halfWay(String folder) throws IOException {
    FloatImage from = picture("flow/" + folder + "/frame10.png");
    FloatImage px = Flo.read(RealData.path("flow/" + folder + "/flow10.flo")).px().copy();
    FloatImage weights = FloatImage.create(from.size(), 1);
    Arrays.fill(weights.array(), 1);
    for (int i = 0; i < px.array().length; i++) {
      boolean known = Float.isFinite(px.array()[i]);
      px.array()[i] = known ? px.array()[i] / 2 : 1e6f; // unknown pixels leave the picture
    }
    ForwardWarp warp = new ForwardWarp(TapRule.PER_TAP);
    FlowField flow = new FlowField(px);
    return decibels(
        warp.mean(from, flow, weights, HIT),
        warp.coverage(flow),
        picture("flow/" + folder + "/frame10i11.png"));
  }

  @Test
  void splat_motorcycle_isTheRightView() throws IOException {
    DisparityMap p = Pfm.readDisparity(RealData.path("stereo/motorcycle/disp_left.pfm"));
    assertThat(leftToRight("stereo/motorcycle/left.png", "stereo/motorcycle/right.png", p))
        .isGreaterThan(MOTORCYCLE_DECIBELS);
  }

  @Test
  void splat_cones_isTheRightView() throws IOException {
    FloatImage px = ImageFiles.read(RealData.path("stereo/cones/disp2.png")).toFloat().channel(0);
    for (int i = 0; i < px.array().length; i++) {
      float quarters = Math.round(px.array()[i] * 255);
      px.array()[i] = quarters == 0 ? Float.NaN : quarters / 4;
    }
    assertThat(leftToRight("stereo/cones/im2.png", "stereo/cones/im6.png", new DisparityMap(px)))
        .isGreaterThan(CONES_DECIBELS);
  }

  @Test
  void warp_halfOfTheTrueFlow_isThePhotographBetween() throws IOException {
    assertThat(halfWay("rubberwhale")).isGreaterThan(RUBBERWHALE_DECIBELS);
    assertThat(halfWay("dimetrodon")).isGreaterThan(DIMETRODON_DECIBELS);
  }
}
