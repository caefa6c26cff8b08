package org.stereo4d.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicIntegerArray;
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
}
