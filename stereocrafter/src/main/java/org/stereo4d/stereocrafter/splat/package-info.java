/**
 * Forward splatting: a new view from a picture and its disparity.
 *
 * <pre>
 * p = D (d - c),   t = x + s p,   w = b^p
 * V(t) = sum k(t_x - t) w v / sum k(t_x - t) w,   coverage(t) = sum k(t_x - t)
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>name</th><th>unit</th></tr>
 * <tr><td>d</td><td>nearness</td><td>0 far to 1 near</td></tr>
 * <tr><td>D, c</td><td>rangePx, convergence</td><td>px, nearness</td></tr>
 * <tr><td>p</td><td>disparity</td><td>px, positive in front of the screen</td></tr>
 * <tr><td>s</td><td>shift</td><td>disparities, to the right</td></tr>
 * <tr><td>b</td><td>weightBase</td><td>per px</td></tr>
 * </table>
 *
 * <p>Unlike the reference (Zhao et al., arXiv 2409.07447, and its forward-warp operator): each tap
 * counts on its own by default, so that no motion is the identity and no row or column is lost;
 * weights are relative to the row, so that frames do not depend on their batch and never overflow;
 * colours under a coverage of 0.001 are black instead of flipping with the last bit; buffers of
 * derivatives start at zero; the passes of the max-motion warp follow each other.
 */
@NullMarked
package org.stereo4d.stereocrafter.splat;

import org.jspecify.annotations.NullMarked;
