/** Twins of the splatting kernels on the incubating vector module. */
@NullMarked
package org.stereo4d.stereocrafter.splat.vector;

import org.jspecify.annotations.NullMarked;
