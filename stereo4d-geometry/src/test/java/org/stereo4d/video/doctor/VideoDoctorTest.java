package org.stereo4d.video.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.stereo4d.backend.Backends;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.video.ColorTags;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoInfo;
import org.stereo4d.video.VideoReader;

class VideoDoctorTest {
  private static final ImageSize EYE = new ImageSize(384, 384);
  private static final DoctorOptions OPTIONS =
      DoctorOptions.DEFAULTS.withFrames(2, 1).withMinHeightPx(300, Finding.Severity.WARNING);

  private static Diagnosis examine(VideoReader reader, DoctorOptions options) throws IOException {
    return new VideoDoctor(options, Backends.flowEstimator("opencv"))
        .examine(reader, Vr180Calibration.IDENTITY);
  }

  private static Diagnosis examine(Preset preset) throws IOException {
    return examine(SyntheticClip.of(preset).vr180Video(EYE), OPTIONS);
  }

  private static List<Finding.Code> codes(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(Finding::code).toList();
  }

  @Test
  void examine_goodClip_findsNothing() throws IOException {
    Diagnosis diagnosis = examine(Preset.STATIC_ROOM);
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.isUsable()).isTrue();
    assertThat(diagnosis.layout()).isEqualTo(Diagnosis.Layout.SIDE_BY_SIDE);
    assertThat(diagnosis.medianDisparityPx()).isPositive();
    assertThat(diagnosis.verticalMedianPx()).isLessThan(0.3);
  }

  @Test
  void examine_onePictureTwice_isMono() throws IOException {
    Diagnosis diagnosis = examine(Preset.MONO);
    assertThat(codes(diagnosis)).contains(Finding.Code.MONO);
    assertThat(diagnosis.isUsable()).isFalse();
    assertThat(diagnosis.layout()).isEqualTo(Diagnosis.Layout.MONO);
  }

  @Test
  void examine_exchangedEyes_areFound() throws IOException {
    Diagnosis diagnosis = examine(Preset.EYES_SWAPPED);
    assertThat(codes(diagnosis)).containsExactly(Finding.Code.EYES_SWAPPED);
    assertThat(diagnosis.summary()).contains("exchange the halves");
  }

  @Test
  void examine_rigThatIsNotLevel_isAWarning() throws IOException {
    SyntheticClip clip =
        SyntheticClip.of(
            Preset.STATIC_ROOM, Preset.STATIC_ROOM.options().withSeed(3).withRigErrorDegrees(3));
    Diagnosis diagnosis = examine(clip.vr180Video(EYE), OPTIONS);
    assertThat(codes(diagnosis)).contains(Finding.Code.VERTICAL_DISPARITY);
    assertThat(diagnosis.isUsable()).isTrue();
  }

  @Test
  void examine_flattenedPicture_isNotStereo() throws IOException {
    SyntheticClip clip = SyntheticClip.of(Preset.MOVING_OBJECTS);
    ByteImage flat =
        clip.leftImage(
            0,
            org.stereo4d.camera.PinholeCamera.ofHorizontalFovDegrees(new ImageSize(640, 360), 100));
    assertThat(codes(examine(new Fake(n -> flat, 3), OPTIONS))).contains(Finding.Code.NOT_STEREO);
  }

  @Test
  void examine_stackedEyes_areTopBottom() throws IOException {
    StereoPair eyes =
        StereoPair.splitSideBySide(SyntheticClip.of(Preset.STATIC_ROOM).vr180Frame(0, EYE));
    ByteImage stacked = ByteImage.create(new ImageSize(EYE.width(), 2 * EYE.height()), 3);
    byte[] left = eyes.left().contiguous();
    byte[] right = eyes.right().contiguous();
    System.arraycopy(left, 0, stacked.array(), 0, left.length);
    System.arraycopy(right, 0, stacked.array(), left.length, right.length);
    Diagnosis diagnosis = examine(new Fake(n -> stacked, 2), OPTIONS);
    assertThat(codes(diagnosis)).containsExactly(Finding.Code.TOP_BOTTOM);
    assertThat(diagnosis.layout()).isEqualTo(Diagnosis.Layout.TOP_BOTTOM);
  }

  @Test
  void examine_smallFrames_warnByDefaultAndFailOnRequest() throws IOException {
    SyntheticClip clip = SyntheticClip.of(Preset.STATIC_ROOM);
    Diagnosis warned = examine(clip.vr180Video(EYE), DoctorOptions.DEFAULTS.withFrames(1, 1));
    assertThat(codes(warned)).containsExactly(Finding.Code.LOW_RESOLUTION);
    assertThat(warned.isUsable()).isTrue();
    Diagnosis refused =
        examine(clip.vr180Video(EYE), OPTIONS.withMinHeightPx(1920, Finding.Severity.ERROR));
    assertThat(refused.isUsable()).isFalse();
    assertThat(refused.summary()).contains("768x384").contains("1920");
  }

  @Test
  void examine_noFramesOrFlatOnes_areErrors() throws IOException {
    ByteImage black = ByteImage.create(EYE.sideBySide(), 3);
    assertThat(codes(examine(new Fake(n -> black, 0), OPTIONS))).contains(Finding.Code.EMPTY);
    assertThat(codes(examine(new Fake(n -> black, 2), OPTIONS))).contains(Finding.Code.NO_TEXTURE);
  }

  /** Frames of a function at 30 Hz. */
  private static final class Fake implements VideoReader {
    private final IntFunction<ByteImage> frames;
    private final int count;
    private int position;

    Fake(IntFunction<ByteImage> frames, int count) {
      this.frames = frames;
      this.count = count;
    }

    @Override
    public VideoInfo info() {
      return new VideoInfo(
          frames.apply(0).size(),
          30,
          count / 30.0,
          OptionalInt.of(count),
          "fake",
          8,
          ColorTags.NONE,
          false);
    }

    @Override
    public Optional<Frame> next() {
      return position == count
          ? Optional.empty()
          : Optional.of(Frame.of(position, position / 30.0, frames.apply(position++)));
    }

    @Override
    public void close() {
      position = count;
    }
  }
}
