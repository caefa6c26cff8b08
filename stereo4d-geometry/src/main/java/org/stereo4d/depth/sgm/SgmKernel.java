package org.stereo4d.depth.sgm;

/** The three loops over all disparities: the contract of the plain kernel and its vector twin. */
public interface SgmKernel {
  /** Whether {@link #costs} reads the census words of its inputs. */
  boolean needsCensusWords();

  /** Fills the costs of one row of a volume. */
  void costs(CostInputs inputs, int y, CostVolume volume);

  /**
   * Fills the sum of the four paths that arrive from earlier pixels in raster order, or in reverse
   * raster order.
   *
   * @param sums receives one value per cell of the volume
   */
  void pathSums(CostVolume volume, Penalties penalties, boolean forward, short[] sums);

  /**
   * Chooses the best disparities of one row of both views.
   *
   * @param forward sums of four paths
   * @param backward sums of the other four
   * @param out receives the row
   */
  void select(CostVolume volume, int y, short[] forward, short[] backward, Selection out);
}
