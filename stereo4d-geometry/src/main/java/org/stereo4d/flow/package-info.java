/**
 * Dense motion between two pictures.
 *
 * <p>{@code F_ab} lives on the grid of picture a: pixel p of a corresponds to {@code p + F_ab(p)}
 * in b. Channel 0 is x, channel 1 is y, pixels; NaN = unknown. Backward warping samples b at {@code
 * p + F_ab(p)}; a pixel is consistent when {@code |F_ab(p) + F_ba(p + F_ab(p))|} is small.
 */
@NullMarked
package org.stereo4d.flow;

import org.jspecify.annotations.NullMarked;
