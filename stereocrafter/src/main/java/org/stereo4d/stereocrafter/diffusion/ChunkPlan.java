package org.stereo4d.stereocrafter.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.run.Check;

/**
 * Cuts a clip into runs of the network; each run sees the last results of the run before.
 *
 * @param length frames per run, > overlap
 * @param overlap frames fed again, >= 1
 */
public record ChunkPlan(int length, int overlap) {
  /** 23 frames, 3 of them fed again. */
  public static final ChunkPlan DEFAULTS = new ChunkPlan(23, 3);

  /** Checks that chunks advance. */
  public ChunkPlan {
    Check.that(
        overlap >= 1 && length > overlap,
        "length must be > overlap >= 1, were %s and %s",
        length,
        overlap);
  }

  /**
   * One run.
   *
   * @param startInclusive first frame it sees
   * @param endExclusive after the last frame it sees
   * @param reused leading frames that are results of the run before
   */
  public record Chunk(int startInclusive, int endExclusive, int reused) {
    /** Frames it adds. */
    public int added() {
      return endExclusive - startInclusive - reused;
    }
  }

  /** The runs of one scene; clips not longer than the overlap take one run. */
  public List<Chunk> chunks(int frames) {
    Check.that(frames > 0, "frames must be > 0, was %s", frames);
    List<Chunk> out = new ArrayList<>();
    for (int i = 0; i == 0 || i + overlap < frames; i += length - overlap) {
      if (i > 0 && i + length > frames) {
        int start = Math.max(frames + overlap - length, 0);
        out.add(new Chunk(start, frames, i - start + overlap));
      } else {
        out.add(new Chunk(i, Math.min(i + length, frames), i == 0 ? 0 : overlap));
      }
    }
    return out;
  }
}
