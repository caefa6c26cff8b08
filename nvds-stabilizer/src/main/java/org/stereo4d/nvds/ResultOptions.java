package org.stereo4d.nvds;

/**
 * How results are written.
 *
 * @param range over what saved maps are stretched. Default: the clip
 * @param floats whether values are also written as they are, as one-channel PFM. Default: no
 * @param append whether {@code result.txt} grows with every run, as in the reference. Default: no
 */
public record ResultOptions(Range range, boolean floats, boolean append) {
  /** The defaults named at each component. */
  public static final ResultOptions DEFAULTS = new ResultOptions(Range.CLIP, false, false);

  /** The files of the reference, byte for byte up to the compression of pictures. */
  public static final ResultOptions REFERENCE = new ResultOptions(Range.FRAME, false, true);

  /** Over what maps are stretched. */
  public enum Range {
    /** All frames of a pass, so that the common scale stays; kept in {@code range.txt}. */
    CLIP,
    /** Each frame on its own. */
    FRAME
  }

  /** These options with or without floats. */
  public ResultOptions withFloats(boolean floats) {
    return new ResultOptions(range, floats, append);
  }
}
