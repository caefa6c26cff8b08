/**
 * The embedded point tracker: affine template matching in plain Java.
 *
 * <h2>Method</h2>
 *
 * Frames are read once. Of each the tracker keeps smoothed brightness, and of each pair of
 * neighbours the coarse motion both ways, found by dense inverse search on a pyramid: patches of
 * 8x8 take the best motion of their parents and neighbours and refine it by Gauss-Newton. That
 * motion is computed once and predicts every point, so a point costs no pyramid of its own.
 *
 * <p>A query cuts a template T of 9x9 samples, 1.5 px apart, with weights w that fall off from the
 * centre. From frame to frame the template is found again: with place p, shape A, and u a sample,
 *
 * <pre>
 * e(u) = g (I(p + A u) - mean I) - T(u),     g = sd T / sd I in [0.5, 2]
 * minimise  sum w e^2   over p, then over p and A
 * </pre>
 *
 * by inverse compositional steps: gradients and Hessian are the template's own and are computed
 * once. Mean and gain make the residual blind to illumination. Matching the query's own patch, not
 * the last frame's, keeps tracks from drifting.
 *
 * <h2>Chaining</h2>
 *
 * With {@link org.stereo4d.tracking.klt.KltOptions#chains chaining} every frame cuts the template
 * for the next one. A step from a to b, whose way back ends at a', goes to {@code b - (a' - a) /
 * 2}: to first order the way back from there ends at a, so errors do not add up on the way there
 * and back. Such points follow bodies that bend and corners that two bodies form, and drift.
 *
 * <h2>Partly covered points</h2>
 *
 * Where the whole square fits badly, the step is taken again by the part of it that fits, samples
 * counting {@code r^2} with {@code r = c^2 / (c^2 + e^2)} (Geman and McClure, 1987). So what enters
 * a square does not pull it along. The samples next to the point decide alone whether it is in
 * sight: below a share of 0.7 of them, by colour 0.8, it is lost, however well the rest fits.
 *
 * <h2>Checks</h2>
 *
 * A step is refused, and the point hidden, when the residual exceeds {@code hypot(noise, share * sd
 * T)}; when A is flattened or scales beyond four times; when brightness jumps; or when, wherever
 * the step is not plainly good nor the point itself surely in sight, the new patch followed back
 * ends more than 1 px from the start (Kalal et al., ICPR 2010). Outside the picture no point is
 * visible, but one is followed there as long as a quarter of its square, by weight, is inside.
 *
 * <h2>Hidden points</h2>
 *
 * A lost point is carried by companions, points that moved as it did from the query until a moment
 * before the loss: an affine motion fitted to them says where the point is, and it is visible again
 * once its template fits there, or enough of it with the point itself: that of the query, or what
 * the point looked like when it was lost. A template that fits badly for long is renewed, unless
 * points that shared the past of this one no longer share its present: then it is being dragged
 * along by what covers it. The place of the new one is first set right by the original, bent as the
 * templates in between were, as long as that fits.
 *
 * <h2>What stands still</h2>
 *
 * Most of a world moves as one in the picture. In every frame a quadratic motion since the query is
 * fitted to all points, and what moves otherwise does not count. A point that was seen with this
 * scenery and leaves it, while its neighbours stay and none goes along, is being dragged by what
 * covers it: it is lost. A point that is elsewhere, or lost, and clearly shows itself at the
 * scenery's place, belongs there; and what was said of it since it was last there is taken back for
 * what is seen at the scenery's place in those frames. Other lost points are also looked for where
 * an affine motion of their neighbours at the query has taken them.
 *
 * <h2>Colour</h2>
 *
 * With {@link org.stereo4d.tracking.klt.KltOptions#usesColor colour} the shares of red, green and
 * blue, which light and shadow leave alone, say what belongs to the body of a point. Samples of a
 * template count by how like the middle they and their neighbours are, so a square at the edge of a
 * body follows that body (support weights: Yoon and Kweon, PAMI 2006). A step onto another colour
 * is refused. A hidden point whose colour few others share is in sight again as soon as its
 * foretold place shows it, without a square of its own to compare, and is looked for farther away.
 *
 * <h2>Majority</h2>
 *
 * Trackers of several squares err at different points. What most of three say is right more often
 * than any one of them: {@link org.stereo4d.tracking.klt.KltOptions#MAJORITY}.
 *
 * <h2>References</h2>
 *
 * Baker and Matthews, "Lucas-Kanade 20 years on", IJCV 2004. Shi and Tomasi, "Good features to
 * track", CVPR 1994. Kroeger et al., "Fast optical flow using dense inverse search", ECCV 2016. The
 * candidates from neighbours, the companions, the scenery, the renewal and the half step are our
 * own.
 */
@NullMarked
package org.stereo4d.tracking.klt;

import org.jspecify.annotations.NullMarked;
