package org.stereo4d.tracking;

import org.stereo4d.depth.DepthLookup;
import org.stereo4d.run.Check;

/**
 * How tracks read depth maps.
 *
 * @param lookup which pixel a track reads. Default {@link DepthLookup#ROUND}, the reference's, half
 *     a pixel off; {@link DepthLookup#FLOOR} is consistent with raster coordinates
 * @param maxDepthMeters points this far or farther are not lifted; > 0. Default 20, the reference's
 */
public record LiftOptions(DepthLookup lookup, double maxDepthMeters) {
  /** The reference's rules. */
  public static final LiftOptions DEFAULTS = new LiftOptions(DepthLookup.ROUND, 20);

  /** Checks the depth. */
  public LiftOptions {
    Check.that(maxDepthMeters > 0, "maxDepthMeters must be > 0, was %s", maxDepthMeters);
  }

  /** These options with another look-up. */
  public LiftOptions withLookup(DepthLookup lookup) {
    return new LiftOptions(lookup, maxDepthMeters);
  }

  /** These options with another depth limit, metres. */
  public LiftOptions withMaxDepthMeters(double maxDepthMeters) {
    return new LiftOptions(lookup, maxDepthMeters);
  }
}
