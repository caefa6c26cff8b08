package org.stereo4d.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.Mask;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;

class SyntheticLoopTest {
  private static final SyntheticLoopOptions QUIET = SyntheticLoopOptions.DEFAULTS.withNoiseSigma(0);

  @Test
  void image_onePeriodLater_hasTheSameBits() {
    SyntheticLoop loop = SyntheticLoop.of(QUIET);
    for (int camera = 0; camera < 5; camera++) {
      assertThat(loop.image(camera, 7 + 24)).isEqualTo(loop.image(camera, 7));
      assertThat(loop.image(camera, 7 + 48)).isEqualTo(loop.image(camera, 7));
    }
  }

  @Test
  void image_withinThePeriod_neverRepeatsOnTheWaterAndNeverChangesBesideIt() {
    SyntheticLoop loop = SyntheticLoop.of(QUIET);
    Mask water = loop.moving(2);
    assertThat(water.count() / (160.0 * 90)).isBetween(0.15, 0.5);
    ByteImage first = loop.image(2, 0);
    for (int t = 1; t < 24; t++) {
      ByteImage other = loop.image(2, t);
      double onWater = 0;
      double beside = 0;
      for (int y = 1; y < 89; y++) {
        for (int x = 1; x < 159; x++) {
          double d = Math.abs(first.at(x, y, 1) - other.at(x, y, 1));
          onWater += water.at(x, y) ? d / water.count() : 0;
          beside += isFarFromWater(water, x, y) ? d : 0;
        }
      }
      assertThat(onWater).isGreaterThan(4);
      assertThat(beside).isZero();
    }
  }

  private static boolean isFarFromWater(Mask water, int x, int y) {
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        if (water.at(x + dx, y + dy)) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void offsets_ofCameras_differAndShiftTheVideos() {
    SyntheticLoop loop = SyntheticLoop.of(QUIET);
    Set<Double> offsets = new HashSet<>();
    for (int camera = 0; camera < 5; camera++) {
      double offset = loop.offsetFrames(camera);
      assertThat(offset).isBetween(0.0, 24.0);
      offsets.add(offset);
      // the noise-free picture of the view at the stated phase
      assertThat(loop.draw(loop.view(camera, offset + 3)).toBytes())
          .isEqualTo(loop.image(camera, 3));
    }
    assertThat(offsets).hasSize(5);
  }

  @Test
  void cameras_layout_facesForwardAroundTheFirst() {
    SyntheticLoop loop = SyntheticLoop.of(QUIET);
    for (Rigid3 pose : loop.worldFromCameras()) {
      assertThat(pose.translation().norm()).isLessThan(0.2);
      assertThat(pose.rotation().apply(new Vec3(0, 0, 1)).z()).isGreaterThan(0.98);
    }
    assertThat(loop.worldFromCameras().get(0).translation()).isEqualTo(Vec3.ZERO);
    assertThat(loop.worldFromCameras().get(1).translation().norm()).isGreaterThan(0.07);
  }

  @Test
  void nearFarMeters_ofEachCamera_boundTheDepth() {
    SyntheticLoop loop = SyntheticLoop.of(QUIET);
    double[] bounds = loop.nearFarMeters(3);
    assertThat(bounds[0]).isBetween(1.5, 3.0);
    assertThat(bounds[1]).isBetween(4.5, 5.5);
  }

  @Test
  void video_demo_hasItsFramesWithNoise() throws IOException {
    SyntheticLoop loop = SyntheticLoop.of(SyntheticLoopOptions.DEMO);
    int count = 0;
    try (VideoReader video = loop.video(1)) {
      for (Frame frame : video) {
        assertThat(frame.image().size()).isEqualTo(SyntheticLoopOptions.DEMO.size());
        count++;
      }
    }
    assertThat(count).isEqualTo(48);
    assertThat(loop.image(1, 0)).isNotEqualTo(loop.image(1, 16));
  }
}
