package org.stereo4d.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.track.Tracks3d;

class MotionParityTest {
  private static final String FILE = "stereo4d/energy_terms.npz";

  /** Stored tolerance, px; the reference computes in single precision. */
  private static final double TOLERANCE_PX = 1e-3;

  @Test
  void of_storedTracks_motionMaskAndPercentileAreTheReferences() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file(FILE))) {
      int frames = npz.requireShape("points", -1, -1, 3)[1];
      Tracks3d tracks =
          Tracks3d.wrap(
              frames,
              npz.floats("points"),
              npz.booleans("visible"),
              new byte[3 * npz.shape("points")[0]]);
      int side = (int) npz.integer("im_size");
      PinholeCamera camera =
          PinholeCamera.ofHorizontalFovDegrees(new ImageSize(side, side), npz.number("hfov"));
      List<Rigid3> poses = LiftingParityTest.worldFromCameras(npz.doubles("extr"));
      MotionMagnitude motion = MotionMagnitude.of(tracks, camera, poses);
      float[] expected = npz.floats("motion");
      for (int k = 0; k < expected.length; k++) {
        assertThat((double) motion.array()[k]).isCloseTo(expected[k], within(TOLERANCE_PX));
      }
      boolean[] mask = tracks.erodedVisibility(5);
      assertThat(mask).isEqualTo(npz.booleans("mask"));
      double[] percentile = npz.doubles("motion_p90");
      for (int i = 0; i < percentile.length; i++) {
        double ours = motion.percentilePx(i, mask, 0.9);
        if (Double.isNaN(percentile[i])) {
          assertThat(ours).isNaN();
        } else {
          assertThat(ours).isCloseTo(percentile[i], within(TOLERANCE_PX));
        }
      }
    }
  }
}
