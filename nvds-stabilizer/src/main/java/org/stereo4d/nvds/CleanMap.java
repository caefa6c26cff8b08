package org.stereo4d.nvds;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.nvds.metric.LowerMedian;

/**
 * A map without holes.
 *
 * @param map every value finite
 * @param replaced number of values that were not finite and became the median of the frame, or 0
 *     where there was nothing else
 * @param isConstant whether all values are the same, so that there is no depth in it
 */
public record CleanMap(InverseDepthMap map, int replaced, boolean isConstant) {
  /** Cleans a map, which is not changed. */
  public static CleanMap of(InverseDepthMap map) {
    float[] values = map.values().contiguous();
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    int known = 0;
    for (float v : values) {
      if (Float.isFinite(v)) {
        low = Math.min(low, v);
        high = Math.max(high, v);
        known++;
      }
    }
    int replaced = values.length - known;
    return new CleanMap(replaced == 0 ? map : filled(map, known), replaced, !(low < high));
  }

  private static InverseDepthMap filled(InverseDepthMap map, int known) {
    FloatImage out = map.values().copy();
    float[] finite = new float[known];
    int n = 0;
    for (float v : out.array()) {
      if (Float.isFinite(v)) {
        finite[n++] = v;
      }
    }
    float median = known == 0 ? 0 : LowerMedian.of(finite, known);
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] = Float.isFinite(out.array()[i]) ? out.array()[i] : median;
    }
    return new InverseDepthMap(out);
  }

  /** What a person should know about the frame. */
  public List<String> warnings(int frameIndex) {
    List<String> out = new ArrayList<>();
    if (replaced > 0) {
      out.add("frame " + frameIndex + ": " + replaced + " values were not finite, now the median");
    }
    if (isConstant) {
      out.add("frame " + frameIndex + ": the map is constant, it holds no depth");
    }
    return out;
  }
}
