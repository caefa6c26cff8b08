package org.stereo4d.depth.sgm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.DisparityErrors;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.image.StereoPair;
import org.stereo4d.io.ImageFiles;
import org.stereo4d.io.Pfm;
import org.stereo4d.testing.RealData;

/**
 * Published pairs with true disparity. Limits are the best rows of OpenCV's matcher on the same
 * pairs (share of pixels with an error above 2 px): every pixel judged, holes left as bad, and
 * holes filled.
 */
@Tag("real")
class SemiGlobalMatcherRealTest {
  private static final double BAD_PX = 2;

  private static ByteImage picture(String name) throws IOException {
    return ImageFiles.read(RealData.path("stereo/" + name));
  }

  private static DisparityMap scaled(String name, float stepsPerPx) throws IOException {
    ByteImage coded = picture(name);
    FloatImage px = FloatImage.create(coded.size(), 1);
    for (int k = 0; k < px.array().length; k++) {
      int code = coded.array()[k * coded.channels()] & 0xff;
      px.array()[k] = code == 0 ? Float.NaN : code / stepsPerPx;
    }
    return new DisparityMap(px);
  }

  private static void check(
      StereoPair pair, DisparityMap truth, int range, double bestBad, double bestBadFilled) {
    boolean[] all = new boolean[truth.size().area()];
    Arrays.fill(all, true);
    Mask everywhere = Mask.wrap(all, truth.size());
    SemiGlobalOptions options = SemiGlobalOptions.DEFAULTS.withRangePx(0, range);
    DisparityMap open = new SemiGlobalMatcher(options).match(pair);
    DisparityMap filled = new SemiGlobalMatcher(options.withFill(true)).match(pair);
    DisparityErrors errors = DisparityErrors.of(filled, truth, everywhere, BAD_PX);
    assertThat(errors.densityShare()).isEqualTo(1);
    assertThat(errors.badShare()).isLessThan(bestBadFilled).isLessThan(bestBad);
    DisparityErrors matched = DisparityErrors.of(open, truth, everywhere, BAD_PX);
    assertThat(matched.badMatchedShare()).isLessThan(0.06);
  }

  @Test
  void motorcycle_beatsTheRival() throws IOException {
    DisparityMap truth = Pfm.readDisparity(RealData.path("stereo/motorcycle/disp_left.pfm"));
    StereoPair pair =
        new StereoPair(picture("motorcycle/left.png"), picture("motorcycle/right.png"));
    check(pair, truth, 64, 0.137, 0.082);
  }

  @Test
  void cones_beatTheRival() throws IOException {
    StereoPair pair = new StereoPair(picture("cones/im2.png"), picture("cones/im6.png"));
    check(pair, scaled("cones/disp2.png", 4), 64, 0.145, 0.097);
  }

  @Test
  void aloe_beatsTheRival() throws IOException {
    DisparityMap truth = scaled("aloe/disp_left_half.png", 2);
    ImageSize half = truth.size();
    ImageResizer resizer = new ImageResizer(ResizeFilter.AREA);
    StereoPair pair =
        new StereoPair(
            resizer.resize(picture("aloe/aloeL.jpg"), half),
            resizer.resize(picture("aloe/aloeR.jpg"), half));
    check(pair, truth, 112, 0.171, 0.068);
  }

  @Test
  void tsukuba_beatsTheRival() throws IOException {
    StereoPair pair = new StereoPair(picture("tsukuba/left.png"), picture("tsukuba/right.png"));
    check(pair, scaled("tsukuba/groundtruth.png", 16), 16, 0.056, 0.042);
  }
}
