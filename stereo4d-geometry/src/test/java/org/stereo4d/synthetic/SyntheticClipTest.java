package org.stereo4d.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.synthetic.scene.Surface;
import org.stereo4d.synthetic.scene.SurfaceMap;
import org.stereo4d.synthetic.scene.View;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;

class SyntheticClipTest {
  private static final ImageSize EYE = new ImageSize(96, 96);
  private static final PinholeCamera VIEW =
      PinholeCamera.ofHorizontalFovDegrees(new ImageSize(96, 96), 60);

  /** Double roundings of a projection at a few thousand pixels. */
  private static final double ROUNDING_PX = 1e-9;

  @ParameterizedTest
  @EnumSource(Preset.class)
  void vr180Frame_sameArguments_sameBits(Preset preset) {
    ByteImage a = SyntheticClip.of(preset).vr180Frame(3, EYE);
    assertThat(SyntheticClip.of(preset).vr180Frame(3, EYE)).isEqualTo(a);
    SceneOptions other = preset.options().withSeed(preset.options().seed() + 1);
    assertThat(SyntheticClip.of(preset, other).vr180Frame(3, EYE)).isNotEqualTo(a);
  }

  @Test
  void vr180Frame_anyNumberOfThreads_sameBits() throws Exception {
    SceneOptions options = Preset.MOVING_OBJECTS.options().withShutterSeconds(0.01);
    SyntheticClip clip = SyntheticClip.of(Preset.MOVING_OBJECTS, options);
    ForkJoinPool one = new ForkJoinPool(1);
    ForkJoinPool three = new ForkJoinPool(3);
    try {
      assertThat(one.submit(() -> clip.vr180Frame(5, EYE)).get())
          .isEqualTo(three.submit(() -> clip.vr180Frame(5, EYE)).get());
    } finally {
      one.shutdown();
      three.shutdown();
    }
  }

  @Test
  void rawEyes_turnedRig_seeTheRectifiedRay() {
    SceneOptions options = SceneOptions.DEFAULTS.withRigErrorDegrees(3);
    SyntheticClip clip = SyntheticClip.of(Preset.STATIC_ROOM, options);
    Vec3 rectifiedRay = VIEW.ray(70, 20);
    Rotation3 rightFromRectified = options.calibration().rightFromRectified();
    View raw = clip.rawRight(0, EYE);
    double[] xyPx = raw.camera().project(rightFromRectified.apply(rectifiedRay));
    Vec3 worldRay = raw.worldFromCamera().rotation().apply(raw.camera().ray(xyPx[0], xyPx[1]));
    Vec3 expected = clip.right(0, VIEW).worldFromCamera().rotation().apply(rectifiedRay);
    assertThat(worldRay.distanceTo(expected)).isLessThan(ROUNDING_PX);
    assertThat(raw.worldFromCamera().translation())
        .isEqualTo(new Vec3(options.baselineMeters(), 0, 0));
    assertThat(clip.rawLeft(0, EYE).worldFromCamera().translation()).isEqualTo(Vec3.ZERO);
    assertThat(Math.toDegrees(rightFromRectified.angleRadians())).isBetween(0.1, 5.2);
  }

  @Test
  void rawEyes_turnedRig_flowToTheViewIsRectification() {
    SceneOptions options = SceneOptions.DEFAULTS.withRigErrorDegrees(3);
    SyntheticClip clip = SyntheticClip.of(Preset.STATIC_ROOM, options);
    FlowField toRaw = clip.truth().flow(clip.left(0, VIEW), clip.rawLeft(0, EYE));
    Rotation3 m = options.calibration().leftFromRectified();
    for (int x = 3; x < 96; x += 10) {
      double[] expected = options.calibration().eye(EYE).project(m.apply(VIEW.ray(x + 0.5, 50.5)));
      assertThat(x + 0.5 + toRaw.dx(x, 50)).isEqualTo(expected[0], within(1e-5));
      assertThat(50.5 + toRaw.dy(x, 50)).isEqualTo(expected[1], within(1e-5));
    }
  }

  @Test
  void staticRoom_noNoise_allFramesAreEqual() {
    SceneOptions options = Preset.STATIC_ROOM.options().withNoiseSigma(0);
    SyntheticClip clip = SyntheticClip.of(Preset.STATIC_ROOM, options);
    assertThat(clip.leftImage(40, VIEW)).isEqualTo(clip.leftImage(0, VIEW));
  }

