package org.stereo4d.depth.sgm.vector;

import org.stereo4d.depth.sgm.CostInputs;
import org.stereo4d.depth.sgm.CostVolume;
import org.stereo4d.depth.sgm.Penalties;
import org.stereo4d.depth.sgm.Selection;
import org.stereo4d.depth.sgm.SgmKernel;

/** The three loops with disparities as lanes. Same bits as the plain kernel. */
public final class VectorKernel implements SgmKernel {
  /** Creates the twin. */
  public VectorKernel() {}

  @Override
  public boolean needsCensusWords() {
    return false;
  }

  @Override
  public void costs(CostInputs inputs, int y, CostVolume volume) {
    VectorCosts.run(inputs, y, volume);
  }

  @Override
  public void pathSums(CostVolume volume, Penalties penalties, boolean forward, short[] sums) {
    VectorPathSums.run(volume, penalties, forward, sums);
  }

  @Override
  public void select(CostVolume volume, int y, short[] forward, short[] backward, Selection out) {
    VectorSelect.run(volume, y, forward, backward, out);
  }
}
