package org.stereo4d.videoloop.mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.videoloop.GoldenScene;

class PlaneGeometryParityTest {
  /** Golden values are float32. */
  private static final double RELATIVE = 1e-6;

  @Test
  void depth_goldenCases_areUniformInDisparity() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/plane_geometry.npz"))) {
      for (int c = 0; npz.has("case" + c + "_params"); c++) {
        double[] params = npz.doubles("case" + c + "_params");
        double[] depths = npz.doubles("case" + c + "_depths");
        ImageSize size = new ImageSize(8, 8);
        PinholeCamera camera = new PinholeCamera(size, 8, 8, 4, 4);
        PlaneGeometry geometry =
            new PlaneGeometry(
                camera, Rigid3.IDENTITY, params[1], params[2], (int) params[0], size, 2, 2, 1);
        for (int k = 0; k < depths.length; k++) {
          assertThat(geometry.depth(k)).isCloseTo(depths[k], within(RELATIVE * depths[k]));
        }
      }
    }
  }

  @Test
  void grid_goldenScene_hasThoseVerticesAndTriangles() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/plane_geometry.npz"))) {
      PlaneGeometry geometry = GoldenScene.geometry(npz);
      double[] expected = npz.doubles("verts");
      double[] vertices = geometry.vertices();
      assertThat(vertices).hasSameSizeAs(expected);
      for (int i = 0; i < vertices.length; i++) {
        assertThat(vertices[i])
            .isCloseTo(expected[i], within(RELATIVE * Math.max(1, Math.abs(expected[i]))));
      }
      int[] faces = npz.ints("faces");
      assertThat(geometry.quads()).isEqualTo(faces.length / 6);
      for (int quad = 0; quad < geometry.quads(); quad++) {
        int[] v = geometry.corners(quad);
        int[] two = {v[0], v[1], v[3], v[3], v[2], v[0]};
        for (int i = 0; i < 6; i++) {
          assertThat(faces[6 * quad + i]).isEqualTo(two[i]);
        }
      }
      assertThat(npz.ints("atlas_hw"))
          .containsExactly(geometry.atlasSize().height(), geometry.atlasSize().width());
      assertThat(npz.ints("start_hw")).containsExactly(geometry.padRows(), geometry.padColumns());
    }
  }
}
