package org.stereo4d.video.doctor;

import org.stereo4d.run.Check;

/**
 * Limits of the checks.
 *
 * @param frames how many frames are looked at; > 0
 * @param frameStep looks at every so manieth frame; > 0
 * @param minHeightPx fewer rows are a finding; the reference refuses below 1920, but valid sources
 *     of 1440 exist
 * @param lowResolution how bad too few rows are
 * @param monoDifferenceLevels halves closer than this, mean of |difference| in 8-bit levels, are
 *     one picture
 * @param monoDisparityPx median |disparity| below this is one picture
 * @param verticalLimitPx median vertical error above this is a finding, at 512 px and 90 degrees
 */
public record DoctorOptions(
    int frames,
    int frameStep,
    int minHeightPx,
    Finding.Severity lowResolution,
    double monoDifferenceLevels,
    double monoDisparityPx,
    double verticalLimitPx) {
  /** Six frames, ten apart; 1920 rows as a warning; 1 level; 0.05 px; 1 px. */
  public static final DoctorOptions DEFAULTS =
      new DoctorOptions(6, 10, 1920, Finding.Severity.WARNING, 1, 0.05, 1);

  /** Checks the ranges. */
  public DoctorOptions {
    Check.that(frames > 0, "frames must be > 0, was %s", frames);
    Check.that(frameStep > 0, "frameStep must be > 0, was %s", frameStep);
    Check.that(minHeightPx >= 0, "minHeightPx must be >= 0, was %s", minHeightPx);
    Check.that(
        monoDifferenceLevels >= 0,
        "monoDifferenceLevels must be >= 0, was %s",
        monoDifferenceLevels);
    Check.that(monoDisparityPx >= 0, "monoDisparityPx must be >= 0, was %s", monoDisparityPx);
    Check.that(verticalLimitPx > 0, "verticalLimitPx must be > 0, was %s", verticalLimitPx);
  }

  /** These options with another smallest height and its severity. */
  public DoctorOptions withMinHeightPx(int minHeightPx, Finding.Severity lowResolution) {
    return new DoctorOptions(
        frames,
        frameStep,
        minHeightPx,
        lowResolution,
        monoDifferenceLevels,
        monoDisparityPx,
        verticalLimitPx);
  }

  /** These options looking at other frames. */
  public DoctorOptions withFrames(int frames, int frameStep) {
    return new DoctorOptions(
        frames,
        frameStep,
        minHeightPx,
        lowResolution,
        monoDifferenceLevels,
        monoDisparityPx,
        verticalLimitPx);
  }
}
