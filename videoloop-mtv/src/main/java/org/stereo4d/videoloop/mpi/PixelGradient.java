package org.stereo4d.videoloop.mpi;

import org.stereo4d.run.Check;

/**
 * Derivatives of a loss by the values of a {@link Rendering}, in its layouts.
 *
 * @param color by the colours
 * @param alpha by accumulated alpha
 * @param label by the label; empty where there is none
 * @param inverseDepth by the weighted inverse depth
 */
public record PixelGradient(float[] color, float[] alpha, float[] label, float[] inverseDepth) {
  /** Checks that the arrays fit together. */
  public PixelGradient {
    Check.that(
        color.length == 3 * alpha.length
            && inverseDepth.length == alpha.length
            && (label.length == 0 || label.length == alpha.length),
        "gradients must fit: color %s, alpha %s, label %s, inverseDepth %s",
        color.length,
        alpha.length,
        label.length,
        inverseDepth.length);
  }

  /** All zero, to be added to. */
  public static PixelGradient zeros(Rendering rendering) {
    return new PixelGradient(
        new float[rendering.color.length],
        new float[rendering.alpha.length],
        new float[rendering.label.length],
        new float[rendering.inverseDepth.length]);
  }
}
