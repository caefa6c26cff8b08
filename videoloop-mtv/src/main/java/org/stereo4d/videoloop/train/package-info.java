/**
 * Fitting layered scenes to videos, in two stages.
 *
 * <p><em>Stage 1</em> fits a dense still scene to one picture per clip, with a label that says what
 * can loop. Loss: mean squared error of {@code scale * rgb}, cross entropy of the label clamped to
 * [0.001, 0.999], sparsity, smoothness of slots, and density {@code mean(1 - alpha)} with weight
 * {@code 0.02 min(1, epoch/61)^2}. {@code s = exp(mean log((target + 0.01) / (rgb + 0.01)))} and
 * {@code scale = (s + 3) / 4} is constant for the gradient. At the end tiles are culled and tuned
 * for one epoch.
 *
 * <p><em>Stage 2</em> lifts moving tiles to T frames with noise and minimises the looping loss from
 * coarse to fine, plus smoothness of slots. Learning rates are divided by the number of windows of
 * an epoch, since Adam's momentum keeps moving texels between visits.
 *
 * <p>Both draw windows and views in random order and shift the principal point by up to half a
 * pixel in each step, which hides the seams of tiles. Random numbers come from the seed and the
 * epoch alone, so a run that was interrupted continues with the same bits.
 *
 * <p>Deviations from the reference: views kept for evaluation are in neither stage (it trains stage
 * 1 on them); noise of lifted tiles is kept (it is overwritten there); windows at the right and
 * bottom are shifted inside instead of padded with black, which darkens the margin; stage 1 ends
 * with the tuned tiles instead of training on; clips are reduced by area averages below 0.75.
 * {@code compatible} settings restore each of them.
 */
@NullMarked
package org.stereo4d.videoloop.train;

import org.jspecify.annotations.NullMarked;
