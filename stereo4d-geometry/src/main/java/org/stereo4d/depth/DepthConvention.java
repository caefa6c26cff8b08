package org.stereo4d.depth;

import org.stereo4d.image.FloatImage;

/** What the numbers of a given map mean; it must be stated, since nothing in a file tells. */
public enum DepthConvention {
  /** Larger is nearer. */
  INVERSE_DEPTH,
  /** Larger is farther; 0 and less are unknown. */
  DEPTH;

  /** The inverse depth of such numbers; what is not finite becomes NaN. */
  public InverseDepthMap toInverse(FloatImage values) {
    FloatImage out = values.copy();
    float[] samples = out.array();
    for (int i = 0; i < samples.length; i++) {
      float v = samples[i];
      float inverse =
          switch (this) {
            case INVERSE_DEPTH -> v;
            case DEPTH -> v > 0 ? 1 / v : Float.NaN;
          };
      samples[i] = Float.isFinite(inverse) ? inverse : Float.NaN;
    }
    return new InverseDepthMap(out);
  }
}
