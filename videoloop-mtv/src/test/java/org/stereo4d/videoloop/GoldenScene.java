package org.stereo4d.videoloop;

import java.io.IOException;
import java.util.Arrays;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.videoloop.mpi.PlaneGeometry;
import org.stereo4d.videoloop.mpi.TextureStack;

/** Reads geometry, cameras and textures of golden files. */
public final class GoldenScene {
  private GoldenScene() {}

  /** Size of the pictures. */
  public static ImageSize size(NpzFile npz) throws IOException {
    return new ImageSize((int) npz.integer("W"), (int) npz.integer("H"));
  }

  /** The planes of a file. */
  public static PlaneGeometry geometry(NpzFile npz) throws IOException {
    ImageSize size = size(npz);
    Rigid3 reference =
        npz.has("ref_extrin") ? rigid(npz.doubles("ref_extrin"), 0) : Rigid3.IDENTITY;
    return new PlaneGeometry(
        camera(npz.doubles("ref_intrin"), 0, size),
        reference,
        npz.number("near"),
        npz.number("far"),
        (int) npz.integer("mpi_d"),
        PlaneGeometry.scaledPlane(size, npz.number("mpi_h_scale"), npz.number("mpi_w_scale")),
        (int) npz.integer("mpi_h_verts"),
        (int) npz.integer("mpi_w_verts"),
        (int) npz.integer("atlas_grid_h"));
  }

  /** The i-th 3x3 matrix. */
  public static PinholeCamera camera(double[] matrices, int i, ImageSize size) {
    double[] m = Arrays.copyOfRange(matrices, 9 * i, 9 * i + 9);
    return new PinholeCamera(size, m[0], m[4], m[2], m[5]);
  }

  /** The i-th 4x4 matrix. */
  public static Rigid3 rigid(double[] matrices, int i) {
    return Rigid3.ofMatrix34(Arrays.copyOfRange(matrices, 16 * i, 16 * i + 12));
  }

  /** A target camera. */
  public static PinholeCamera targetCamera(NpzFile npz, int view) throws IOException {
    return camera(npz.doubles("tar_intrins"), view, size(npz));
  }

  /** A target pose. */
  public static Rigid3 targetFromWorld(NpzFile npz, int view) throws IOException {
    return rigid(npz.doubles("tar_extrins"), view);
  }

  /** The dense atlas with its label as fifth channel. */
  public static TextureStack atlasWithLabel(NpzFile npz, String atlas, String mask)
      throws IOException {
    int[] shape = npz.shape(atlas);
    float[] colors = npz.floats(atlas);
    float[] label = npz.floats(mask);
    float[] all = Arrays.copyOf(colors, colors.length + label.length);
    System.arraycopy(label, 0, all, colors.length, label.length);
    return TextureStack.ofPlanes(all, shape[3], shape[2], 5, 1);
  }

  /** Asserts near equality, element by element: abs tolerance or relative tolerance. */
  public static void assertClose(
      float[] actual, float[] expected, double absolute, double relative, String what) {
    if (actual.length != expected.length) {
      throw new AssertionError(
          what + ": " + actual.length + " values, expected " + expected.length);
    }
    for (int i = 0; i < actual.length; i++) {
      double allowed = Math.max(absolute, relative * Math.abs(expected[i]));
      if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
        throw new AssertionError(
            what
                + "["
                + i
                + "] is "
                + actual[i]
                + ", expected "
                + expected[i]
                + " within "
                + allowed);
      }
    }
  }
}
