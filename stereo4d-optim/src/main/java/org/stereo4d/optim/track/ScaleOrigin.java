package org.stereo4d.optim.track;

/** From where the static term measures distances for its scale. */
public enum ScaleOrigin {
  /** The origin of the world, as in the reference: depends on the choice of the world. */
  WORLD,
  /** The mean camera centre: does not. */
  MEAN_CAMERA
}
