/**
 * Steady depth without weights: alignment of scale and offset, then flow-guided recursive filtering
 * in both directions.
 *
 * <p>Inputs are frames I_t, maps d_t and the flows B_t from t to t - 1 and A_t from t - 1 to t.
 *
 * <p><b>Step 1, validity.</b> A pixel is valid when both flows agree ({@link
 * org.stereo4d.flow.FlowConsistency}) and it stays in the picture. With less than a quarter of
 * valid pixels a pair is a cut: nothing crosses it.
 *
 * <p><b>Step 2, alignment.</b> On the valid pixels of a pair, with medians m_a, m_b and mean
 * absolute deviations s_a, s_b of d_t and of the warped d_{t-1}, the link {@code r_t = clamp(ln(s_b
 * / s_a), -ln 2, ln 2)} enters
 *
 * <pre>
 *   min  sum_t (x_t - x_{t-1} - r_t)^2 + L sum_t x_t^2,                              S_t = exp x_t
 *   min  sum_t (O_t - O_{t-1} - (S_{t-1} m_b - S_t m_a))^2 + L sum_t (O_t - (1 - S_t) med d_t)^2
 * </pre>
 *
 * with {@code L = 1 / alignFrames^2}; the aligned map is {@code d'_t = S_t d_t + O_t}. Spread
 * ratios are unbiased, while a regression of each frame on the next shrinks with noise and decays
 * to zero when chained. The weak pull to no correction keeps slow genuine changes of range.
 *
 * <p><b>Step 3, filter.</b> With D~ the warped result of the frame before and I~ its warped picture
 * (coordinates clamped into the picture),
 *
 * <pre>
 *   k     = k_max V exp(-alpha sum_c (I~_c - I_c)^2) / (1 + ((D~ - d'_t) / tau)^2)
 *   out_t = (1 - k) d'_t + k D~
 *   tau   = max(toleranceFloor (p95 - p5 of all d'), toleranceDeviations median_t q_t)
 *   q_t   = 1.4826 median |warped d'_{t-1} - d'_t| over valid pixels
 * </pre>
 *
 * forward with B and backward with A. <b>Step 4</b> averages both passes and clamps at 0.
 *
 * <p>A long clip is cut into pieces of 32 + 8 frames ({@link
 * org.stereo4d.nvds.flowfilter.FlowStream}); the method's description suggests 64 + 8, which does
 * not fit 600 MB at 896x384. The live form ({@link org.stereo4d.nvds.flowfilter.LiveFlowFilter})
 * uses the past alone.
 */
@NullMarked
package org.stereo4d.nvds.flowfilter;

import org.jspecify.annotations.NullMarked;
