package org.stereo4d.io.colmap;

import org.stereo4d.camera.Rigid3;
import org.stereo4d.run.Check;

/**
 * A picture whose pose is known.
 *
 * @param id arbitrary
 * @param cameraFromWorld pose as stored
 * @param cameraId id of its camera
 * @param name file name, may contain blanks and folders
 * @param xyPx raster x and y of each key point
 * @param pointIds id of the point each key point belongs to, -1 for none
 */
public record ColmapImage(
    int id, Rigid3 cameraFromWorld, int cameraId, String name, double[] xyPx, long[] pointIds) {
  /** Checks the key points; the arrays are not copied, since a model holds millions. */
  public ColmapImage {
    Check.that(!name.isBlank(), "image %s: name must not be blank, was '%s'", id, name);
    Check.that(
        xyPx.length == 2L * pointIds.length,
        "image %s: %s key points need twice as many coordinates, had %s",
        id,
        pointIds.length,
        xyPx.length);
  }

  /** The pose. */
  public Rigid3 worldFromCamera() {
    return cameraFromWorld.inverse();
  }
}
