/**
 * What stereo viewers take: frames of both eyes, anaglyphs, half spheres, the reference's grid of
 * four pictures, and names that players understand.
 *
 * <p>Unlike the reference: sizes are padded and cropped back instead of cropped to multiples of
 * 128, values are clamped before they become bytes, and containers carry st3d, sv3d or StereoMode.
 */
@NullMarked
package org.stereo4d.stereocrafter.format;

import org.jspecify.annotations.NullMarked;
