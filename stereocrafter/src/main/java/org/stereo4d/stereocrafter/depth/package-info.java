/**
 * From raw depth to nearness in [0, 1] that is steady in time and fits the outlines of the picture.
 *
 * <pre>
 * raw depth -> edge dilation -> normalisation -> curve -> disparity model
 * </pre>
 *
 * <p>Unlike the reference: depth without range gives no parallax instead of 0 / 0; extreme pixels
 * can be cut off by percentiles; the range can follow a video without knowing its end; windows that
 * would never advance are refused.
 */
@NullMarked
package org.stereo4d.stereocrafter.depth;

import org.jspecify.annotations.NullMarked;
