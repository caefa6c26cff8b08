package org.stereo4d.image;

/** What a sampler reads outside an image. */
public enum Border {
  /** Zero in every channel. */
  ZERO,
  /** The nearest pixel inside. */
  REPLICATE,
  /** Mirrored at the edge pixel, which is not repeated: 2 1 | 0 1 2. */
  REFLECT_101,
  /** NaN: unknown stays unknown. Float images only. */
  NAN;

  /** Index inside [0, size) for REPLICATE and REFLECT_101; -1 when outside for the others. */
  public int index(int i, int size) {
    if (i >= 0 && i < size) {
      return i;
    }
    return switch (this) {
      case ZERO, NAN -> -1;
      case REPLICATE -> i < 0 ? 0 : size - 1;
      case REFLECT_101 -> {
        if (size == 1) {
          yield 0;
        }
        int period = 2 * size - 2;
        int m = Math.floorMod(i, period);
        yield m < size ? m : period - m;
      }
    };
  }
}
