/** Vector twins of the kernels of semi-global matching. */
@NullMarked
package org.stereo4d.depth.sgm.vector;

import org.jspecify.annotations.NullMarked;
