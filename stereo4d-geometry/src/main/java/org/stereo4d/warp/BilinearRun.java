package org.stereo4d.warp;

import org.stereo4d.image.ByteImage;

/** Runs of RGB pixels whose taps are inside: the contract of the plain kernel and its twin. */
public interface BilinearRun {
  /**
   * Fills target pixels {@code [start, end)}.
   *
   * @param source at least eight bytes can be read at each tap and one row below
   * @param offsets of the top-left taps from the first sample of the source
   * @param fractions {@code (fy << 8) | fx} in 1/256 px
   * @param out target samples, three per pixel
   */
  void run(ByteImage source, int[] offsets, short[] fractions, int start, int end, byte[] out);
}
