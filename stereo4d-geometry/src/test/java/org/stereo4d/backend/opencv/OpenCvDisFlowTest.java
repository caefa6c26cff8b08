package org.stereo4d.backend.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.stereo4d.backend.Availability;
import org.stereo4d.backend.Backends;
import org.stereo4d.backend.opencv.DisFlowOptions.Preset;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.testing.FlowEstimatorContract;

class OpenCvDisFlowTest extends FlowEstimatorContract {
  @Override
  protected FlowEstimator estimator() {
    return new OpenCvDisFlow(DisFlowOptions.DEFAULTS);
  }

  @Test
  void flow_everyPresetAndScale_survivesThinPictures() {
    for (Preset preset : Preset.values()) {
      for (int scale = 0; scale <= 5; scale++) {
        OpenCvDisFlow dis = new OpenCvDisFlow(new DisFlowOptions(preset, scale));
        for (ImageSize size :
            new ImageSize[] {new ImageSize(200, 28), new ImageSize(12, 100), new ImageSize(5, 5)}) {
          assertThat(dis.flow(texture(size, 0, 0), texture(size, 0, 0)).size()).isEqualTo(size);
        }
      }
    }
  }

  @Test
  void flow_sideBeyondTheLibrary_refused() {
    ByteImage wide = ByteImage.create(new ImageSize(32_768, 1), 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> estimator().flow(wide, wide))
        .withMessageContaining("32768x1");
  }

  /** 100 calls need about 1 GB when nothing is released. */
  @Test
  void flow_manyCalls_releaseNativeMemory() {
    ByteImage picture = texture(new ImageSize(640, 480), 0, 0);
    OpenCvDisFlow dis = new OpenCvDisFlow(DisFlowOptions.of(Preset.ULTRAFAST));
    dis.flow(picture, picture);
    long before = Pointer.totalBytes();
    for (int i = 0; i < 100; i++) {
      dis.flow(picture, picture);
    }
    assertThat(Pointer.totalBytes()).isEqualTo(before);
  }

  @Test
  void options_scaleOutOfRange_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DisFlowOptions.DEFAULTS.withFinestScale(6))
        .withMessageContaining("6");
  }

  @Test
  void provider_isFoundByName_andReady() {
    assertThat(Backends.flowEstimator("opencv")).isInstanceOf(OpenCvDisFlow.class);
    assertThat(Backends.require("opencv").availability())
        .isInstanceOfSatisfying(
            Availability.Ready.class, ready -> assertThat(ready.version()).startsWith("4."));
  }
}
