package org.stereo4d.tracking.drift;

import java.util.List;
import org.stereo4d.run.Check;

/**
 * Which tracks the filter drops.
 *
 * @param dropSky whether tracks that are ever seen on the sky go. Default true, as in the code
 * @param dropBoundary whether tracks that are seen on static and on other classes go. Default true,
 *     as in the code
 * @param dropDrifting whether tracks that move on a static class go. Default true, as in code and
 *     paper
 * @param motionPx motion magnitude above which a point on a static class drifts; >= 0. Default 5
 * @param staticClasses names of what cannot move. Default wall, building, road, sidewalk, earth
 * @param skyClasses names of the sky
 */
public record DriftFilterOptions(
    boolean dropSky,
    boolean dropBoundary,
    boolean dropDrifting,
    double motionPx,
    List<String> staticClasses,
    List<String> skyClasses) {
  /** The reference's rules. */
  public static final DriftFilterOptions DEFAULTS =
      new DriftFilterOptions(
          true,
          true,
          true,
          5,
          List.of("wall", "building", "road", "sidewalk", "earth"),
          List.of("sky"));

  /** Checks the threshold and copies the lists. */
  public DriftFilterOptions {
    Check.that(motionPx >= 0, "motionPx must be >= 0, was %s", motionPx);
    staticClasses = List.copyOf(staticClasses);
    skyClasses = List.copyOf(skyClasses);
  }

  /** These options with the three rules on or off. */
  public DriftFilterOptions withRules(boolean dropSky, boolean dropBoundary, boolean dropDrifting) {
    return new DriftFilterOptions(
        dropSky, dropBoundary, dropDrifting, motionPx, staticClasses, skyClasses);
  }

  /** These options with another threshold, pixels. */
  public DriftFilterOptions withMotionPx(double motionPx) {
    return new DriftFilterOptions(
        dropSky, dropBoundary, dropDrifting, motionPx, staticClasses, skyClasses);
  }

  /** These options with other classes. */
  public DriftFilterOptions withClasses(List<String> staticClasses, List<String> skyClasses) {
    return new DriftFilterOptions(
        dropSky, dropBoundary, dropDrifting, motionPx, staticClasses, skyClasses);
  }
}
