package org.stereo4d.video;

import org.stereo4d.run.Check;

/**
 * What the numbers of a picture mean, in the code points of ITU-T H.273, of which {@value
 * #UNSTATED} says nothing. They tell how a picture is shown; no sample is changed by them.
 *
 * @param primaries of the colours: 1 BT.709, 9 BT.2020; 0..255
 * @param transfer from light to numbers: 1 BT.709, 16 PQ, 18 HLG; 0..255
 * @param matrix from RGB to luma and chroma: 0 none, 1 BT.709, 9 BT.2020; 0..255
 * @param range of the numbers
 */
public record ColorTags(int primaries, int transfer, int matrix, Range range) {
  /** The code point of what a file does not say. */
  public static final int UNSTATED = 2;

  /** Nothing said. */
  public static final ColorTags NONE = new ColorTags(UNSTATED, UNSTATED, UNSTATED, Range.UNSTATED);

  /** High definition video. */
  public static final ColorTags BT709 = new ColorTags(1, 1, 1, Range.LIMITED);

  /** High dynamic range of absolute brightness: BT.2020 with SMPTE ST 2084. */
  public static final ColorTags PQ = new ColorTags(9, 16, 9, Range.LIMITED);

  /** High dynamic range of relative brightness: BT.2020 with hybrid log-gamma. */
  public static final ColorTags HLG = new ColorTags(9, 18, 9, Range.LIMITED);

  private static final int RESERVED = 3;
  private static final int RGB = 0;
  private static final int LINEAR_LIGHT = 10; // BT.2020, too

  /** Which numbers are black and white. */
  public enum Range {
    /** Not said. */
    UNSTATED,
    /** 16 and 235 of 255, as in video. */
    LIMITED,
    /** 0 and the largest. */
    FULL
  }

  /** Checks the code points. */
  public ColorTags {
    check("primaries", primaries);
    check("transfer", transfer);
    check("matrix", matrix);
  }

  private static void check(String name, int code) {
    Check.that(code >= 0 && code <= 255, "%s must be in 0..255, was %s", name, code);
  }

  /** Whether the brightness is that of PQ or HLG. */
  public boolean isHighDynamicRange() {
    return transfer == PQ.transfer || transfer == HLG.transfer;
  }

  /** Whether luma is that of BT.2020, as the matrix says or, where it says none, the primaries. */
  public boolean hasBt2020Luma() {
    boolean silent = matrix == RGB || matrix == UNSTATED;
    return silent ? primaries == PQ.primaries : matrix == PQ.matrix || matrix == LINEAR_LIGHT;
  }

  /** These tags with the primaries and transfer of BT.709 where they say none. */
  public ColorTags orBt709() {
    return new ColorTags(
        isStated(primaries) ? primaries : BT709.primaries,
        isStated(transfer) ? transfer : BT709.transfer,
        matrix,
        range);
  }

  private static boolean isStated(int code) {
    return code != 0 && code != UNSTATED && code != RESERVED;
  }

  /** These tags for samples that are coded in another way. */
  public ColorTags withCoding(int matrix, Range range) {
    return new ColorTags(primaries, transfer, matrix, range);
  }
}
