/**
 * Which optimised tracks can be trusted. Four tests, each on or off by its limit:
 *
 * <ul>
 *   <li><b>confidence</b>: the median of {@code sigma_t / |p_t - C_t|}, the predicted error along
 *       the ray against the distance, is small. Needs the calibrated mode;
 *   <li><b>smoothness</b>: the median of {@code |p_{t+1} - 2 p_t + p_{t-1}|} is small;
 *   <li><b>stereo consistency</b>: the median of {@code fx B |1/z_t - 1/z0_t|}, the change of the
 *       disparity that was measured, is small: the result still agrees with the pictures;
 *   <li><b>plausible motion</b>: no step between neighbouring frames is faster than anything
 *       filmed.
 * </ul>
 */
@NullMarked
package org.stereo4d.optim.quality;

import org.jspecify.annotations.NullMarked;
