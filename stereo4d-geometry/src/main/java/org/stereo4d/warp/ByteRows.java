package org.stereo4d.warp;

/** Fills rows of a byte picture. */
interface ByteRows {
  /** Fills the rows {@code [startRow, endRow)}. */
  void run(int startRow, int endRow);
}
