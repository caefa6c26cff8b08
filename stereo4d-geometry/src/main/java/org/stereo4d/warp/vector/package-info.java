/** Vector twins of the kernels of the warp. */
@NullMarked
package org.stereo4d.warp.vector;

import org.jspecify.annotations.NullMarked;
