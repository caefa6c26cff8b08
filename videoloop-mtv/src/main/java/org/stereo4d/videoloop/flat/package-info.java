/**
 * Loops of a single video.
 *
 * <p>A plain cut shows frames s, ..., s+L-1 and jumps back; what jumps is {@code |y_{s+L} - y_s|},
 * the difference of the frame that is shown from the one that would have followed. Here every place
 * has a start and a period of its own: with L frames in all, the loop shows at time t and place p
 * the frame {@code s_p + ((t - s_p) mod L_p)} with L_p = L/n, n = 1, 2, ... where it is whole.
 * Equal times then come from nearby frames all over the picture, and each place jumps where it
 * hurts least. L minimises the mean over places of their least jumps; s_p and L_p minimise n times
 * the squared jump, are found per patch and kept close to its neighbours', and overlapping patches
 * are averaged as in {@link org.stereo4d.videoloop.loss.Retargeter}. At last the looping loss
 * replaces patches around the jumps by ones that the video has.
 */
@NullMarked
package org.stereo4d.videoloop.flat;

import org.jspecify.annotations.NullMarked;
