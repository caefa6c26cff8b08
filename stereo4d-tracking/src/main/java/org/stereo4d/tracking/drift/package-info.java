/**
 * Drops tracks that a semantic segmentation proves wrong (spec E).
 *
 * <p>With S(i, t) "the class at track i is static" (wall, building, road, sidewalk, earth), Y(i, t)
 * "is sky", v2 and v3 the visibility before and after lifting, and m the motion magnitude of the
 * lifted tracks:
 *
 * <pre>
 * sky(i)      = any t:  Y and v2
 * frac(i)     = #(S and v2) / #v2
 * boundary(i) = 0 &lt; frac &lt; 1
 * drift(i)    = any t:  m &gt; 5 px and v3 and S
 * keep(i)     = some v2, and not (sky or boundary or drift)
 * </pre>
 *
 * <p>Deviations: each of the three rules can be switched off (the paper drops moving tracks on
 * static classes only); a track that is never visible is dropped, since it says nothing, where the
 * reference keeps it; positions are clipped to the picture at hand, where the reference clips to
 * 511.
 */
@NullMarked
package org.stereo4d.tracking.drift;

import org.jspecify.annotations.NullMarked;
