package org.stereo4d.io.npy;

/** IEEE 754 half precision: 1 sign, 5 exponent and 10 fraction bits. */
public final class Float16 {
  private Float16() {}

  /** The value of sixteen bits, exactly. */
  public static float toFloat(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }

  /** The nearest half, ties to even; above 65 504 and a half step it is infinite. */
  public static short ofFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00 | (bits >> 13 & 0x3ff));
    }
    if (magnitude >= 65520f) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude < 0x1p-14f) {
      // multiples of 2^-24; the float sum rounds to even for us
      return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
    }
    int m = bits & 0x7fffffff;
    int rounded = m + 0xfff + (m >> 13 & 1);
    return (short) (sign | (rounded >> 13) - (112 << 10));
  }
}
