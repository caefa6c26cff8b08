package org.stereo4d.nvds.metric;

/** Unit of the colour differences that weigh a pixel. */
public enum ColorRange {
  /** 0..255, as the reference program; published scores are in this unit. */
  BYTE(255),
  /** 0..1, as the formula of the paper reads; scores are an order of magnitude larger. */
  UNIT(1);

  private final double scale;

  ColorRange(double scale) {
    this.scale = scale;
  }

  /** Units per full range. */
  double scale() {
    return scale;
  }
}
