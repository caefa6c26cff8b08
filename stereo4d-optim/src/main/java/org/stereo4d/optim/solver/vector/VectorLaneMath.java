package org.stereo4d.optim.solver.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.stereo4d.optim.solver.BandedLdl;
import org.stereo4d.optim.solver.LaneMath;

/** Eight doubles in as few registers as the processor needs. Same bits as the plain loop. */
public final class VectorLaneMath implements LaneMath {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int STEP = DOUBLES.length();

  /** Creates the twin; fails where registers are longer than all lanes. */
  public VectorLaneMath() {
    if (BandedLdl.LANES % STEP != 0) {
      throw new IllegalStateException("registers of " + STEP + " doubles");
    }
  }

  @Override
  public void subtractDot(
      double[] out,
      int to,
      double[] a,
      int atA,
      int stepA,
      double[] b,
      int atB,
      int stepB,
      int count) {
    for (int l = 0; l < BandedLdl.LANES; l += STEP) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, out, to + l);
      int p = atA + l;
      int q = atB + l;
      for (int i = 0; i < count; i++, p += stepA, q += stepB) {
        sum =
            sum.sub(
                DoubleVector.fromArray(DOUBLES, a, p).mul(DoubleVector.fromArray(DOUBLES, b, q)));
      }
      sum.intoArray(out, to + l);
    }
  }

  @Override
  public void dot(double[] a, double[] b, double[] out) {
    for (int l = 0; l < BandedLdl.LANES; l += STEP) {
      DoubleVector sum = DoubleVector.zero(DOUBLES);
      for (int k = l; k < a.length; k += BandedLdl.LANES) {
        sum =
            sum.add(
                DoubleVector.fromArray(DOUBLES, a, k).mul(DoubleVector.fromArray(DOUBLES, b, k)));
      }
      sum.intoArray(out, l);
    }
  }
}
