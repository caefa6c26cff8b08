package org.stereo4d.stereocrafter;

import java.io.IOException;
import java.util.Arrays;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;

/** Depth without gaps: a few unknown pixels take the median, many are an error. */
final class KnownDepth {
  private static final double MOST_UNKNOWN = 0.01;

  private KnownDepth() {}

  static InverseDepthMap everywhere(InverseDepthMap map, int frameIndex) throws IOException {
    float[] values = map.values().contiguous();
    int known = 0;
    for (float v : values) {
      known += Math.abs(v) <= Float.MAX_VALUE ? 1 : 0;
    }
    if (known == values.length) {
      return map;
    }
    if (known < values.length * (1 - MOST_UNKNOWN)) {
      throw new IOException(
          "depth of frame "
              + frameIndex
              + ": "
              + (values.length - known)
              + " of "
              + values.length
              + " pixels are unknown, expected at most 1 percent");
    }
    float[] sorted = new float[known];
    int next = 0;
    for (float v : values) {
      if (Math.abs(v) <= Float.MAX_VALUE) {
        sorted[next++] = v;
      }
    }
    Arrays.sort(sorted);
    FloatImage out = map.values().copy();
    for (int i = 0; i < values.length; i++) {
      out.array()[i] = Float.isFinite(values[i]) ? values[i] : sorted[known / 2];
    }
    return new InverseDepthMap(out);
  }
}
