package org.stereo4d.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.track.TapVid3dMetrics.Protocol;
import org.stereo4d.track.TapVid3dMetrics.Radius;
import org.stereo4d.track.TapVid3dMetrics.Scaling;

class TapVid3dMetricsParityTest {
  private static final String FILE = "stereo4d/tapvid3d_metrics.npz";

  /** Counts are exact; only their quotients round. */
  private static final double TOLERANCE = 1e-12;

  static boolean[] not(boolean[] flags) {
    boolean[] out = new boolean[flags.length];
    for (int i = 0; i < flags.length; i++) {
      out[i] = !flags[i];
    }
    return out;
  }

  @Test
  void of_everyStoredScalingAndRadius_isTheReferences() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file(FILE))) {
      int frames = npz.requireShape("gt_tracks", -1, -1, 3)[1];
      CameraTracks truth =
          CameraTracks.wrap(frames, npz.doubles("gt_tracks"), not(npz.booleans("gt_occluded")));
      CameraTracks prediction =
          CameraTracks.wrap(frames, npz.doubles("pred_tracks"), not(npz.booleans("pred_occluded")));
      double[] intrinsics = npz.doubles("intrinsics");
      double focal = Math.sqrt(intrinsics[0] * intrinsics[1]);
      double[] queries = npz.doubles("query_points");
      int[] queryFrames = new int[truth.count()];
      for (int i = 0; i < queryFrames.length; i++) {
        queryFrames[i] = (int) Math.rint(queries[3 * i]);
      }
      int compared = 0;
      for (Scaling scaling : Scaling.values()) {
        for (Radius radius : Radius.values()) {
          String name = ("m_" + scaling + "_" + radius).toLowerCase(Locale.ROOT);
          if (npz.has(name)) {
            Protocol options = new Protocol(focal, scaling, radius);
            compare(
                name,
                TapVid3dMetrics.of(truth, prediction, queryFrames, options),
                npz.doubles(name));
            compared++;
          }
        }
      }
      long stored = npz.names().stream().filter(name -> name.startsWith("m_")).count();
      assertThat(compared).isEqualTo((int) stored).isPositive();
    }
  }

  private static void compare(String name, TapVid3dMetrics metrics, double[] expected) {
    double[] actual = new double[13];
    actual[0] = metrics.occlusionAccuracy();
    System.arraycopy(metrics.pointsWithin(), 0, actual, 1, 5);
    System.arraycopy(metrics.jaccard(), 0, actual, 6, 5);
    actual[11] = metrics.averageJaccard();
    actual[12] = metrics.averagePointsWithin();
    for (int i = 0; i < 13; i++) {
      assertThat(actual[i]).as("%s[%s]", name, i).isCloseTo(expected[i], within(TOLERANCE));
    }
  }
}
