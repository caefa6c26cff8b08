package org.stereo4d.stereocrafter.format;

import org.stereo4d.image.Border;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.warp.ImageRemapper;
import org.stereo4d.warp.RemapOptions;
import org.stereo4d.warp.RemapTable;
import org.stereo4d.warp.Sampling;

/**
 * A flat picture on the half sphere of one VR180 eye, as a square equirectangular picture of side
 * S:
 *
 * <pre>
 * az = X pi / 2,   el = Y pi / 2,   x = tan az / tan(fov / 2),   y = tan el / (cos az tan(fov / 2))
 * </pre>
 *
 * X, Y in [-1, 1] on the square, x, y in [-1, 1] over the longer side of the picture, all with the
 * centres of the corner pixels on -1 and 1. Behind and beside the picture the sphere is black.
 */
public final class Vr180Picture {
  /** Field of view of the reference, which fixes S = 1.5 times the longer side. */
  public static final double REFERENCE_FOV_DEGREES = 2 * Math.toDegrees(Math.atan(1));

  private static final RemapOptions CUBIC = new RemapOptions(Sampling.BICUBIC, Border.ZERO);
  private final RemapTable table;
  private final ImageRemapper remapper;

  private Vr180Picture(RemapTable table, ImageRemapper remapper) {
    this.table = table;
    this.remapper = remapper;
  }

  /**
   * The projection of pictures of one size.
   *
   * @param fovDegrees angle that the longer side spans, in (0, 180)
   */
  public static Vr180Picture of(ImageSize picture, double fovDegrees, ImageRemapper remapper) {
    Check.that(
        fovDegrees > 0 && fovDegrees < 180, "fovDegrees must be in (0, 180), was %s", fovDegrees);
    int longer = Math.max(picture.width(), picture.height());
    int side = longer + longer / 2;
    int padX = (side - picture.width()) / 2;
    int padY = (side - picture.height()) / 2;
    double scale = longer / (side * Math.tan(Math.toRadians(fovDegrees) / 2));
    float[] xs = new float[side * side];
    float[] ys = new float[side * side];
    for (int row = 0; row < side; row++) {
      double elevation = (2.0 * row / (side - 1) - 1) * Math.PI / 2;
      for (int column = 0; column < side; column++) {
        double azimuth = (2.0 * column / (side - 1) - 1) * Math.PI / 2;
        double x = scale * Math.tan(azimuth);
        double y = scale * Math.tan(elevation) / Math.cos(azimuth);
        xs[row * side + column] = index(x, side, padX);
        ys[row * side + column] = index(y, side, padY);
      }
    }
    RemapTable table = RemapTable.of(new ImageSize(side, side), picture, xs, ys);
    return new Vr180Picture(table, remapper);
  }

  private static float index(double place, int side, int pad) {
    double index = (place + 1) / 2 * (side - 1) - pad;
    return Math.abs(index) < 4.0 * side ? (float) index : Float.NaN;
  }

  /** Size of the square. */
  public ImageSize size() {
    return table.targetSize();
  }

  /** The half sphere of a picture with values in [0, 1]. */
  public FloatImage project(FloatImage picture) {
    FloatImage out = remapper.remap(picture, table, CUBIC);
    float[] samples = out.array();
    for (int i = 0; i < samples.length; i++) {
      float v = samples[i];
      samples[i] = v > 0 ? Math.min(v, 1) : 0; // also what sees nothing
    }
    return out;
  }

  /** The half sphere of a picture. */
  public ByteImage project(ByteImage picture) {
    return remapper.remap(picture, table, CUBIC);
  }
}
