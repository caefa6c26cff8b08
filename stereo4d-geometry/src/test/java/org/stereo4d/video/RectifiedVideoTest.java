package org.stereo4d.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Signal;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.warp.Rectifier;
import org.stereo4d.warp.RectifierOptions;

class RectifiedVideoTest {
  private static final ImageSize EYE = new ImageSize(160, 160);
  private static final ImageSize VIEW = new ImageSize(96, 64);
  private static final PngSequence PNG = new PngSequence(30);

  @TempDir Path folder;
  private final SyntheticClip clip =
      SyntheticClip.of(
          Preset.MOVING_OBJECTS,
          Preset.MOVING_OBJECTS.options().withFrameCount(4).withRigErrorDegrees(2));

  private Rectifier rectifier() {
    return new Rectifier(
        clip.options().calibration(),
        RectifierOptions.DEFAULTS
            .withView(PinholeCamera.ofHorizontalFovDegrees(VIEW, 80))
            .withDirectionDegrees(10, -5, 0));
  }

  private List<ByteImage> read(Path frames) throws IOException {
    List<ByteImage> out = new ArrayList<>();
    try (VideoReader reader = PNG.open(frames)) {
      reader.forEach(frame -> out.add(frame.image()));
    }
    return out;
  }

  @Test
  void writeViews_wholeClip_isEachFrameRectified() throws IOException {
    Path left = folder.resolve("left");
    Path right = folder.resolve("right");
    try (RectifiedVideo video = new RectifiedVideo(clip.vr180Video(EYE), rectifier());
        VideoWriter leftWriter = PNG.create(left, VIEW, EncodeOptions.DEFAULTS);
        VideoWriter rightWriter = PNG.create(right, VIEW, EncodeOptions.DEFAULTS)) {
      assertThat(video.writeViews(leftWriter, rightWriter, Progress.NONE)).isEqualTo(4);
    }
    for (int t = 0; t < 4; t++) {
      ByteImage frame = clip.vr180Frame(t, EYE);
      assertThat(read(left).get(t)).isEqualTo(rectifier().rectify(frame).left());
      assertThat(read(right).get(t)).isEqualTo(rectifier().rectify(frame).right());
    }
  }

  @Test
  void writeEquirect_finishedEarly_keepsTheFramesDone() throws IOException {
    Path target = folder.resolve("equirect");
    try (RectifiedVideo video = new RectifiedVideo(clip.vr180Video(EYE), rectifier());
        VideoWriter writer = PNG.create(target, EYE.sideBySide(), EncodeOptions.DEFAULTS)) {
      Progress two = step -> step.done() == 2 ? Signal.FINISH : Signal.CONTINUE;
      assertThat(video.writeEquirect(writer, two)).isEqualTo(2);
    }
    List<ByteImage> written = read(target);
    assertThat(written).hasSize(2);
    assertThat(written.get(1))
        .isEqualTo(rectifier().rectifyEquirect(clip.vr180Frame(1, EYE)).joinSideBySide());
  }

  @Test
  void next_atTheEnd_isEmpty() throws IOException {
    try (RectifiedVideo video = new RectifiedVideo(clip.vr180Video(EYE), rectifier())) {
      for (int t = 0; t < 4; t++) {
        assertThat(video.next().orElseThrow().frameIndex()).isEqualTo(t);
      }
      assertThat(video.next()).isEmpty();
    }
  }
}
