package org.stereo4d.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;

/**
 * Splits index ranges over the fork-join pool the caller runs in, or the common pool.
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
   * Runs a body over {@code [0, count)} in blocks.
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
    List<ForkJoinTask<?>> tasks = new ArrayList<>();
    for (int start = 0; start < count; start += blockSize) {
      tasks.add(new BlockTask(start, Math.min(count, start + blockSize), body));
    }
    if (ForkJoinTask.inForkJoinPool()) {
      ForkJoinTask.invokeAll(tasks);
    } else {
      ForkJoinPool.commonPool().invoke(new AllTasks(tasks));
    }
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

    BlockTask(int startInclusive, int endExclusive, Block body) {
      this.startInclusive = startInclusive;
      this.endExclusive = endExclusive;
      this.body = body;
    }

    @Override
    protected void compute() {
      body.run(startInclusive, endExclusive);
    }
  }

  private static final class AllTasks extends RecursiveAction {
    private static final long serialVersionUID = 1L;
    private final transient List<ForkJoinTask<?>> tasks;

    AllTasks(List<ForkJoinTask<?>> tasks) {
      this.tasks = tasks;
    }

    @Override
    protected void compute() {
      ForkJoinTask.invokeAll(tasks);
    }
  }
}
