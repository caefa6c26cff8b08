package org.stereo4d.videoloop.mpi;

/** Where the point of a plane is stored. */
public sealed interface LayerMap permits DenseLayers, TileLayers {
  /** The planes. */
  PlaneGeometry geometry();

  /**
   * Finds the texels of a plane point.
   *
   * @param plane index, nearest first
   * @param px plane column in texels, inside the plane
   * @param py plane row in texels, inside the plane
   * @param tap receives the place
   * @return whether the plane holds anything there
   */
  boolean locate(int plane, double px, double py, Tap tap);

  /** Number of owners of texels; texels of owners of the same {@link #color} never meet. */
  int owners();

  /** A number in [0, {@link #colors}). */
  int color(int owner);

  /** Number of colours. */
  int colors();

  /** Whether an owner's texels are in the moving stack. */
  boolean isMoving(int owner);

  /** Texels from one row to the next in the stack of an owner. */
  int rowTexels(int owner);
}
