package org.stereo4d.videoloop.mpi;

/** A bilinear tap: the top left texel and the fractions towards the right and lower ones. */
public final class Tap {
  int owner;
  int texel;
  float right;
  float below;

  /** An unset tap. */
  public Tap() {}

  /** Who owns the texels. */
  public int owner() {
    return owner;
  }

  /** Index of the top left texel in the owner's stack. */
  public int texel() {
    return texel;
  }

  void set(int owner, double column, double row, int rowTexels, int firstTexel, int rows) {
    this.owner = owner;
    int x = Math.min((int) column, rowTexels - 2);
    int y = Math.min((int) row, rows - 2);
    this.texel = firstTexel + y * rowTexels + x;
    this.right = (float) (column - x);
    this.below = (float) (row - y);
  }
}
