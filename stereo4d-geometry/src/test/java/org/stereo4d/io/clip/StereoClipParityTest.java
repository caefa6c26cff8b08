package org.stereo4d.io.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

/** A clip in the released format against its decoding by the reference. */
class StereoClipParityTest {
  private static final String CLIP = "stereo4d/release_clip.npz";
  private static final String DECODED = "stereo4d/release_clip_decoded.npz";

  /** Poses are released as float32. */
  private static final double POSE_TOLERANCE = 1e-6;

  @TempDir Path folder;

  @Test
  void read_releasedClip_decodesLikeTheReference() throws IOException {
    check(StereoClip.read(Golden.file(CLIP)));
  }

  @Test
  void read_clipThatWeWrote_decodesLikeTheReference() throws IOException {
    Path copy = folder.resolve("copy.npz");
    StereoClip.read(Golden.file(CLIP)).write(copy);
    check(StereoClip.read(copy));
  }

  private static void check(StereoClip clip) throws IOException {
    try (NpzFile file = NpzFile.open(Golden.file(CLIP));
        NpzFile decoded = NpzFile.open(Golden.file(DECODED))) {
      assertThat(clip.name()).isEqualTo(file.text("name"));
      assertThat(clip.videoId()).isEqualTo(file.text("video_id"));
      assertThat(clip.timestampsMicros()).isEqualTo(file.longs("timestamps"));
      int[] shape = decoded.requireShape("track3d", -1, -1, 3);
      assertThat(clip.tracks().count()).isEqualTo(shape[0]);
      assertThat(clip.frameCount()).isEqualTo(shape[1]);
      double[] expected = decoded.doubles("track3d");
      float[] actual = clip.tracks().denseWithNaN();
      for (int i = 0; i < expected.length; i++) {
        assertThat(Double.compare(actual[i], expected[i])).as("track3d[%s]", i).isZero();
      }
      double[] extrinsics = decoded.doubles("extrs_rectified");
      for (int t = 0; t < clip.frameCount(); t++) {
        double[] m = clip.worldFromCameras().get(t).inverse().toMatrix34();
        for (int i = 0; i < 12; i++) {
          assertThat(m[i]).isCloseTo(extrinsics[12 * t + i], within(POSE_TOLERANCE));
        }
      }
      assertThat(clip.calibration().bounds().toArray()).isEqualTo(decoded.doubles("meta_fov"));
      double[] rotations = file.doubles("rectified2rig");
      double[] left = clip.calibration().leftFromRectified().toMatrix();
      double[] right = clip.calibration().rightFromRectified().toMatrix();
      for (int i = 0; i < 9; i++) {
        assertThat(left[i]).isCloseTo(rotations[i], within(POSE_TOLERANCE));
        assertThat(right[i]).isCloseTo(rotations[9 + i], within(POSE_TOLERANCE));
      }
    }
  }
}
