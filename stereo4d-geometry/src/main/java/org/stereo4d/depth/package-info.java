/**
 * Disparity, metric depth and relative inverse depth, never mixed.
 *
 * <p>{@code disparityPx = xLeft - xRight}, positive in front; {@code depthMeters = focalPx
 * baselineMeters / disparityPx} along z (spec C.2). NaN means unknown everywhere; the zeros of
 * files are converted at the door.
 */
@NullMarked
package org.stereo4d.depth;

import org.jspecify.annotations.NullMarked;
