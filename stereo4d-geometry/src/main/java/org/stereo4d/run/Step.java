package org.stereo4d.run;

/**
 * One step of long work.
 *
 * @param stage what is being done, for people
 * @param done finished units, 0 to {@code total}
 * @param total all units; 0 when unknown
 * @param cost current value of what is minimised; NaN when nothing is
 */
public record Step(String stage, long done, long total, double cost) {
  /** Checks that the counts are not negative. */
  public Step {
    Check.that(done >= 0 && total >= 0, "done and total must be >= 0, were %s and %s", done, total);
  }

  /** A step without a cost. */
  public static Step of(String stage, long done, long total) {
    return new Step(stage, done, total, Double.NaN);
  }
}
