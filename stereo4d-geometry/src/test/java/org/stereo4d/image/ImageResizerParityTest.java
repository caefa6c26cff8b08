package org.stereo4d.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

/** Resizing as the reference programs do it, with OpenCV and PyTorch. */
class ImageResizerParityTest {
  /** The tolerance of the golden files: their values are float. */
  private static final float TOLERANCE = 1e-6f;

  private static ImageSize size(int[] shape) {
    return new ImageSize(shape[shape.length - 1], shape[shape.length - 2]);
  }

  private static FloatImage map(NpzFile npz, String name, float scale) throws IOException {
    FloatImage out = FloatImage.wrap(npz.floats(name), size(npz.shape(name)), 1);
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] /= scale;
    }
    return out;
  }

  private static void assertClose(float[] actual, float[] expected, float tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as("sample %s", i).isCloseTo(expected[i], within(tolerance));
    }
  }

  @Test
  void cubicAndNearest_ofNetworkInputs() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/prepare_inputs.npz"))) {
      int cases = 0;
      for (; npz.has("c" + cases + "_rgb"); cases++) {
        String c = "c" + cases + "_";
        int[] in = npz.shape(c + "rgb");
        ByteImage rgb = ByteImage.wrap(npz.bytes(c + "rgb"), new ImageSize(in[1], in[0]), 3);
        int[] target = npz.ints(c + "size");
        ImageSize size = new ImageSize(target[1], target[0]);
        assertClose(
            new ImageResizer(ResizeFilter.CUBIC).resize(rgb.toFloat(), size).array(),
            npz.floats(c + "rgb_resized_cubic"),
            TOLERANCE);
        assertThat(
                new ImageResizer(ResizeFilter.NEAREST).resize(map(npz, c + "u16", 1), size).array())
            .isEqualTo(npz.floats(c + "u16_resized_nearest"));
      }
      assertThat(cases).isPositive();
    }
  }

  @Test
  void area_ofDisparity() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/metrics_vdw.npz"))) {
      FloatImage out =
          new ImageResizer(ResizeFilter.AREA)
              .resize(map(npz, "pred_u16", 65535), size(npz.shape("pred_resized_area")));
      assertClose(out.array(), npz.floats("pred_resized_area"), TOLERANCE);
    }
  }

  @Test
  void nearest_ofDisparity() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("nvds/metrics_nyu.npz"))) {
      FloatImage out =
          new ImageResizer(ResizeFilter.NEAREST)
              .resize(map(npz, "pred_u16", 65535), size(npz.shape("pred_resized_nearest")));
      assertClose(out.array(), npz.floats("pred_resized_nearest"), 0);
    }
  }

  @Test
  void bilinear_ofDepthFrames() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/depth_post.npz"))) {
      int[] shape = npz.shape("channel_mean");
      ImageSize in = size(shape);
      ImageSize target = size(npz.shape("upsampled"));
      FloatImage all =
          FloatImage.wrap(
              npz.floats("channel_mean"), new ImageSize(in.width(), in.height() * shape[0]), 1);
      float[] expected = npz.floats("upsampled");
      ImageResizer resizer = new ImageResizer(ResizeFilter.BILINEAR);
      for (int t = 0; t < shape[0]; t++) {
        float[] frame = new float[target.area()];
        System.arraycopy(expected, t * frame.length, frame, 0, frame.length);
        FloatImage crop = all.crop(0, t * in.height(), in);
        assertClose(resizer.resize(crop, target).array(), frame, TOLERANCE);
      }
    }
  }
}
