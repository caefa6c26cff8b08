package org.stereo4d.nvds.flowfilter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.stereo4d.depth.DepthStabilizer;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.nvds.CleanMap;
import org.stereo4d.nvds.ClipChecks;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;

/**
 * Removes global pumping only, without flow: each map is stretched to [0, 1] between a running
 * minimum and maximum, {@code m = decay m + (1 - decay) m_t}, which runs ahead of the frame.
 *
 * @param decay weight of the past; in [0, 1). Default 0.9
 * @param lookAheadFrames frames the running values are ahead; {@code >= 0}. Default 22
 * @param startsScene whether a frame starts a scene, where both values start anew. Default: none
 *     but the first
 */
public record RangeSmoother(double decay, int lookAheadFrames, IntPredicate startsScene)
    implements DepthStabilizer {
  /** The defaults named at each component. */
  public static final RangeSmoother DEFAULTS = new RangeSmoother(0.9, 22, t -> false);

  /** Checks the ranges. */
  public RangeSmoother {
    Check.that(decay >= 0 && decay < 1, "decay must be in [0, 1), was %s", decay);
    Check.that(lookAheadFrames >= 0, "lookAheadFrames must be >= 0, was %s", lookAheadFrames);
  }

  /** This smoother with scenes. */
  public RangeSmoother withStartsScene(IntPredicate startsScene) {
    return new RangeSmoother(decay, lookAheadFrames, startsScene);
  }

  @Override
  public List<InverseDepthMap> stabilize(
      List<ByteImage> frames, List<InverseDepthMap> initial, Progress progress) {
    ClipChecks.requireSameCount(frames, initial);
    int n = frames.size();
    double[][] smooth = new double[n][];
    for (int t = 0; t < n; t++) {
      ClipChecks.requireFits(t, frames.get(t), initial.get(t), frames.get(0).size());
      double[] range = range(initial.get(t));
      boolean fresh = t == 0 || startsScene.test(t);
      smooth[t] =
          fresh
              ? range
              : new double[] {
                decay * smooth[t - 1][0] + (1 - decay) * range[0],
                decay * smooth[t - 1][1] + (1 - decay) * range[1]
              };
    }
    List<InverseDepthMap> out = new ArrayList<>();
    for (int t = 0; t < n; t++) {
      int ahead = t;
      while (ahead + 1 < n && ahead < t + lookAheadFrames && !startsScene.test(ahead + 1)) {
        ahead++;
      }
      out.add(stretched(CleanMap.of(initial.get(t)).map(), smooth[ahead][0], smooth[ahead][1]));
      if (progress.finishAfter(Step.of("range", t + 1, n))) {
        break;
      }
    }
    return out;
  }

  private static double[] range(InverseDepthMap map) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float v : CleanMap.of(map).map().values().contiguous()) {
      low = Math.min(low, v);
      high = Math.max(high, v);
    }
    return new double[] {low, high};
  }

  private static InverseDepthMap stretched(InverseDepthMap map, double low, double high) {
    FloatImage out = map.values().copy();
    float[] values = out.array();
    for (int i = 0; i < values.length; i++) {
      double v = high > low ? (values[i] - low) / (high - low) : 0;
      values[i] = (float) Math.max(0, Math.min(1, v));
    }
    return new InverseDepthMap(out);
  }
}
