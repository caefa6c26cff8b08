package org.stereo4d.tracking.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.MotionMagnitude;

class DriftFilterParityTest {
  private static final String FILE = "stereo4d/drift_filter.npz";

  /** Stored tolerance: the reference computes displacements in single precision, px. */
  private static final double TOLERANCE_PX = 1e-3;

  private static final double SHARE_TOLERANCE = 1e-12;

  @Test
  void apply_storedTracks_everyRuleIsTheReferences() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file(FILE))) {
      int[] shape = npz.requireShape("seg_maps", -1, -1, -1);
      ImageSize size = new ImageSize(shape[2], shape[1]);
      byte[] classes = npz.bytes("seg_maps");
      List<ClassMap> maps = new ArrayList<>();
      for (int t = 0; t < shape[0]; t++) {
        maps.add(
            ClassMap.wrap(
                Arrays.copyOfRange(classes, t * size.area(), (t + 1) * size.area()), size));
      }
      int n = npz.shape("tracks")[0];
      Tracks2d tracks =
          Tracks2d.wrap(
              QueryPoints.wrap(new int[n], new float[2 * n]),
              shape[0],
              npz.floats("tracks"),
              npz.booleans("visibles2d"));
      Tracks3d lifted =
          Tracks3d.wrap(
              shape[0], npz.floats("track3d"), npz.booleans("visible3d"), new byte[3 * n]);
      List<Rigid3> poses = new ArrayList<>();
      double[] extr = npz.doubles("extr");
      for (int i = 0; i < extr.length; i += 12) {
        poses.add(Rigid3.ofMatrix34(Arrays.copyOfRange(extr, i, i + 12)).inverse());
      }
      PinholeCamera camera = PinholeCamera.ofHorizontalFovDegrees(size, npz.number("hfov"));
      MotionMagnitude motion = MotionMagnitude.of(lifted, camera, poses);
      float[] displacement = npz.floats("displacement");
      for (int k = 0; k < displacement.length; k++) {
        assertThat((double) motion.array()[k]).isCloseTo(displacement[k], within(TOLERANCE_PX));
      }
      compareLookUps(npz, tracks, maps);
      DriftReport report =
          new DriftFilter(DriftFilterOptions.DEFAULTS, ClassNames.ADE20K)
              .apply(tracks, lifted, motion, maps, size);
      compareRules(npz, report);
    }
  }

  private static void compareLookUps(NpzFile npz, Tracks2d tracks, List<ClassMap> maps)
      throws IOException {
    boolean[] sky = npz.booleans("sky_at");
    boolean[] still = npz.booleans("static_at");
    for (int i = 0; i < tracks.count(); i++) {
      for (int t = 0; t < tracks.frameCount(); t++) {
        int at = maps.get(t).nearest(tracks.xPx(i, t), tracks.yPx(i, t));
        int k = i * tracks.frameCount() + t;
        assertThat(at == ClassNames.ADE20K.classOf("sky")).isEqualTo(sky[k]);
        assertThat(
                DriftFilterOptions.DEFAULTS
                    .staticClasses()
                    .contains(ClassNames.ADE20K.names().get(at)))
            .isEqualTo(still[k]);
      }
    }
  }

  private static void compareRules(NpzFile npz, DriftReport report) throws IOException {
    assertThat(report.sky()).isEqualTo(npz.booleans("sky_track"));
    assertThat(report.boundary()).isEqualTo(npz.booleans("boundary_track"));
    assertThat(report.drifting()).isEqualTo(npz.booleans("drift_track"));
    double[] share = npz.doubles("static_fraction");
    boolean[] keep = npz.booleans("keep");
    for (int i = 0; i < share.length; i++) {
      if (Double.isNaN(share[i])) { // never visible: the reference keeps it, we do not
        assertThat(report.staticShare()[i]).isNaN();
        assertThat(report.keep()[i]).isFalse();
      } else {
        assertThat(report.staticShare()[i]).isCloseTo(share[i], within(SHARE_TOLERANCE));
        assertThat(report.keep()[i]).as("track %s", i).isEqualTo(keep[i]);
      }
    }
    assertThat(report.skippedBecause()).isEmpty();
  }
}