  @Test
  void staticRoom_noise_hasItsDeviationAndChangesFromFrameToFrame() {
    SyntheticClip noisy =
        SyntheticClip.of(Preset.STATIC_ROOM, SceneOptions.DEFAULTS.withNoiseSigma(0.02));
    byte[] a = noisy.leftImage(0, VIEW).array();
    byte[] b = noisy.leftImage(1, VIEW).array();
    byte[] c = noisy.rightImage(0, VIEW).array();
    double sum = 0;
    int equal = 0;
    int n = 0;
    for (int i = 0; i < a.length; i++) {
      int v = a[i] & 0xff;
      if (v > 20 && v < 235) { // else the noise is cut off
        double d = v - (b[i] & 0xff);
        sum += d * d;
        n++;
      }
      equal += a[i] == c[i] ? 1 : 0;
    }
    // the difference of two frames has sqrt(2) times the deviation, plus rounding
    assertThat(Math.sqrt(sum / n / 2) / 255).isBetween(0.0185, 0.0215);
    assertThat(equal).isLessThan(a.length / 10);
  }

  @Test
  void stillClip_everyFrame_isTheFirst() {
    SyntheticClip clip = SyntheticClip.of(Preset.STILL_CLIP);
    assertThat(clip.vr180Frame(37, EYE)).isEqualTo(clip.vr180Frame(0, EYE));
    StereoPair eyes = StereoPair.splitSideBySide(clip.vr180Frame(0, EYE));
    assertThat(eyes.left()).isNotEqualTo(eyes.right());
  }

  @Test
  void mono_bothEyes_areEqual() {
    SyntheticClip clip = SyntheticClip.of(Preset.MONO);
    StereoPair eyes = StereoPair.splitSideBySide(clip.vr180Frame(7, EYE));
    assertThat(eyes.left()).isEqualTo(eyes.right());
    assertThat(clip.vr180Frame(8, EYE)).isNotEqualTo(clip.vr180Frame(7, EYE));
  }

  @Test
  void eyesSwapped_frame_isTheOtherOneExchanged() {
    StereoPair swapped =
        StereoPair.splitSideBySide(SyntheticClip.of(Preset.EYES_SWAPPED).vr180Frame(7, EYE));
    StereoPair right =
        StereoPair.splitSideBySide(SyntheticClip.of(Preset.MOVING_OBJECTS).vr180Frame(7, EYE));
    assertThat(swapped.left()).isEqualTo(right.right());
    assertThat(swapped.right()).isEqualTo(right.left());
  }

  @Test
  void walkingCamera_fourSeconds_walksAboutTwoMetresFromTheIdentity() {
    for (long seed = 1; seed <= 10; seed++) {
      SyntheticClip clip =
          SyntheticClip.of(Preset.WALKING_CAMERA, Preset.WALKING_CAMERA.options().withSeed(seed));
      List<Rigid3> poses = clip.worldFromCameras();
      assertThat(poses.get(0).translation().norm()).isLessThan(1e-12);
      assertThat(poses.get(0).rotation().angleRadians()).isLessThan(1e-12);
      double path = 0;
      for (int t = 1; t < poses.size(); t++) {
        path += poses.get(t).translation().distanceTo(poses.get(t - 1).translation());
      }
      assertThat(path).isBetween(1.7, 2.4);
    }
  }

  @Test
  void walkingCamera_anyMoment_nothingComesTooNear() {
    for (long seed = 1; seed <= 5; seed++) {
      SceneOptions options = Preset.WALKING_CAMERA.options().withSeed(seed);
      SyntheticClip clip = SyntheticClip.of(Preset.MOVING_OBJECTS, options);
      for (int t = 0; t < 120; t += 17) {
        SurfaceMap map = clip.truth().surfaces(clip.rawLeft(t, EYE));
        for (float range : map.rangeMeters().array()) {
          assertThat(Float.isNaN(range) || range > 0.35).isTrue();
        }
      }
    }
  }

  @Test
  void movingObjects_perspectiveView_isLargelyMovingWithManyClasses() {
    SyntheticClip clip = SyntheticClip.of(Preset.MOVING_OBJECTS);
    double share = 0;
    TreeSet<Integer> classes = new TreeSet<>();
    for (int t = 0; t < 60; t += 6) {
      SurfaceMap map = clip.truth().surfaces(clip.left(t, VIEW));
      share += map.moving(clip.scene()).count() / (10.0 * VIEW.size().area());
      for (byte c : map.semanticClass()) {
        classes.add(c & 0xff);
      }
    }
    assertThat(share).isBetween(0.4, 0.7);
    assertThat(classes).contains(Surface.WALL, Surface.SKY, Surface.FLOOR, Surface.PERSON);
  }

