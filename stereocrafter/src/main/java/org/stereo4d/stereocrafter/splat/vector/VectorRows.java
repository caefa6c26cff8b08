package org.stereo4d.stereocrafter.splat.vector;

import org.stereo4d.stereocrafter.splat.RowKernel;
import org.stereo4d.stereocrafter.splat.SplatOptions;

/** Kernels with pixels as lanes. */
public final class VectorRows implements RowKernel.Factory {
  /** Creates the twin. */
  public VectorRows() {}

  @Override
  public RowKernel create(int width, SplatOptions options) {
    return new VectorRow(width, options);
  }
}
