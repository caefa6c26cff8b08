package org.stereo4d.videoloop.mpi;

import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * Planes in front of a reference camera, cut into a regular grid of quads.
 *
 * @param camera reference camera, of the size that pictures have; {@code fx = fy}
 * @param referenceFromWorld place of the reference camera
 * @param nearBound depth of the nearest plane, in scene units; {@code > 0}
 * @param farBound depth of the farthest plane, in scene units; {@code > nearBound}
 * @param planes D, number of planes; {@code >= 2}
 * @param planeSize size of each plane in texels; at least the picture size
 * @param vertexRows vertices of a plane from top to bottom; {@code >= 2}
 * @param vertexColumns vertices of a plane from left to right; {@code >= 2}
 * @param atlasRows rows of planes in the atlas; divides {@code planes}
 */
public record PlaneGeometry(
    PinholeCamera camera,
    Rigid3 referenceFromWorld,
    double nearBound,
    double farBound,
    int planes,
    ImageSize planeSize,
    int vertexRows,
    int vertexColumns,
    int atlasRows) {
  private static final double SQUARE_PIXELS = 1e-4; // relative difference of fx and fy

  /** Checks the ranges. */
  public PlaneGeometry {
    Check.that(planes >= 2, "planes must be >= 2, was %s", planes);
    Check.that(
        nearBound > 0 && farBound > nearBound && Double.isFinite(farBound),
        "bounds must be 0 < near < far, were %s and %s",
        nearBound,
        farBound);
    Check.that(
        planeSize.width() >= camera.size().width() && planeSize.height() >= camera.size().height(),
        "planeSize must be at least the picture size %s, was %s",
        camera.size(),
        planeSize);
    Check.that(
        vertexRows >= 2 && vertexColumns >= 2,
        "vertex grid must be at least 2x2, was %sx%s",
        vertexRows,
        vertexColumns);
    Check.that(
        atlasRows >= 1 && planes % atlasRows == 0,
        "atlasRows must divide the %s planes, was %s",
        planes,
        atlasRows);
    Check.that(
        Math.abs(camera.focalXPx() - camera.focalYPx()) <= SQUARE_PIXELS * camera.focalXPx(),
        "reference camera must have square pixels, had fx %s and fy %s",
        camera.focalXPx(),
        camera.focalYPx());
  }

  /**
   * Planes larger than the picture by a factor, {@code int(scale * side)} texels.
   *
   * @param heightScale plane height over picture height; {@code >= 1}
   * @param widthScale plane width over picture width; {@code >= 1}
   */
  public static ImageSize scaledPlane(ImageSize picture, double heightScale, double widthScale) {
    Check.that(
        heightScale >= 1 && widthScale >= 1,
        "plane scales must be >= 1, were %s and %s",
        heightScale,
        widthScale);
    return new ImageSize(
        (int) (widthScale * picture.width()), (int) (heightScale * picture.height()));
  }

  /** Depth of a plane in scene units; 0 is the nearest. */
  public double depth(int plane) {
    double inverse = 1 / nearBound + plane * (1 / farBound - 1 / nearBound) / (planes - 1);
    return 1 / inverse;
  }

  /** Texel rows above the picture area of a plane. */
  public int padRows() {
    return (planeSize.height() - camera.size().height()) / 2;
  }

  /** Texel columns left of the picture area of a plane. */
  public int padColumns() {
    return (planeSize.width() - camera.size().width()) / 2;
  }

  /** Columns of planes in the atlas. */
  public int atlasColumns() {
    return planes / atlasRows;
  }

  /** Size of the texture that holds all planes. */
  public ImageSize atlasSize() {
    return new ImageSize(planeSize.width() * atlasColumns(), planeSize.height() * atlasRows);
  }

  /** Quads of one plane. */
  public int quadsPerPlane() {
    return (vertexRows - 1) * (vertexColumns - 1);
  }

  /** Quads of all planes; ids run by plane, row, column. */
  public int quads() {
    return planes * quadsPerPlane();
  }

  /** Position of every vertex in the reference frame, (planes, rows, columns, 3). */
  public double[] vertices() {
    double[] out = new double[planes * vertexRows * vertexColumns * 3];
    int to = 0;
    for (int p = 0; p < planes; p++) {
      double depth = depth(p);
      double unitsPerTexel = depth / camera.focalXPx();
      for (int row = 0; row < vertexRows; row++) {
        double py = row * (planeSize.height() - 1.0) / (vertexRows - 1);
        for (int column = 0; column < vertexColumns; column++) {
          double px = column * (planeSize.width() - 1.0) / (vertexColumns - 1);
          out[to++] = (px - camera.centerXPx() - padColumns()) * unitsPerTexel;
          out[to++] = (py - camera.centerYPx() - padRows()) * unitsPerTexel;
          out[to++] = depth;
        }
      }
    }
    return out;
  }

  /** Vertex ids of a quad: top left, top right, bottom left, bottom right. */
  public int[] corners(int quad) {
    int plane = quad / quadsPerPlane();
    int row = quad % quadsPerPlane() / (vertexColumns - 1);
    int column = quad % (vertexColumns - 1);
    int topLeft = (plane * vertexRows + row) * vertexColumns + column;
    return new int[] {topLeft, topLeft + 1, topLeft + vertexColumns, topLeft + vertexColumns + 1};
  }
}
