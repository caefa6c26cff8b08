/** Splatting on the tensor engine, on the processor or a graphics card. */
@NullMarked
package org.stereo4d.stereocrafter.network;

import org.jspecify.annotations.NullMarked;
