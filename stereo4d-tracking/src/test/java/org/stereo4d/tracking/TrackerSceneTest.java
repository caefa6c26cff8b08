package org.stereo4d.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.tracking.klt.KltOptions;
import org.stereo4d.tracking.klt.KltTracker;

/** The embedded tracker against exact truth: people, balls and boxes before a hand-held camera. */
class TrackerSceneTest {
  private static final int FRAMES = 90;
  private static final double MEDIAN_PX = 0.5;
  private static final double NEAR_PX = 2;

  /** Least share of visible entries within 2 px, and of entries whose visibility is right. */
  private record Bar(double near, double visibility) {}

  /** Long occlusions that are not seen through keep visibility below the aim of 0.95. */
  private static final Bar BRIGHTNESS = new Bar(0.9, 0.895);

  /** Bodies of like colours, and places foretold wrongly, keep it below the same aim. */
  private static final Bar COLOR = new Bar(0.92, 0.93);

  @Test
  void track_movingObjects_staysWithinItsErrors() {
    check(KltOptions.DEFAULTS, BRIGHTNESS);
  }

  @Test
  void track_movingObjectsByColor_seesMoreOfWhatIsHidden() {
    check(KltOptions.DEFAULTS.withColor(true), COLOR);
  }

  private static void check(KltOptions options, Bar bar) {
    PinholeCamera camera = PinholeCamera.ofHorizontalFovDegrees(new ImageSize(512, 512), 60);
    SyntheticClip clip =
        SyntheticClip.of(
            Preset.MOVING_OBJECTS, Preset.MOVING_OBJECTS.options().withFrameCount(FRAMES));
    QueryPoints queries =
        QueryGrid.DEFAULTS.withEveryFrames(30).withStridePx(16).queries(camera.size(), FRAMES);
    Tracks2d truth = clip.tracks(camera, queries).tracks2d();
    Tracks2d found =
        new KltTracker(options).track(clip.leftImages(camera), queries, Progress.NONE).tracks();
    double[] errors = new double[truth.visible().length];
    int n = 0;
    int equal = 0;
    for (int k = 0; k < truth.visible().length; k++) {
      equal += truth.visible()[k] == found.visible()[k] ? 1 : 0;
      if (truth.visible()[k] && found.visible()[k]) {
        errors[n++] =
            Math.hypot(
                (double) truth.xy()[2 * k] - found.xy()[2 * k],
                (double) truth.xy()[2 * k + 1] - found.xy()[2 * k + 1]);
      }
    }
    errors = Arrays.copyOf(errors, n);
    double near = Arrays.stream(errors).filter(e -> e <= NEAR_PX).count() / (double) n;
    Arrays.sort(errors);
    assertThat(errors[n / 2]).isLessThanOrEqualTo(MEDIAN_PX);
    assertThat(near).isGreaterThanOrEqualTo(bar.near);
    assertThat(equal / (double) truth.visible().length).isGreaterThanOrEqualTo(bar.visibility);
  }
}
