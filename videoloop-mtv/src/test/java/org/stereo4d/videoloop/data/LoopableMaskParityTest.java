package org.stereo4d.videoloop.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.videoloop.GoldenScene;

class LoopableMaskParityTest {
  /** Values exactly on a threshold may fall on either side. */
  private static final double MOST_DIFFERENT = 0.005;

  private static final double IMAGE = 1e-5;
  private static final double BLURRED = 2e-3; // the reference blurs in 8 bits

  @Test
  void of_goldenClips_givesMasksAndLabels() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/loopable_mask.npz"))) {
      for (int c = 0; npz.has("c" + c + "_video"); c++) {
        String name = "c" + c + "_";
        List<ByteImage> clip = clip(npz, name + "video");
        LoopableMask analysis = LoopableMask.analyze(clip);
        same(analysis.rises(), npz.bytes(name + "rises"), "rises");
        same(analysis.falls(), npz.bytes(name + "falls"), "falls");
        int[] labels = analysis.labels();
        byte[] half = npz.bytes(name + "label_half");
        int differing = 0;
        for (int i = 0; i < half.length; i++) {
          differing += labels[i] == half[i] ? 0 : 1;
        }
        assertThat(differing).isLessThanOrEqualTo((int) (MOST_DIFFERENT * half.length));
        if (differing == 0) {
          byte[] smooth = npz.bytes(name + "label_smooth");
          int[] ours = analysis.smoothLabels();
          for (int i = 0; i < smooth.length; i++) {
            assertThat(Math.abs(ours[i] - (smooth[i] & 0xff))).isLessThanOrEqualTo(1);
          }
        }
        Mask mask = LoopableMask.of(clip);
        same(mask.array(), npz.bytes(name + "mask"), "mask");
      }
    }
  }

  private static void same(boolean[] actual, byte[] expected, String what) {
    assertThat(actual).hasSameSizeAs(expected);
    int differing = 0;
    for (int i = 0; i < expected.length; i++) {
      differing += actual[i] == (expected[i] != 0) ? 0 : 1;
    }
    assertThat(differing).as(what).isLessThanOrEqualTo((int) (MOST_DIFFERENT * expected.length));
  }

  @Test
  void exposure_goldenClips_givesTheirPictures() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/loopable_mask.npz"))) {
      for (int c = 0; npz.has("c" + c + "_video"); c++) {
        List<ByteImage> clip = clip(npz, "c" + c + "_video");
        String prefix = "c" + c + "_img_";
        for (String name : npz.names()) {
          if (name.startsWith(prefix)) {
            String mode = name.substring(prefix.length()).replace("0p5", "0.5");
            double tolerance = mode.startsWith("blur") ? BLURRED : IMAGE;
            float[] picture = LongExposure.parse(mode).of(clip).planes();
            GoldenScene.assertClose(picture, npz.floats(name), tolerance, 0, name);
          }
        }
      }
    }
  }

  static List<ByteImage> clip(NpzFile npz, String name) throws Exception {
    int[] shape = npz.shape(name);
    byte[] all = npz.bytes(name);
    ImageSize size = new ImageSize(shape[2], shape[1]);
    List<ByteImage> out = new ArrayList<>();
    for (int t = 0; t < shape[0]; t++) {
      byte[] frame =
          java.util.Arrays.copyOfRange(all, t * 3 * size.area(), (t + 1) * 3 * size.area());
      out.add(ByteImage.wrap(frame, size, 3));
    }
    return out;
  }
}
