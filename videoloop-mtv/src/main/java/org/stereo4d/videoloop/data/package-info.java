/**
 * Scenes for loops: cameras, clips, what can loop, and how own videos become a scene.
 *
 * <p>Poses come from {@code poses_bounds.npy}. Centres are divided by the nearest depth n0 of all
 * views, so that the nearest depth is the unit of length; {@code near = nearFactor} and {@code far
 * = farFactor * farthest / n0}. Recentring moves the average pose to the origin. {@link
 * org.stereo4d.videoloop.data.LoopCameras} and {@link org.stereo4d.videoloop.data.SpiralPath} have
 * the formulas.
 *
 * <p>Clips are asynchronous: lengths differ, there is no common clock and none is looked for.
 *
 * <p>Deviations from the reference: the visibility of sparse points is looked up by image id and
 * name, not by position; points behind a camera are dropped before depth percentiles; the number of
 * clips must equal the number of poses; odd frame sizes are cut to even ones before encoding; the
 * frame rate of own videos is kept unless asked otherwise.
 */
@NullMarked
package org.stereo4d.videoloop.data;

import org.jspecify.annotations.NullMarked;
