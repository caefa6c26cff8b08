package org.stereo4d.videoloop.train;

import org.stereo4d.run.Check;
import org.stereo4d.videoloop.data.LoopCameras;
import org.stereo4d.videoloop.mpi.PlaneGeometry;

/**
 * The planes of a scene.
 *
 * @param planes D; {@code >= 2}. Reference base 32
 * @param heightScale plane height over picture height; {@code >= 1}. Reference base 1.6
 * @param widthScale plane width over picture width; {@code >= 1}. Reference base 1.6
 * @param vertexRows rows of vertices; {@code >= 2}. Reference base 36
 * @param vertexColumns columns of vertices; {@code >= 2}. Reference base 64
 * @param atlasRows rows of planes in the atlas; divides D. Reference base 4
 */
public record PlaneOptions(
    int planes,
    double heightScale,
    double widthScale,
    int vertexRows,
    int vertexColumns,
    int atlasRows) {
  /** 32 planes of 1.6 times the picture, 35x63 quads. */
  public static final PlaneOptions DEFAULTS = new PlaneOptions(32, 1.6, 1.6, 36, 64, 4);

  /** Checks the counts. */
  public PlaneOptions {
    Check.that(planes >= 2, "planes must be >= 2, was %s", planes);
    Check.that(
        atlasRows >= 1 && planes % atlasRows == 0,
        "atlasRows must divide the %s planes, was %s",
        planes,
        atlasRows);
  }

  /** These options with another number of planes, all in one row of the atlas if need be. */
  public PlaneOptions withPlanes(int planes) {
    return new PlaneOptions(
        planes,
        heightScale,
        widthScale,
        vertexRows,
        vertexColumns,
        planes % atlasRows == 0 ? atlasRows : 1);
  }

  /** These options with another grid of vertices. */
  public PlaneOptions withVertices(int vertexRows, int vertexColumns) {
    return new PlaneOptions(planes, heightScale, widthScale, vertexRows, vertexColumns, atlasRows);
  }

  /** These options with planes of another size. */
  public PlaneOptions withScales(double heightScale, double widthScale) {
    return new PlaneOptions(planes, heightScale, widthScale, vertexRows, vertexColumns, atlasRows);
  }

  /** The planes before the average camera. */
  public PlaneGeometry geometry(LoopCameras cameras) {
    return new PlaneGeometry(
        cameras.referenceCamera(),
        cameras.referenceFromWorld(),
        cameras.nearBound(),
        cameras.farBound(),
        planes,
        PlaneGeometry.scaledPlane(cameras.referenceCamera().size(), heightScale, widthScale),
        vertexRows,
        vertexColumns,
        atlasRows);
  }
}
