/**
 * Parts that run on a tensor engine: matching on any of its devices, and a learned distance of
 * pictures for evaluation.
 *
 * <p>A distance is a TorchScript file that maps two pictures (1, 3, H, W) in [-1, 1] to one number,
 * as LPIPS does; with it, the nearest distance of a report is the published VLPIPS. No weights come
 * with the library.
 */
@NullMarked
package org.stereo4d.videoloop.network;

import org.jspecify.annotations.NullMarked;
