/**
 * Layered scenes on planes in front of a reference camera: geometry, picture formation and its
 * gradient.
 *
 * <p>Planes k = 0..D-1 face the reference camera at {@code d_k = 1 / (1/near + k (1/far - 1/near) /
 * (D-1))}, nearest first. For a pixel with centre (u, v) of a target camera with {@code [R|t] =
 * targetFromReference}, let {@code dir = R^T K^-1 (u,v,1)} and {@code o = -R^T t}. Then
 *
 * <pre>
 * lambda = (d - o.z) / dir.z          depth in the target camera
 * px = (o.x + lambda dir.x) f/d + cx  plane pixel; py likewise
 * </pre>
 *
 * The layer is present where {@code 0 < px < mW-1}, {@code 0 < py < mH-1} and {@code lambda > 0}.
 * Present layers fill the <em>slots</em> of a pixel, nearest first; absent slots are zero. Raw
 * texels are interpolated bilinearly, then pass through the logistic function. With alpha a and
 * transmittance {@code Tr_0 = 1, Tr_{k+1} = Tr_k (1 - a_k)}, weights are {@code w_k = a_k Tr_k},
 * and colour, alpha, label and disparity are sums weighted by them.
 *
 * <p>The gradient goes back to front without division: with {@code P_k} the incoming gradient times
 * the content of slot k and {@code Q_K = 0}, {@code dL/da_k = Tr_k (P_k - Q_{k+1})} and {@code Q_k
 * = a_k P_k + (1 - a_k) Q_{k+1}}.
 *
 * <p>Differences from the reference: a plane is sampled directly instead of through a triangle
 * rasteriser, so pixels on triangle edges have no pin holes and a pixel may have any number of
 * layers. The label treats alpha as a constant, as the reference does.
 *
 * <p>Memory is laid out {@code [row][slot][channel][column][frame]}, so that every inner loop runs
 * over consecutive floats whether there is one frame or many. Work is cut into bands of rows by
 * size alone; texels are summed by the task that owns them. The same bits come out on any number of
 * threads.
 */
@NullMarked
package org.stereo4d.videoloop.mpi;

import org.jspecify.annotations.NullMarked;
