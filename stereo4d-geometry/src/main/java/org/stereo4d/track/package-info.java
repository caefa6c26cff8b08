/**
 * Points followed through time: the 4D shape that trackers and optimisers exchange.
 *
 * <p>n tracks over T frames. In memory tracks are dense with a visibility mask, and hidden entries
 * hold 0; NaN appears only in exports. On disk the released format is ragged (spec A.1).
 *
 * <h2>TAPVid-3D metrics</h2>
 *
 * Spec G.5: a prediction is scaled, then a visible point counts as found within {@code k z /
 * sqrt(fx fy)} for k = 1, 2, 4, 8, 16 pixels. APD is the mean share of found points, AJ the mean
 * Jaccard index, OA the share of right occlusion flags.
 */
@NullMarked
package org.stereo4d.track;

import org.jspecify.annotations.NullMarked;
