package org.stereo4d.optim.track;

/** What the dynamic term does near the ends of a clip. */
public enum Boundary {
  /** Neighbours are clamped to the clip, as in the reference: pulls the speed to 0 there. */
  CLAMP,
  /** Terms whose neighbour lies outside the clip are dropped. */
  INTERIOR
}
