package org.stereo4d.synthetic.scene;

/**
 * A surface in the frame of its own object, intersected by rays in closed form.
 *
 * <p>A ray is six numbers: origin x, y, z and direction x, y, z. Distances count in lengths of the
 * direction.
 */
public sealed interface Shape permits Ellipsoid, Cuboid, Room {
  /** Rays start this far from their origin, so that a surface does not hide itself; metres. */
  double NEAREST_METERS = 1e-6;

  /** Distance to the nearest point ahead, at least {@link #NEAREST_METERS}; infinity for none. */
  double distance(double[] ray);

  /** The face a surface point lies on, in [0, {@link #faceCount}). */
  int face(double x, double y, double z);

  /** Number of faces. */
  int faceCount();

  /** Unit normal at a surface point; its sign is free. */
  void normal(double x, double y, double z, double[] xyz);

  /** Radius about the object's origin that holds the surface; infinity when rays always test it. */
  double boundingRadiusMeters();
}
