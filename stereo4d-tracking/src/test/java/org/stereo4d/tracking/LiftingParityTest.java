package org.stereo4d.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;

class LiftingParityTest {
  private static final String FILE = "stereo4d/lifting.npz";

  /** Stored tolerance, metres; holds before results are kept as float. */
  private static final double TOLERANCE_METERS = 1e-6;

  /** Tracks hold floats: a half step at 20 m, and tracks that are rounded on the way in. */
  private static final double FLOAT_TOLERANCE_METERS = 4e-6;

  /** Poses stored as (T, 3, 4) world to camera. */
  static List<Rigid3> worldFromCameras(double[] cameraFromWorld) {
    List<Rigid3> out = new ArrayList<>();
    for (int i = 0; i < cameraFromWorld.length; i += 12) {
      out.add(Rigid3.ofMatrix34(Arrays.copyOfRange(cameraFromWorld, i, i + 12)).inverse());
    }
    return out;
  }

  private record Case(
      PinholeCamera camera,
      List<DepthMap> depths,
      List<ByteImage> video,
      List<Rigid3> poses,
      Tracks2d tracks) {

    /**
     * @param unknownIsNaN whether the reference's 0 becomes NaN, as elsewhere in the library
     */
    static Case read(NpzFile npz, boolean unknownIsNaN) throws IOException {
      int[] shape = npz.requireShape("depths", -1, -1, -1);
      ImageSize size = new ImageSize(shape[2], shape[1]);
      float[] depth = npz.floats("depths");
      byte[] pixels = npz.bytes("video");
      List<DepthMap> depths = new ArrayList<>();
      List<ByteImage> video = new ArrayList<>();
      int area = size.area();
      for (int t = 0; t < shape[0]; t++) {
        float[] map = Arrays.copyOfRange(depth, t * area, (t + 1) * area);
        for (int i = 0; i < map.length && unknownIsNaN; i++) {
          map[i] = map[i] == 0 ? Float.NaN : map[i];
        }
        depths.add(new DepthMap(FloatImage.wrap(map, size, 1)));
        video.add(
            ByteImage.wrap(Arrays.copyOfRange(pixels, 3 * t * area, 3 * (t + 1) * area), size, 3));
      }
      return new Case(
          PinholeCamera.ofNormalized(size, npz.doubles("intr_normalized")),
          depths,
          video,
          worldFromCameras(npz.doubles("extr")),
          Tracks2d.wrap(
              TrackPruneParityTest.queries(npz.ints("query_points")),
              shape[0],
              npz.floats("tracks"),
              npz.booleans("visibles")));
    }
  }

  @Test
  void lift_storedTracks_areTheReferences() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file(FILE))) {
      for (boolean unknownIsNaN : new boolean[] {false, true}) {
        Case c = Case.read(npz, unknownIsNaN);
        Tracks3d lifted =
            new TrackLifter(c.camera, LiftOptions.DEFAULTS)
                .lift(c.tracks, c.depths, c.poses, c.video);
        assertThat(lifted.visible()).isEqualTo(npz.booleans("visible"));
        assertThat(lifted.rgb()).isEqualTo(npz.bytes("colors"));
        double[] expected = npz.doubles("track3d");
        for (int k = 0; k < lifted.visible().length; k++) {
          for (int a = 0; a < 3 && lifted.visible()[k]; a++) {
            assertThat((double) lifted.xyz()[3 * k + a])
                .isCloseTo(expected[3 * k + a], within(FLOAT_TOLERANCE_METERS));
          }
        }
      }
    }
  }

  @Test
  void liftPoint_storedPointsInDouble_areTheReferences() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file(FILE))) {
      Case c = Case.read(npz, true);
      TrackLifter lifter = new TrackLifter(c.camera, LiftOptions.DEFAULTS);
      double[] tracks = npz.doubles("tracks");
      boolean[] visible = npz.booleans("visible");
      double[] expected = npz.doubles("track3d");
      double[] world = new double[3];
      int compared = 0;
      for (int k = 0; k < visible.length; k++) {
        int t = k % c.tracks.frameCount();
        if (visible[k]) {
          double[] pose = c.poses.get(t).toMatrix34();
          assertThat(
                  lifter.liftPoint(tracks[2 * k], tracks[2 * k + 1], c.depths.get(t), pose, world))
              .isTrue();
          for (int a = 0; a < 3; a++) {
            assertThat(world[a]).isCloseTo(expected[3 * k + a], within(TOLERANCE_METERS));
          }
          compared++;
        }
      }
      assertThat(compared).isPositive();
    }
  }
}
