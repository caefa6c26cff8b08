package org.stereo4d.nvds.metric;

import java.util.List;
import org.stereo4d.run.Check;

/**
 * Warping errors of a clip.
 *
 * @param pairs one error per pair of frames that follow each other, in processing order
 * @param frames number of frames, {@code pairs + 1}; 0 only without pairs
 */
public record OpwScore(List<Double> pairs, int frames) {
  /** Checks the counts. */
  public OpwScore {
    pairs = List.copyOf(pairs);
    Check.that(
        pairs.size() == Math.max(0, frames - 1),
        "%s frames have %s pairs, got %s",
        frames,
        Math.max(0, frames - 1),
        pairs.size());
  }

  /** Sum over the pairs. */
  public double sum() {
    double sum = 0;
    for (double pair : pairs) {
      sum += pair;
    }
    return sum;
  }

  /** The sum divided by the number of frames, as the reference reports; NaN without pairs. */
  public double meanOverFrames() {
    return pairs.isEmpty() ? Double.NaN : sum() / frames;
  }

  /** Mean of the pairs; NaN without pairs. */
  public double meanOverPairs() {
    return pairs.isEmpty() ? Double.NaN : sum() / pairs.size();
  }
}
