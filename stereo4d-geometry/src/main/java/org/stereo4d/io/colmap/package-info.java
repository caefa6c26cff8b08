/**
 * Sparse models of COLMAP, text and binary.
 *
 * <p>A model is {@code cameras}, {@code images} and {@code points3D}, as {@code .bin} or {@code
 * .txt}; where both exist the binary one is read. Ids are arbitrary, unordered and have gaps, so
 * everything here is found by id or by name, never by position. Files store {@code cameraFromWorld}
 * as quaternion (w, x, y, z) and translation; {@link org.stereo4d.io.colmap.ColmapImage} gives
 * {@code worldFromCamera}. Pixels are raster coordinates, as ours. The unit of length is arbitrary:
 * a reconstruction knows no metres.
 *
 * <p>Every camera model is read; only those without distortion convert to a {@link
 * org.stereo4d.camera.PinholeCamera}.
 */
@NullMarked
package org.stereo4d.io.colmap;

import org.jspecify.annotations.NullMarked;
