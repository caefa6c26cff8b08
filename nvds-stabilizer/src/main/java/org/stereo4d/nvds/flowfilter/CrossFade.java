package org.stereo4d.nvds.flowfilter;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;

/**
 * Blends the frames that two pieces of a clip share: the later piece weighs {@code i / (L - 1)}.
 */
public final class CrossFade {
  private CrossFade() {}

  /**
   * The blended frames.
   *
   * @param earlier frames of the earlier piece; at least 1
   * @param later the same frames of the later piece; a single frame is taken from here
   */
  public static List<InverseDepthMap> blend(
      List<InverseDepthMap> earlier, List<InverseDepthMap> later) {
    Check.that(
        !earlier.isEmpty() && earlier.size() == later.size(),
        "pieces must share as many frames, at least 1, had %s and %s",
        earlier.size(),
        later.size());
    int last = earlier.size() - 1;
    List<InverseDepthMap> out = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      double weight = last == 0 ? 1 : (double) i / last;
      out.add(blend(earlier.get(i).values(), later.get(i).values(), weight));
    }
    return out;
  }

  private static InverseDepthMap blend(FloatImage earlier, FloatImage later, double weight) {
    float[] a = earlier.contiguous();
    float[] b = later.contiguous();
    float[] out = new float[a.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) ((1 - weight) * a[i] + weight * b[i]);
    }
    return new InverseDepthMap(FloatImage.wrap(out, earlier.size(), 1));
  }
}
