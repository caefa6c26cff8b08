package org.stereo4d.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("vector")
class VectorTwinsTest {
  /** A twin that runs on this processor. */
  public static final class Fitting implements Runnable {
    @Override
    public void run() {}
  }

  /** A twin for another processor. */
  public static final class Refusing implements Runnable {
    /** Refuses. */
    public Refusing() {
      throw new IllegalArgumentException("vectors must hold more floats");
    }

    @Override
    public void run() {}
  }

  @Test
  void load_aTwinThatRefusesTheProcessor_isEmptySoThatThePlainKernelRuns() {
    Assumptions.assumeTrue(VectorTwins.areUsable(), "the vector module is not in this run");
    assertThat(VectorTwins.load(Runnable.class, Refusing.class.getName())).isEmpty();
    assertThat(VectorTwins.load(Runnable.class, Fitting.class.getName())).isPresent();
  }
}
