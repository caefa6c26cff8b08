package org.stereo4d.nvds.flowfilter;

import java.util.Optional;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.nvds.metric.AffineAlignment;

/**
 * A frame of a piece.
 *
 * @param map without holes
 * @param pair motion to the frame before; empty for the first of the clip
 */
record HeldFrame(ByteImage rgb, FloatImage map, Optional<FlowPair> pair) {
  /** Whether the frame continues the scene of the one before. */
  boolean continuesScene() {
    return pair.isPresent() && !pair.get().isCut();
  }

  /** The map on a line. */
  float[] aligned(AffineAlignment line) {
    float[] from = map.contiguous();
    float[] out = new float[from.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (line.scale() * from[i] + line.shift());
    }
    return out;
  }
}
