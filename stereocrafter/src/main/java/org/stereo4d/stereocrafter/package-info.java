/** Any 2D video to stereo 3D. */
@NullMarked
package org.stereo4d.stereocrafter;

import org.jspecify.annotations.NullMarked;
