/**
 * Metric tracks made consistent over time (spec F.2 to F.6 and L).
 *
 * <p>Unknown is one displacement d_t along the camera ray of each frame of a track. With camera
 * centre C_t, lifted point P_t and mask m_t:
 *
 * <pre>
 * R_t = P_t - C_t,  rho_t = |R_t| + 1e-8,  r_t = R_t / rho_t,  p_t = P_t + d_t r_t,  N = sum m_t
 * E   = (1 - w) E_static + w (E_1 + E_3 + E_5) + E_reg
 * E_static = k_s / N sum m_t |q_t - mean q|^2,   q_t = p_t / s,   s = mean |p_t| + 1e-5
 * E_delta  = k_d sum a_t^2,   a_t = m m+ m- r_t . (p_{t+delta} - 2 p_t + p_{t-delta})
 * E_reg    = k_r sum m_t (u_t - u0_t)^2,   u_t = 1 / (d_t + rho_t + 1e-8)
 * </pre>
 *
 * <p>E_static is the closed form of the reference's double sum. E_delta is quadratic in d with
 * constant coefficients, so its Hessian is banded with half-width 10; the static term adds a
 * diagonal and rank five. Gauss-Newton therefore factors a band and corrects by Woodbury's formula.
 *
 * <h2>Modes</h2>
 *
 * <ul>
 *   <li>{@code REFERENCE}: Adam, 100 steps of 0.05, the published schedule.
 *   <li>{@code REFERENCE_CONVERGED}: the same energy, minimised. Better on static tracks, worse on
 *       moving ones, where stopping early acted as a prior on depth.
 *   <li>{@code CALIBRATED}, the default: whether a track is static is decided by a test (one
 *       constant point is fitted, its image residual compared with the noise that the tracks
 *       themselves show); the regulariser is the likelihood of disparity, {@code 1 / rho} being
 *       proportional to it, robust against blunders; terms whose neighbour lies outside the clip
 *       are dropped; the inverse Hessian gives the standard deviation of every point.
 * </ul>
 *
 * <h2>Deviations</h2>
 *
 * Masked frames have gradient 0 and displacement 0 by definition; the reference makes them NaN
 * through the derivative of a root at 0, and its NaN inputs spoil valid neighbours (spec J.1). A
 * track without a valid frame is skipped. {@code d_t > -rho_t + 0.01} keeps points in front of the
 * camera.
 */
@NullMarked
package org.stereo4d.optim.track;

import org.jspecify.annotations.NullMarked;
