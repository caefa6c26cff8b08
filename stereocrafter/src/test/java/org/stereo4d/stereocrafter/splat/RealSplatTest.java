package org.stereo4d.stereocrafter.splat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageQuality;
import org.stereo4d.io.Flo;
import org.stereo4d.io.ImageFiles;
import org.stereo4d.io.Pfm;
import org.stereo4d.io.png.PngImage;
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

  /** Views by polylines of the same depth: equal but for holes and resampling. */
  private static final double EASY_DECIBELS = 48;

  private static final double NORMAL_LEFT_DECIBELS = 36.5;
  private static final double NORMAL_RIGHT_DECIBELS = 41;
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

  /** Whole picture against the views made by another method, dB. */
  private static double generatedView(String name, char side) throws IOException {
    PngImage depth = PngImage.read(RealData.path("splat/iw3/" + name + "_D.png"));
    double low = Double.parseDouble(depth.text().get("sbs_depth_min"));
    double high = Double.parseDouble(depth.text().get("sbs_depth_max"));
    double divergence = Double.parseDouble(depth.text().get("sbs_divergence"));
    double width = Double.parseDouble(depth.text().get("sbs_width"));
    FloatImage px = FloatImage.create(depth.size(), 1);
    for (int i = 0; i < px.array().length; i++) {
      int x = i % px.width();
      double near = 1 - (depth.sample(x, i / px.width(), 0) - low) / (high - low);
      px.array()[i] = (float) (-(1 - near * near) * 0.01 * divergence * width / 256 * 127.5);
    }
    DisparityMap p = new DisparityMap(px);
    Splat splat =
        new RowSplatter(SplatOptions.DEFAULTS.withWeightBase(Math.E))
            .splat(picture("splat/iw3/" + name + "_C.png"), p, side == 'L' ? 1 : -1);
    FloatImage filled = new RowFill().fill(splat.image(), splat.holes(), splat.disparity());
    return ImageQuality.psnrDecibels(filled, picture("splat/iw3/" + name + "_" + side + ".png"));
  }

  @Test
  void splat_generatedPairs_areTheViewsOfAnotherMethod() throws IOException {
    assertThat(generatedView("easy", 'L')).isGreaterThan(EASY_DECIBELS);
    assertThat(generatedView("easy", 'R')).isGreaterThan(EASY_DECIBELS);
    assertThat(generatedView("normal", 'L')).isGreaterThan(NORMAL_LEFT_DECIBELS);
    assertThat(generatedView("normal", 'R')).isGreaterThan(NORMAL_RIGHT_DECIBELS);
  }
}
