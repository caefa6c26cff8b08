package org.stereo4d.stereocrafter.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.run.Check;

/**
 * Runs a {@link ChunkPlan} over a scene whose length shows only at its end. Holds at most two runs
 * of frames.
 *
 * @param <F> a frame
 * @param <M> its mask
 */
final class ChunkRun<F, M> {
  /**
   * Fills one run.
   *
   * @param <F> a frame
   * @param <M> its mask
   */
  @FunctionalInterface
  interface Filler<F, M> {
    /** As many frames; the first {@code reused} of them are results of the run before. */
    List<F> fill(List<F> frames, List<M> masks, int reused);
  }

  private final ChunkPlan plan;
  private final Filler<F, M> filler;
  private final List<F> frames = new ArrayList<>();
  private final List<M> masks = new ArrayList<>();
  private final List<F> results = new ArrayList<>();

  /** Index in the scene of the first of the frames that are held. */
  private int held;

  /** Index of the first of the results that are held. */
  private int resultsHeld;

  private int done;

  ChunkRun(ChunkPlan plan, Filler<F, M> filler) {
    this.plan = plan;
    this.filler = filler;
  }

  /** Takes the next frame of the scene; the results that are ready now. */
  List<F> accept(F frame, M mask) {
    frames.add(frame);
    masks.add(mask);
    int start = done == 0 ? 0 : done - plan.overlap();
    return held + frames.size() == start + plan.length()
        ? run(new ChunkPlan.Chunk(start, start + plan.length(), done - start))
        : List.of();
  }

  /** Ends the scene; the rest of the results. */
  List<F> finish() {
    int count = held + frames.size();
    List<F> out = List.of();
    if (done < count) {
      int start = done == 0 ? 0 : Math.max(count + plan.overlap() - plan.length(), 0);
      out = run(new ChunkPlan.Chunk(start, count, done - start));
    }
    frames.clear();
    masks.clear();
    results.clear();
    held = 0;
    resultsHeld = 0;
    done = 0;
    return out;
  }

  private List<F> run(ChunkPlan.Chunk chunk) {
    List<F> in = new ArrayList<>();
    List<M> holes = new ArrayList<>();
    for (int t = chunk.startInclusive(); t < chunk.endExclusive(); t++) {
      boolean isResult = t < chunk.startInclusive() + chunk.reused();
      in.add(isResult ? results.get(t - resultsHeld) : frames.get(t - held));
      holes.add(masks.get(t - held));
    }
    List<F> out = filler.fill(in, holes, chunk.reused());
    Check.that(out.size() == in.size(), "%s frames must come back, were %s", in.size(), out.size());
    List<F> added = List.copyOf(out.subList(chunk.reused(), out.size()));
    results.addAll(added);
    done = chunk.endExclusive();
    forget();
    return added;
  }

  /** The last run of a scene looks back by less than its length. */
  private void forget() {
    int first = Math.max(0, done - plan.length());
    frames.subList(0, first - held).clear();
    masks.subList(0, first - held).clear();
    held = first;
    results.subList(0, first - resultsHeld).clear();
    resultsHeld = first;
  }
}
