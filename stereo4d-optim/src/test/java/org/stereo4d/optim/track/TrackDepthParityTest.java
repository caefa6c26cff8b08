package org.stereo4d.optim.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.track.Tracks3d;

class TrackDepthParityTest {
  /** Points are stored in single precision: two roundings of values below 16 m. */
  private static final double METERS = 2e-6;

  @Test
  void at_goldenTracks_givesTheMapsOfTheReference() throws IOException {
    try (NpzFile terms = NpzFile.open(Golden.file("stereo4d/energy_terms.npz"));
        NpzFile optimised = NpzFile.open(Golden.file("stereo4d/optimised_tracks.npz"));
        NpzFile maps = NpzFile.open(Golden.file("stereo4d/depth_projection.npz"))) {
      int[] shape = optimised.shape("points_opt");
      Tracks3d tracks = tracks(optimised.floats("points_opt"), shape[0], shape[1]);
      int side = (int) terms.doubles("im_size")[0];
      PinholeCamera camera =
          PinholeCamera.ofHorizontalFovDegrees(new ImageSize(side, side), terms.doubles("hfov")[0]);
      double[] extrinsics = terms.doubles("extr");
      int[] pixels = maps.ints("pixels");
      double[] last = maps.doubles("depth");
      double[] nearest = maps.doubles("depth_nearest");
      int found = 0;
      for (int t = 0; t < shape[1]; t++) {
        Rigid3 worldFromCamera =
            Rigid3.ofMatrix34(Arrays.copyOfRange(extrinsics, 12 * t, 12 * t + 12)).inverse();
        DepthMap near = TrackDepth.NEAREST.at(t, tracks, camera, worldFromCamera);
        found += near.known().count();
        DepthMap overwritten = TrackDepth.LAST.at(t, tracks, camera, worldFromCamera);
        for (int k = 0; k < last.length; k++) {
          if (pixels[3 * k] == t) {
            int y = pixels[3 * k + 1];
            int x = pixels[3 * k + 2];
            assertThat((double) near.at(x, y))
                .isCloseTo(nearest[k], org.assertj.core.data.Offset.offset(METERS));
            assertThat((double) overwritten.at(x, y))
                .isCloseTo(last[k], org.assertj.core.data.Offset.offset(METERS));
          }
        }
      }
      assertThat(found).isEqualTo(last.length);
    }
  }

  @Test
  void at_twoPointsOnOneRay_keepsTheNearer() {
    PinholeCamera camera = PinholeCamera.ofHorizontalFovDegrees(new ImageSize(9, 9), 60);
    float[] xyz = {0, 0, 2, 0, 0, 3, 0, 0, -1};
    Tracks3d tracks = Tracks3d.wrap(1, xyz, new boolean[] {true, true, true}, new byte[9]);
    DepthMap near = TrackDepth.NEAREST.at(0, tracks, camera, Rigid3.IDENTITY);
    assertThat(near.at(4, 4)).isEqualTo(2);
    assertThat(near.known().count()).isEqualTo(1);
    assertThat(TrackDepth.LAST.at(0, tracks, camera, Rigid3.IDENTITY).at(4, 4)).isEqualTo(3);
  }

  private static Tracks3d tracks(float[] xyz, int count, int frames) {
    boolean[] visible = new boolean[count * frames];
    List<Integer> hidden = new ArrayList<>();
    for (int k = 0; k < visible.length; k++) {
      visible[k] = !Float.isNaN(xyz[3 * k]);
      if (!visible[k]) {
        hidden.add(k);
      }
    }
    for (int k : hidden) {
      Arrays.fill(xyz, 3 * k, 3 * k + 3, 0f);
    }
    return Tracks3d.wrap(frames, xyz, visible, new byte[3 * count]);
  }
}
