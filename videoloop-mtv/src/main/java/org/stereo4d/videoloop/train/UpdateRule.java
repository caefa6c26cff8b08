package org.stereo4d.videoloop.train;

/** How texels follow their gradient. */
public enum UpdateRule {
  /** Adam on every texel in every step. */
  ADAM,
  /** Adam on the texels that have a gradient in this step. */
  LAZY_ADAM,
  /** Gradient descent with momentum 0.9. */
  MOMENTUM
}
