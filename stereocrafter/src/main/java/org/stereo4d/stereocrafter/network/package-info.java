/** Splatting and depth of windows of frames on the tensor engine. */
@NullMarked
package org.stereo4d.stereocrafter.network;

import org.jspecify.annotations.NullMarked;