  @Test
  void exposureChange_overTime_scalesThePicture() {
    SceneOptions options =
        SceneOptions.DEFAULTS.withNoiseSigma(0).withExposureChange(0.3).withFrameCount(61);
    SyntheticClip clip = SyntheticClip.of(Preset.STATIC_ROOM, options);
    double start = mean(clip.leftImage(0, VIEW));
    double brightest = mean(clip.leftImage(19, VIEW)); // a quarter of 2.5 s
    assertThat(brightest / start).isBetween(1.2, 1.3);
    assertThat(mean(clip.leftImage(56, VIEW)) / start).isBetween(0.69, 0.72);
  }

  private static double mean(ByteImage image) {
    double sum = 0;
    for (byte v : image.array()) {
      sum += v & 0xff;
    }
    return sum / image.array().length;
  }

  @Test
  void shutter_open_blursWhatMovesAndNothingElse() {
    SceneOptions sharp = SceneOptions.DEFAULTS.withNoiseSigma(0);
    SceneOptions blurred = sharp.withShutterSeconds(0.4);
    SyntheticClip a = SyntheticClip.of(Preset.MOVING_OBJECTS, sharp);
    SyntheticClip b = SyntheticClip.of(Preset.MOVING_OBJECTS, blurred);
    SurfaceMap map = a.truth().surfaces(a.left(9, VIEW));
    ByteImage x = a.leftImage(9, VIEW);
    ByteImage y = b.leftImage(9, VIEW);
    double still = 0;
    double moving = 0;
    int stillCount = 0;
    int movingCount = 0;
    for (int i = 0; i < map.object().length; i++) {
      double d = Math.abs((x.array()[3 * i] & 0xff) - (y.array()[3 * i] & 0xff));
      boolean moves = map.object()[i] >= 0 && a.scene().objects().get(map.object()[i]).moving();
      still += moves ? 0 : d;
      stillCount += moves ? 0 : 1;
      moving += moves ? d : 0;
      movingCount += moves ? 1 : 0;
    }
    // beside outlines what is still mixes with what moves
    assertThat(moving / movingCount).isGreaterThan(3);
    assertThat(still / stillCount).isLessThan(0.5 * moving / movingCount);
  }

  @Test
  void videos_readToTheEnd_giveEveryFrameOnce() throws IOException {
    SceneOptions options = SceneOptions.DEFAULTS.withFrameCount(3).withFramesPerSecond(25);
    SyntheticClip clip = SyntheticClip.of(Preset.STATIC_ROOM, options);
    try (VideoReader reader = clip.vr180Video(EYE)) {
      assertThat(reader.info().size()).isEqualTo(new ImageSize(192, 96));
      assertThat(reader.info().frameCount()).hasValue(3);
      int t = 0;
      for (Frame frame : reader) {
        assertThat(frame.frameIndex()).isEqualTo(t);
        assertThat(frame.timeSeconds()).isEqualTo(t / 25.0);
        assertThat(frame.image()).isEqualTo(clip.vr180Frame(t, EYE));
        t++;
      }
      assertThat(t).isEqualTo(3);
      assertThat(reader.next()).isEmpty();
    }
    assertThat(clip.leftImages(VIEW)).hasSize(3);
    assertThat(clip.leftImages(VIEW).get(2)).isEqualTo(clip.leftImage(2, VIEW));
    try (VideoReader pair = clip.pairVideo(VIEW);
        VideoReader left = clip.leftVideo(VIEW);
        VideoReader right = clip.rightVideo(VIEW)) {
      StereoPair eyes = StereoPair.splitSideBySide(pair.next().orElseThrow().image());
      assertThat(eyes.left()).isEqualTo(left.next().orElseThrow().image());
      assertThat(eyes.right()).isEqualTo(right.next().orElseThrow().image());
    }
  }

  @Test
  void poseSource_frameTimes_areTheTruePoses() throws IOException {
    SyntheticClip clip = SyntheticClip.of(Preset.WALKING_CAMERA);
    assertThat(clip.poseSource().worldFromCameras("any", clip.timesSeconds()))
        .isEqualTo(clip.worldFromCameras());
  }

  @Test
  void frames_outsideTheClip_areRefused() {
    SyntheticClip clip = SyntheticClip.of(Preset.STATIC_ROOM);
    assertThatThrownBy(() -> clip.leftImage(60, VIEW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("60");
    assertThatThrownBy(() -> SceneOptions.DEFAULTS.withBaselineMeters(-0.063))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-0.063");
  }
}
