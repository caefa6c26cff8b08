/**
 * The looping loss: how far a loop is from the patches of a video.
 *
 * <p>notation: x the loop of T frames, y the video of F frames, p and s side and step of a patch,
 * pt and st its length and step in time, rho the completeness control.
 *
 * <ol>
 *   <li>x' is x followed by its first pt-1 frames, so that a patch may run over the seam.
 *   <li>Patches at the <em>same place</em> are compared: {@code D_ij = mean (x'_i - y_j)^2}.
 *   <li>{@code S_ij = D_ij / (rho + min_k D_kj)}; without normalisation {@code S = D}. Each patch i
 *       of the loop chooses {@code f(i) = argmin_j S_ij}. With rho = 0 a key is as attractive to
 *       its nearest query as any other, so that all of the video gets used.
 *   <li>The chosen patches are put back and averaged: the target {@code yhat}.
 *   <li>{@code L = gain mean psi(x' - yhat)} with yhat constant; the gradient of the copied frames
 *       is added to their originals.
 * </ol>
 *
 * <p>All patches that are compared share their place, so with {@code e_tk(x,y) = sum over RGB (x'_t
 * - y_k)^2} the table is a sum over a box, {@code D_ij = 1/(3 pt p^2) sum_dt box(e_{i st+dt, j
 * st+dt})}. {@link org.stereo4d.videoloop.loss.BoxSumMatcher} exploits it: each squared difference
 * is computed once, sums of whole steps of rows and columns are shared by overlapping patches.
 *
 * <p>Deviations from the reference: a denominator below 1e-12 counts as 1e-12 and 0/0 as 1 (it lets
 * NaN win); the whole window is matched at once instead of in overlapping blocks, which gives the
 * same result; {@code psi} for shape 0 and 2 is not multiplied by 10 c, as in the reference.
 */
@NullMarked
package org.stereo4d.videoloop.loss;

import org.jspecify.annotations.NullMarked;
