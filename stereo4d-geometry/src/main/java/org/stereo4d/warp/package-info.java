/**
 * Moves pictures between cameras that share a centre.
 *
 * <p>For each target pixel the chain is (spec B.3 to B.5)
 *
 * <pre>
 * (x, y) -> ray d = target.ray(x, y) -> r = sourceFromTarget d -> (u, v) = source.project(r)
 * </pre>
 *
 * evaluated in double precision, in parallel, once per clip. The reference evaluates part of it in
 * single precision (up to 4e-4 px off at 3840 px) and rebuilds every map for every frame.
 *
 * <p>Tables hold <em>index</em> coordinates, {@code xIndex = xPx - 0.5}: 0 is the centre of the
 * first pixel.
 *
 * <h2>Sampling rules</h2>
 *
 * <ul>
 *   <li>{@link org.stereo4d.warp.Sampling#BILINEAR}: for bytes the coordinates are rounded to 1/256
 *       px and the value to a level after each direction, about one level from exact arithmetic at
 *       most; floats use the table as it is.
 *   <li>{@link org.stereo4d.warp.Sampling#BICUBIC}: Keys kernel with a = -0.75.
 *   <li>{@link org.stereo4d.warp.Sampling#FIXED_POINT}: the reference's rule, bit by bit (spec
 *       B.6): coordinates in 1/32 px, rounded half to even, weights that sum to 32 768.
 * </ul>
 */
@NullMarked
package org.stereo4d.warp;

import org.jspecify.annotations.NullMarked;
