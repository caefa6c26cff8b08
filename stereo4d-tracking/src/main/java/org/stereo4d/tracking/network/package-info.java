/**
 * Networks behind the roles of this module: a TAPIR-class tracker and a DeepLab-class segmentation,
 * run from TorchScript files.
 *
 * <h2>Tracking (spec D.2, K.2)</h2>
 *
 * Frames are resized to 512x512 (Lanczos), {@code v / 255 * 2 - 1}, as (1, T, 512, 512, 3). Queries
 * are (1, N, 3) as t, y, x in raster coordinates of the resized frames, at most 200 at a time. The
 * file gives tracks (1, N, T, 2) as x, y and the logits occlusion and expected_dist (1, N, T).
 * Places scale back by w / 512 and h / 512 each, without a half-pixel shift; the reference
 * exchanges the two, which only squares forgive.
 *
 * <pre>
 * visible = (1 - sigmoid(occlusion)) (1 - sigmoid(expected_dist)) > 0.5
 * </pre>
 *
 * A file may come in two parts, so that features are made once per clip and not 1 475 times: an
 * encoder, frames to features (any number of tensors, kept on the device), and a query program,
 * features and queries to the three outputs.
 *
 * <h2>Segmentation (spec E.1, K.3)</h2>
 *
 * A frame is resized (Lanczos) so that its longer side is 513 and given as whole numbers (1, h, w,
 * 3); the classes (1, h, w) come back by nearest neighbour. A class outside the names is
 * background.
 */
@NullMarked
package org.stereo4d.tracking.network;

import org.jspecify.annotations.NullMarked;
