package org.stereo4d.videoloop.mpi;

/** Where the slots of one row of pixels are stored; index {@code slot * width + x}. */
final class SlotTaps {
  final Tap scratch = new Tap();
  final int[] count;
  final int[] owner;
  final int[] texel;
  final float[] right;
  final float[] below;
  final float[] inverseDepth;

  SlotTaps(int width, int slots) {
    count = new int[width];
    owner = new int[width * slots];
    texel = new int[width * slots];
    right = new float[width * slots];
    below = new float[width * slots];
    inverseDepth = new float[width * slots];
  }

  void put(int index, Tap tap, float inverse) {
    owner[index] = tap.owner;
    texel[index] = tap.texel;
    right[index] = tap.right;
    below[index] = tap.below;
    inverseDepth[index] = inverse;
  }
}
