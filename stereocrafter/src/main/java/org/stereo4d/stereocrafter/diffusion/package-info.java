/**
 * Arithmetic of inpainting by a video diffusion network: noise levels and Euler steps, guidance,
 * runs of frames, tiles of latents, masks of latent cells. The networks themselves are not here.
 *
 * <p>Unlike the reference: clips not longer than the overlap take one run instead of failing, tiles
 * that do not fit are refused at once, and whether guidance is on is decided once.
 */
@NullMarked
package org.stereo4d.stereocrafter.diffusion;

import org.jspecify.annotations.NullMarked;
