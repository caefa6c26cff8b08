package org.stereo4d.warp;

/** How a value between pixels is made. */
public enum Sampling {
  /** The nearest pixel, half to even. */
  NEAREST,
  /** Linear between four pixels. */
  BILINEAR,
  /** Keys kernel over sixteen pixels, a = -0.75. */
  BICUBIC,
  /** Bilinear on coordinates rounded to 1/32 px with 15-bit weights, as the reference does. */
  FIXED_POINT,
  /** Bicubic on coordinates rounded to 1/32 px, as the reference samples flow. */
  FIXED_POINT_BICUBIC
}
