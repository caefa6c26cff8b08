/** The track energy and its solvers. */
@NullMarked
package org.stereo4d.optim.track;

import org.jspecify.annotations.NullMarked;
