/**
 * Linear algebra on many small systems at once: one system per lane, so that plain loops over lanes
 * compile to vector code.
 *
 * <p>Value k of unknown t in lane l is at {@code t * LANES + l}.
 */
@NullMarked
package org.stereo4d.optim.solver;

import org.jspecify.annotations.NullMarked;
