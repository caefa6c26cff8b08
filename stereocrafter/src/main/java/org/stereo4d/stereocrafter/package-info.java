/**
 * Any 2D video to stereo 3D: {@link org.stereo4d.stereocrafter.StereoConverter} runs depth, splat,
 * fill and packing as one stream.
 */
@NullMarked
package org.stereo4d.stereocrafter;

import org.jspecify.annotations.NullMarked;
