/**
 * How good a loop is, measured on 8-bit frames against the clip of a camera kept out of training.
 *
 * <ul>
 *   <li><em>STDerr</em>: mean squared difference of the standard deviations over time.
 *   <li><em>Completeness</em>: for every patch of the clip the nearest patch of the loop at the
 *       same place, mean absolute difference; <em>coherence</em> the other way round. Averaged over
 *       three sizes of patches, and for each over blocks of 65 pixels with equal weight, as
 *       published numbers are.
 *   <li><em>LoopQ</em>: coherence of the seam, the last pt-1 frames followed by the first.
 *   <li><em>Static PSNR and SSIM</em>: where the clip cannot loop, frame by frame.
 *   <li><em>VSSIM</em>: mean over the loop's frames of the smallest distance to a frame of the
 *       clip; with a perceptual network as the distance it is the published VLPIPS.
 * </ul>
 *
 * <p>The paper says that errors of patches are squared; the published magnitudes and the
 * reference's code are absolute differences, and so is this. The sliding distance tries every
 * offset, where the reference leaves out the last and fails for clips of equal length.
 */
@NullMarked
package org.stereo4d.videoloop.metric;

import org.jspecify.annotations.NullMarked;
