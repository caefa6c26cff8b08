package org.stereo4d.videoloop.mpi;

/** Where the point of a plane is stored. */
public sealed interface LayerMap permits DenseLayers, TileLayers {
  /** The planes. */
  PlaneGeometry geometry();

  /**
   * Finds the texels of points of a row that lie inside a plane, and puts those that are stored
   * into the next slot of their pixels.
   *
   * @param plane index, nearest first
   * @param perAhead one over the plane's depth from the camera
   * @param taps holds the points in texels of the plane; receives the places
   */
  void locateRun(int plane, int startInclusive, int endExclusive, double perAhead, SlotTaps taps);

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
