/**
 * Semi-global stereo matching in plain Java.
 *
 * <p>After Hirschmüller, "Stereo Processing by Semiglobal Matching and Mutual Information", TPAMI
 * 2008, doi:10.1109/TPAMI.2007.1166, with a census cost (Zabih and Woodfill 1994). For each pixel p
 * and disparity d a matching cost C(p, d) is summed along eight paths r:
 *
 * <pre>
 * L_r(p, d) = C(p, d) + min( L_r(p - r, d),
 *                            L_r(p - r, d - 1) + P1,  L_r(p - r, d + 1) + P1,
 *                            min_k L_r(p - r, k) + P2 )  -  min_k L_r(p - r, k)
 * S(p, d)   = sum over r of L_r(p, d),      D(p) = argmin_d S(p, d)
 * </pre>
 *
 * <p>C is the Hamming distance of 9x7 census words plus a truncated difference of colours. P2 is
 * lowered where the picture has an edge along the path. The minimum is refined to a fraction of a
 * pixel by two lines of equal slope, which suits costs that grow linearly. The view of the other
 * eye comes from the same sums, S_R(x, d) = S(x + d, d), so both directions cost one aggregation.
 *
 * <h2>After the minimum</h2>
 *
 * <ol>
 *   <li>a 3x3 median;
 *   <li>left-right check: |D_L(x) - D_R(x - D_L)| at most a limit; a match beyond the edge of the
 *       other picture has no partner and is believed;
 *   <li>uniqueness: the best sum must beat every sum farther than one pixel by a share;
 *   <li>speckles: connected regions of similar disparity below a size are dropped;
 *   <li>optional fill: holes take the background of eight directions, then a median weighted by
 *       colour, and only holes are written.
 * </ol>
 */
@NullMarked
package org.stereo4d.depth.sgm;

import org.jspecify.annotations.NullMarked;
