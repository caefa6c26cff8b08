package org.stereo4d.optim.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.synthetic.CameraMotion;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.tracking.klt.KltOptions;
import org.stereo4d.tracking.klt.KltTracker;
import org.stereo4d.video.ColorTags;
import org.stereo4d.video.Frame;
import org.stereo4d.video.FrameSpan;
import org.stereo4d.video.VideoInfo;
import org.stereo4d.video.VideoReader;

/** Videos edited from two synthetic shots. */
class ShotFinderTest {
  private static final ImageSize SIZE = new ImageSize(256, 256);
  private static final PinholeCamera CAMERA = PinholeCamera.ofHorizontalFovDegrees(SIZE, 60);
  private static final List<ByteImage> WALK = shot(Preset.MOVING_OBJECTS, 1, 24);
  private static final List<ByteImage> OTHER = inverted(shot(Preset.MOVING_OBJECTS, 7, 24));

  private static List<ByteImage> shot(Preset preset, long seed, int frames) {
    SyntheticClip clip =
        SyntheticClip.of(
            preset,
            preset
                .options()
                .withSeed(seed)
                .withCameraMotion(CameraMotion.WALKING)
                .withFrameCount(frames));
    return new ArrayList<>(clip.leftImages(CAMERA));
  }

  /** Another set of colours, as another place would have. */
  private static List<ByteImage> inverted(List<ByteImage> frames) {
    List<ByteImage> out = new ArrayList<>();
    for (ByteImage frame : frames) {
      byte[] rgb = frame.contiguous().clone();
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) (255 - (rgb[i] & 0xff));
      }
      out.add(ByteImage.wrap(rgb, SIZE, 3));
    }
    return out;
  }

  private static ShotReport find(List<ByteImage> frames, ShotOptions options) throws IOException {
    return new ShotFinder(options.withSideBySide(false), new KltTracker(KltOptions.DEFAULTS))
        .find(() -> video(frames), Progress.NONE);
  }

  private static VideoReader video(List<ByteImage> frames) {
    return new VideoReader() {
      private int next;

      @Override
      public VideoInfo info() {
        return new VideoInfo(
            SIZE,
            30,
            frames.size() / 30.0,
            OptionalInt.of(frames.size()),
            "list",
            8,
            ColorTags.NONE,
            false);
      }

      @Override
      public Optional<Frame> next() {
        return next == frames.size()
            ? Optional.empty()
            : Optional.of(Frame.of(next, next / 30.0, frames.get(next++)));
      }

      @Override
      public void close() {
        next = frames.size();
      }
    };
  }

  private static List<ByteImage> join(List<List<ByteImage>> parts) {
    List<ByteImage> out = new ArrayList<>();
    parts.forEach(out::addAll);
    return out;
  }

  @Test
  void find_hardCut_splitsAtItsFrame() throws IOException {
    ShotReport report = find(join(List.of(WALK, OTHER)), ShotOptions.DEFAULTS);
    assertThat(report.clips()).containsExactly(new FrameSpan(0, 24), new FrameSpan(24, 48));
    assertThat(report.dropped()).isEmpty();
    assertThat(report.frameCount()).isEqualTo(48);
  }

  @Test
  void find_crossFade_isCutOut() throws IOException {
    int length = 12;
    List<ByteImage> frames = new ArrayList<>(WALK.subList(0, 24 - length));
    for (int i = 0; i < length; i++) {
      frames.add(blend(WALK.get(24 - length + i), OTHER.get(i), (i + 1.0) / (length + 1)));
    }
    frames.addAll(OTHER.subList(length, 24));
    ShotReport report = find(frames, ShotOptions.DEFAULTS);
    assertThat(report.clips()).hasSize(2);
    assertThat(report.dropped())
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.reason()).isEqualTo(ShotReport.Reason.CROSS_FADE);
              // the middle of the fade is frame 18
              assertThat(d.span().first()).isBetween(9, 16);
              assertThat(d.span().end()).isBetween(20, 28);
            });
    assertThat(find(frames, ShotOptions.DEFAULTS.withRules(false, true, true)).dropped()).isEmpty();
  }

  private static ByteImage blend(ByteImage a, ByteImage b, double share) {
    byte[] out = new byte[3 * SIZE.area()];
    for (int i = 0; i < out.length; i++) {
      double v = (1 - share) * (a.contiguous()[i] & 0xff) + share * (b.contiguous()[i] & 0xff);
      out[i] = (byte) Math.round(v);
    }
    return ByteImage.wrap(out, SIZE, 3);
  }

  @Test
  void find_stillsAndTitles_areDroppedAndNamed() throws IOException {
    List<ByteImage> still = java.util.Collections.nCopies(10, WALK.get(3));
    List<ByteImage> black = java.util.Collections.nCopies(9, ByteImage.create(SIZE, 3));
    List<ByteImage> frames = join(List.of(OTHER, still, black));
    ShotReport report = find(frames, ShotOptions.DEFAULTS);
    assertThat(report.clips()).containsExactly(new FrameSpan(0, 24));
    assertThat(report.dropped())
        .containsExactly(
            new ShotReport.Dropped(new FrameSpan(24, 34), ShotReport.Reason.STILL),
            new ShotReport.Dropped(new FrameSpan(34, 43), ShotReport.Reason.TITLE));
    assertThat(find(frames, ShotOptions.DEFAULTS.withRules(true, false, false)).clips()).hasSize(3);
  }

  @Test
  void find_tripodWithSomethingMoving_isNoStill() throws IOException {
    SyntheticClip clip =
        SyntheticClip.of(
            Preset.MOVING_OBJECTS,
            Preset.MOVING_OBJECTS
                .options()
                .withCameraMotion(CameraMotion.TRIPOD)
                .withFrameCount(16));
    ShotReport report = find(new ArrayList<>(clip.leftImages(CAMERA)), ShotOptions.DEFAULTS);
    assertThat(report.clips()).containsExactly(new FrameSpan(0, 16));
  }

  @Test
  void find_longShot_isDividedEvenly() throws IOException {
    ShotReport report = find(WALK, ShotOptions.DEFAULTS.withFrames(4, 10));
    assertThat(report.clips())
        .containsExactly(new FrameSpan(0, 8), new FrameSpan(8, 16), new FrameSpan(16, 24));
  }

  @Test
  void find_flashesAndEmptyVideos_giveNoClips() throws IOException {
    ShotReport brief = find(WALK.subList(0, 5), ShotOptions.DEFAULTS);
    assertThat(brief.clips()).isEmpty();
    assertThat(brief.dropped())
        .extracting(ShotReport.Dropped::reason)
        .containsExactly(ShotReport.Reason.SHORT);
    assertThat(find(List.of(), ShotOptions.DEFAULTS).clips()).isEmpty();
  }
}
