package org.stereo4d.depth;

/** Which pixel of a map a raster point reads. */
public enum DepthLookup {
  /**
   * The index nearest to the raster coordinate, half to even: the reference's rule, half a pixel
   * off since it takes raster coordinates for indices (spec F.1).
   */
  ROUND,
  /** The pixel that holds the point. */
  FLOOR;

  /**
   * Index along one axis, clipped to the map.
   *
   * @param raster x or y
   * @param side width or height
   */
  public int index(double raster, int side) {
    double nearest = this == ROUND ? Math.rint(raster) : Math.floor(raster);
    return (int) Math.max(0, Math.min(side - 1, nearest));
  }
}
