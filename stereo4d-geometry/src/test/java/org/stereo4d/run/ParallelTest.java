package org.stereo4d.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ParallelTest {
  @Test
  void blocks_visitEachIndexOnceInAnyPool() throws Exception {
    for (int threads : new int[] {1, 3}) {
      for (int count : new int[] {0, 1, 7, 64, 1001}) {
        AtomicIntegerArray visits = new AtomicIntegerArray(count);
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
          pool.submit(
                  () ->
                      Parallel.blocks(
                          count,
                          7,
                          (start, end) -> {
                            for (int i = start; i < end; i++) {
                              visits.incrementAndGet(i);
                            }
                          }))
              .get();
        } finally {
          pool.shutdown();
        }
        for (int i = 0; i < count; i++) {
          assertThat(visits.get(i)).isEqualTo(1);
        }
      }
    }
  }

  /** Else one of two cores would wait. */
  @Test
  void blocks_ofAThreadInNoPool_runOnThatThreadToo() {
    for (int run = 0; run < 100; run++) {
      Set<Thread> workers = ConcurrentHashMap.newKeySet();
      Parallel.blocks(64, 1, (start, end) -> workers.add(Thread.currentThread()));
      assertThat(workers).contains(Thread.currentThread());
    }
  }

  @Test
  void blocks_failureInABody_reachesTheCaller() {
    assertThatThrownBy(
            () ->
                Parallel.blocks(
                    100,
                    10,
                    (start, end) -> {
                      if (start == 50) {
                        throw new IllegalStateException("body failed");
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("body failed");
  }

  /** What a body uses may be freed once the failure is caught. */
  @Test
  void blocks_failureInABody_isThrownOnceNoBlockRuns() {
    for (int run = 0; run < 20; run++) {
      AtomicInteger running = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  Parallel.blocks(
                      100,
                      1,
                      (start, end) -> {
                        running.incrementAndGet();
                        LockSupport.parkNanos(1_000_000);
                        running.decrementAndGet();
                        if (start == 3) {
                          throw new IllegalStateException("body failed");
                        }
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(running).hasValue(0);
    }
  }

  /** One thread takes the blocks in order. */
  @Test
  void blocks_behindAFailure_areLeftOut() {
    AtomicInteger begun = new AtomicInteger();
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      assertThatThrownBy(
              () ->
                  pool.invoke(
                      ForkJoinTask.adapt(
                          () ->
                              Parallel.blocks(
                                  1000,
                                  1,
                                  (start, end) -> {
                                    begun.incrementAndGet();
                                    if (start == 3) {
                                      throw new IllegalStateException("body failed");
                                    }
                                  }))))
          .hasStackTraceContaining("body failed");
    } finally {
      pool.shutdown();
    }
    assertThat(begun).hasValue(4);
  }
}
