package org.stereo4d.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Splits index ranges over the fork-join pool the caller runs in, or the common pool. The caller
 * takes part: on two cores the common pool has but one thread of its own.
 *
 * <p>Blocks are cut by size alone, never by the number of threads, so a body that writes only its
 * own indices gives the same bits on any number of threads.
 */
public final class Parallel {
  private Parallel() {}

  /** Work on {@code startInclusive <= i < endExclusive}. */
  @FunctionalInterface
  public interface Block {
    /** Does one block. */
    void run(int startInclusive, int endExclusive);
  }

  /**
   * Runs a body over {@code [0, count)} in blocks. When a block fails, those that have not begun
   * are left out, and the failure is thrown once none runs any more.
   *
   * @param count number of indices, >= 0
   * @param blockSize indices per block, > 0
   * @param body writes only what its own indices own
   */
  public static void blocks(int count, int blockSize, Block body) {
    Check.that(count >= 0, "count must be >= 0, was %s", count);
    Check.that(blockSize > 0, "blockSize must be > 0, was %s", blockSize);
    if (count <= blockSize) {
      if (count > 0) {
        body.run(0, count);
      }
      return;
    }
    AtomicBoolean failed = new AtomicBoolean();
    List<BlockTask> tasks = new ArrayList<>();
    for (int start = 0; start < count; start += blockSize) {
      tasks.add(new BlockTask(start, Math.min(count, start + blockSize), body, failed));
    }
    for (int k = tasks.size() - 1; k > 0; k--) {
      tasks.get(k).fork();
    }
    tasks.get(0).quietlyInvoke();
    tasks.forEach(ForkJoinTask::quietlyJoin);
    tasks.forEach(ForkJoinTask::join);
  }

  /** Runs a body for each row; a convenience for images, 16 rows per block. */
  public static void rows(int height, Block body) {
    blocks(height, 16, body);
  }

  private static final class BlockTask extends RecursiveAction {
    private static final long serialVersionUID = 1L;
    private final int startInclusive;
    private final int endExclusive;
    private final transient Block body;
    private final AtomicBoolean failed;

    BlockTask(int startInclusive, int endExclusive, Block body, AtomicBoolean failed) {
      this.startInclusive = startInclusive;
      this.endExclusive = endExclusive;
      this.body = body;
      this.failed = failed;
    }

    @Override
    protected void compute() {
      if (failed.get()) {
        return;
      }
      try {
        body.run(startInclusive, endExclusive);
      } catch (RuntimeException | Error e) {
        failed.set(true);
        throw e;
      }
    }
  }
}
