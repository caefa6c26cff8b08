package org.stereo4d.stereocrafter.diffusion;

import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.stereocrafter.inpaint.HoleShape;

/**
 * Shares of what is made in a picture: 1 inside holes, falling to 0 over the three pixels around
 * them, exactly 0 beyond: holes dilated by a pixel and smoothed by the 5x5 Gaussian of deviation
 * 1.1.
 *
 * @param size of the picture
 * @param shares one per pixel
 */
record SoftHoles(ImageSize size, float[] shares) {
  private static final float[] TAPS = {0.0701f, 0.2476f, 0.3646f, 0.2476f, 0.0701f};

  static SoftHoles of(Mask holes) {
    ImageSize size = holes.size();
    boolean[] grown = HoleShape.dilated(holes).array();
    float[] v = new float[grown.length];
    for (int i = 0; i < v.length; i++) {
      v[i] = grown[i] ? 1 : 0;
    }
    v = smoothed(v, size.width(), 1);
    v = smoothed(v, size.height(), size.width());
    for (int i = 0; i < v.length; i++) {
      v[i] = holes.array()[i] ? 1 : Math.min(1, v[i]);
    }
    return new SoftHoles(size, v);
  }

  /** Smooths lines whose pixels are some steps apart; ends are repeated. */
  private static float[] smoothed(float[] v, int length, int step) {
    float[] out = new float[v.length];
    for (int i = 0; i < v.length; i++) {
      int place = i / step % length;
      float sum = 0;
      for (int k = -2; k <= 2; k++) {
        int other = Math.max(0, Math.min(length - 1, place + k));
        sum += TAPS[k + 2] * v[i + (other - place) * step];
      }
      out[i] = sum;
    }
    return out;
  }

  ByteImage mix(ByteImage seen, ByteImage made) {
    byte[] a = seen.contiguous();
    byte[] b = made.contiguous();
    byte[] out = a.clone();
    for (int i = 0; i < shares.length; i++) {
      float share = shares[i];
      for (int k = 3 * i; share > 0 && k < 3 * i + 3; k++) {
        out[k] = (byte) Math.round(share * (b[k] & 0xff) + (1 - share) * (a[k] & 0xff));
      }
    }
    return ByteImage.wrap(out, size, 3);
  }
}
