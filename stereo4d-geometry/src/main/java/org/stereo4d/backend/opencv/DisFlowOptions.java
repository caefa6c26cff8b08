package org.stereo4d.backend.opencv;

import org.stereo4d.run.Check;

/**
 * How dense inverse search works.
 *
 * @param preset speed against accuracy
 * @param finestScale the pyramid level where the search ends and from which flow is upsampled, 0
 *     (full size, slowest) to 5. Default: the value of the preset
 */
public record DisFlowOptions(Preset preset, int finestScale) {
  /** Preset medium. */
  public static final DisFlowOptions DEFAULTS = of(Preset.MEDIUM);

  /** Settings of the library. */
  public enum Preset {
    /** Stride 4, 12 iterations, no variational refinement, quarter size. */
    ULTRAFAST(2),
    /** Stride 4, 16 iterations, 5 of refinement, quarter size. */
    FAST(2),
    /** Stride 3, 25 iterations, 5 of refinement, half size. */
    MEDIUM(1);

    private final int finestScale;

    Preset(int finestScale) {
      this.finestScale = finestScale;
    }
  }

  /** Checks the scale. */
  public DisFlowOptions {
    Check.that(
        finestScale >= 0 && finestScale <= 5, "finestScale must be in 0..5, was %s", finestScale);
  }

  /** A preset with the finest scale that belongs to it. */
  public static DisFlowOptions of(Preset preset) {
    return new DisFlowOptions(preset, preset.finestScale);
  }

  /** These options with another finest scale. */
  public DisFlowOptions withFinestScale(int finestScale) {
    return new DisFlowOptions(preset, finestScale);
  }
}
