/**
 * How good tracks are: against known truth, and, without truth, by tracking there and back.
 *
 * <p>The metrics of 3D tracks are {@link org.stereo4d.track.TapVid3dMetrics}.
 */
@NullMarked
package org.stereo4d.tracking.metric;

import org.jspecify.annotations.NullMarked;
