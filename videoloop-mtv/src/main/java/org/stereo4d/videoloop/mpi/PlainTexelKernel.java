package org.stereo4d.videoloop.mpi;

/** The specification of the twin. */
final class PlainTexelKernel implements TexelKernel {
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
      float fy = below[start + i];
      for (int c = 0; c < 4; c++) {
        float above = texels[top + c] + fx * (texels[top + c + channels] - texels[top + c]);
        float under =
            texels[bottom + c] + fx * (texels[bottom + c + channels] - texels[bottom + c]);
        out[4 * i + c] = above + fy * (under - above);
      }
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
    float left = 1 - right;
    for (int c = 0; c < 4; c++) {
      float lower = values[from + c] * below;
      float upper = values[from + c] - lower;
      texels[top + c] += upper * left;
      texels[top + c + channels] += upper * right;
      texels[bottom + c] += lower * left;
      texels[bottom + c + channels] += lower * right;
    }
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
    for (int t = 0; t < frames; t++) {
      out[to + t] =
          w00 * texels[i00 + t]
              + w01 * texels[i01 + t]
              + w10 * texels[i10 + t]
              + w11 * texels[i11 + t];
    }
  }

  @Override
  public void addFrames(float[] values, int from, float weight, float[] sums, int to, int frames) {
    for (int t = 0; t < frames; t++) {
      sums[to + t] += weight * values[from + t];
    }
  }
}
