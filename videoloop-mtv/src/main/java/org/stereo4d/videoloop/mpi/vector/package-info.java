/** Vector twins of the renderer's inner loops. */
@NullMarked
package org.stereo4d.videoloop.mpi.vector;

import org.jspecify.annotations.NullMarked;
