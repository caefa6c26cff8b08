package org.stereo4d.io.colmap;

import org.stereo4d.camera.Vec3;
import org.stereo4d.run.Check;

/**
 * A triangulated point.
 *
 * @param id arbitrary
 * @param pointWorld position; finite
 * @param rgb red, green, blue as 0xrrggbb
 * @param errorPx mean reprojection error
 * @param imageIds pictures that see it
 * @param keyPointIndices index of its key point in each of them
 */
public record ColmapPoint(
    long id, Vec3 pointWorld, int rgb, double errorPx, int[] imageIds, int[] keyPointIndices) {
  /** Checks the position and the track; the arrays are not copied. */
  public ColmapPoint {
    Check.that(pointWorld.isFinite(), "point %s: must be finite, was %s", id, pointWorld);
    Check.that(
        imageIds.length == keyPointIndices.length,
        "point %s: %s images need as many key points, had %s",
        id,
        imageIds.length,
        keyPointIndices.length);
  }
}
