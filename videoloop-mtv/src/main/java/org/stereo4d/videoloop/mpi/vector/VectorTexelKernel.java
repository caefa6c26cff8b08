package org.stereo4d.videoloop.mpi.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.stereo4d.videoloop.mpi.TexelKernel;

/**
 * A texel of four channels is one vector of 128 bits; frames fill the widest vectors. Products and
 * sums are rounded one by one, as in the plain kernel.
 */
public final class VectorTexelKernel implements TexelKernel {
  private static final VectorSpecies<Float> TEXEL = FloatVector.SPECIES_128;
  private static final VectorSpecies<Float> WIDE = FloatVector.SPECIES_PREFERRED;

  /** Creates the twin. */
  public VectorTexelKernel() {}

  @Override
  public void blendPixels(
      float[] texels,
      int channels,
      int rowTexels,
      int[] texel,
      float[] right,
      float[] below,
      int start,
      int count,
      float[] out) {
    for (int i = 0; i < count; i++) {
      int top = channels * texel[start + i];
      int bottom = top + channels * rowTexels;
      float fx = right[start + i];
      FloatVector a = FloatVector.fromArray(TEXEL, texels, top);
      FloatVector b = FloatVector.fromArray(TEXEL, texels, top + channels);
      FloatVector c = FloatVector.fromArray(TEXEL, texels, bottom);
      FloatVector d = FloatVector.fromArray(TEXEL, texels, bottom + channels);
      FloatVector above = a.add(b.sub(a).mul(fx));
      FloatVector under = c.add(d.sub(c).mul(fx));
      above.add(under.sub(above).mul(below[start + i])).intoArray(out, 4 * i);
    }
  }

  @Override
  public void spreadPixel(
      float[] texels,
      int channels,
      int top,
      int bottom,
      float right,
      float below,
      float[] values,
      int from) {
    FloatVector value = FloatVector.fromArray(TEXEL, values, from);
    FloatVector lower = value.mul(below);
    FloatVector upper = value.sub(lower);
    float left = 1 - right;
    FloatVector.fromArray(TEXEL, texels, top).add(upper.mul(left)).intoArray(texels, top);
    FloatVector.fromArray(TEXEL, texels, top + channels)
        .add(upper.mul(right))
        .intoArray(texels, top + channels);
    FloatVector.fromArray(TEXEL, texels, bottom).add(lower.mul(left)).intoArray(texels, bottom);
    FloatVector.fromArray(TEXEL, texels, bottom + channels)
        .add(lower.mul(right))
        .intoArray(texels, bottom + channels);
  }

  @Override
  public void blendFrames(
      float[] texels,
      int i00,
      int i01,
      int i10,
      int i11,
      float[] weights,
      float[] out,
      int to,
      int frames) {
    float w00 = weights[0];
    float w01 = weights[1];
    float w10 = weights[2];
    float w11 = weights[3];
    int t = 0;
    for (int end = WIDE.loopBound(frames); t < end; t += WIDE.length()) {
      FloatVector.fromArray(WIDE, texels, i00 + t)
          .mul(w00)
          .add(FloatVector.fromArray(WIDE, texels, i01 + t).mul(w01))
          .add(FloatVector.fromArray(WIDE, texels, i10 + t).mul(w10))
          .add(FloatVector.fromArray(WIDE, texels, i11 + t).mul(w11))
          .intoArray(out, to + t);
    }
    for (; t < frames; t++) {
      out[to + t] =
          w00 * texels[i00 + t]
              + w01 * texels[i01 + t]
              + w10 * texels[i10 + t]
              + w11 * texels[i11 + t];
    }
  }

  @Override
  public void addFrames(float[] values, int from, float weight, float[] sums, int to, int frames) {
    int t = 0;
    for (int end = WIDE.loopBound(frames); t < end; t += WIDE.length()) {
      FloatVector.fromArray(WIDE, sums, to + t)
          .add(FloatVector.fromArray(WIDE, values, from + t).mul(weight))
          .intoArray(sums, to + t);
    }
    for (; t < frames; t++) {
      sums[to + t] += weight * values[from + t];
    }
  }
}
