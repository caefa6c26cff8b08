package org.stereo4d.depth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

class DepthColorsParityTest {
  /** The reference rounds percentiles in another precision. */
  private static final int LEVELS = 1;

  @Test
  void colorize_goldenClip_isThePictureOfTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereo4d/depth_projection.npz"))) {
      int[] shape = npz.shape("viz_depth");
      ImageSize size = new ImageSize(shape[2], shape[1]);
      float[] depth = npz.floats("viz_depth");
      byte[] rgb = npz.bytes("viz_rgb");
      List<DepthMap> clip = new ArrayList<>();
      for (int t = 0; t < shape[0]; t++) {
        float[] meters = new float[size.area()];
        for (int i = 0; i < meters.length; i++) {
          float d = depth[t * size.area() + i];
          meters[i] = d > 0 ? d : Float.NaN;
        }
        clip.add(new DepthMap(FloatImage.wrap(meters, size, 1)));
      }
      DepthColors colors = DepthColors.of(clip);
      for (int t = 0; t < shape[0]; t++) {
        ByteImage picture = colors.colorize(clip.get(t));
        for (int i = 0; i < 3 * size.area(); i++) {
          int expected = rgb[t * 3 * size.area() + i] & 0xff;
          assertThat(Math.abs((picture.array()[i] & 0xff) - expected))
              .as("frame %s byte %s", t, i)
              .isLessThanOrEqualTo(LEVELS);
        }
      }
    }
  }

  @Test
  void of_nothingKnown_givesBlackPictures() {
    DepthMap unknown =
        new DepthMap(FloatImage.wrap(new float[] {Float.NaN, Float.NaN}, new ImageSize(2, 1), 1));
    assertThat(DepthColors.of(List.of(unknown)).colorize(unknown).array()).containsOnly(0);
  }

  @Test
  void of_moreThanItKeeps_staysNearTheTruth() {
    ImageSize size = new ImageSize(2048, 2048);
    List<DepthMap> clip = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      float[] meters = new float[size.area()];
      for (int i = 0; i < meters.length; i++) {
        meters[i] = 1 + 9f * i / meters.length;
      }
      clip.add(new DepthMap(FloatImage.wrap(meters, size, 1)));
    }
    DepthColors colors = DepthColors.of(clip);
    assertThat(colors.nearMeters()).isCloseTo(1.45, org.assertj.core.data.Offset.offset(0.01));
    assertThat(colors.farMeters()).isCloseTo(9.55, org.assertj.core.data.Offset.offset(0.01));
  }
}
