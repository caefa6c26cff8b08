package org.stereo4d.videoloop.mpi;

/** Where the slots of one row of pixels are stored; index {@code slot * width + x}. */
final class SlotTaps {
  final int[] count;
  final int[] owner;
  final int[] texel;
  final float[] right;
  final float[] below;
  final float[] inverseDepth;
  final double[] forward; // of the row: the ray's part along the reference's axis, its slopes
  final double[] slopeX;
  final double[] slopeY;
  final double[] planeX; // of the row on one plane
  final double[] planeY;

  SlotTaps(int width, int slots) {
    count = new int[width];
    owner = new int[width * slots];
    texel = new int[width * slots];
    right = new float[width * slots];
    below = new float[width * slots];
    inverseDepth = new float[width * slots];
    forward = new double[width];
    slopeX = new double[width];
    slopeY = new double[width];
    planeX = new double[width];
    planeY = new double[width];
  }
}
