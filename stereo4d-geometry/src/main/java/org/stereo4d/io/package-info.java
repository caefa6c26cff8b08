/**
 * Pictures, dense maps, point clouds and animated points in files.
 *
 * <p>What files call "unknown" becomes NaN at this door and nowhere else: 0 in depth pictures,
 * infinity in disparity PFM, more than 1e9 in {@code .flo}. Sub-packages read NumPy archives
 * ({@code npy}), PNG ({@code png}), clips and tracks ({@code clip}), camera poses ({@code pose})
 * and video containers ({@code container}).
 *
 * <p>Readers take hostile files: sizes are checked against {@link org.stereo4d.run.Limits} and the
 * length of the file before memory is taken, and every failure is an {@link java.io.IOException}
 * that names file, field, value and what was expected. Writers use {@link
 * org.stereo4d.run.AtomicOutput}: a file appears whole or not at all.
 */
@NullMarked
package org.stereo4d.io;

import org.jspecify.annotations.NullMarked;
