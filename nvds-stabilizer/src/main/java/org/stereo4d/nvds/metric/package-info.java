/**
 * How steady and how accurate relative inverse depth is.
 *
 * <p><b>Steadiness.</b> Of two frames that follow each other, with the flow F from the grid of the
 * current to the previous one, {@code D'(p) = D_prev(p + F(p))} and {@code I'} likewise (bilinear,
 * zero outside):
 *
 * <pre>
 *   w(p) = sum over colours c of exp(-50 (I'_c(p) - I_c(p))^2)                      in [0, 3]
 *   N(x) = (x - median x) / max(mean |x - median x|, 1e-6)
 *   OPW  = 10 mean_p w(p) |N(D')(p) - N(D)(p)|
 * </pre>
 *
 * <p>The reference takes colours in 0..255, where w looks only at pixels that agree within about a
 * fifth of a grey level, and takes the statistics over all pixels, zeros from outside included, so
 * that OPW changes when a constant is added to the maps. {@link org.stereo4d.nvds.metric.OpwMetric}
 * does the same by default, because published numbers come from it, and offers colours in 0..1 and
 * statistics over the pixels inside. The reference divides the sum over n - 1 pairs by n; {@link
 * org.stereo4d.nvds.metric.OpwScore} reports both means.
 *
 * <p><b>Accuracy.</b> Relative maps are aligned to the truth by the scale s and the offset o that
 * minimise {@code sum m (s p + o - g)^2}: frame by frame in the protocols of the two benchmarks,
 * once per clip in {@link org.stereo4d.nvds.metric.ClipProtocol}, which is the stricter test of a
 * common scale. In the reference a value of 0 or less counts as an inlier, since its ratio to the
 * truth is negative; here it is an outlier unless {@link
 * org.stereo4d.nvds.metric.InlierRule#REFERENCE} is asked for. The reference's masked median counts
 * masked pixels as zeros; the true median is the default here.
 *
 * <p>Medians are lower medians: element {@code (m - 1) / 2} of m sorted values.
 */
@NullMarked
package org.stereo4d.nvds.metric;

import org.jspecify.annotations.NullMarked;
