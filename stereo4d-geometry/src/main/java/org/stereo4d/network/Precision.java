package org.stereo4d.network;

import ai.djl.ndarray.types.DataType;

/** Type of the numbers a network computes with. */
public enum Precision {
  /** 32 bits; everywhere. */
  FLOAT32(DataType.FLOAT32),
  /**
   * 16 bits; halves memory and is fast on graphics cards only. Some networks overflow in it and
   * give unknown (NaN) pixels.
   */
  FLOAT16(DataType.FLOAT16);

  private final DataType dataType;

  Precision(DataType dataType) {
    this.dataType = dataType;
  }

  DataType dataType() {
    return dataType;
  }
}
