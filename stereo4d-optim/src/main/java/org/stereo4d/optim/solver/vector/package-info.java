/** Vector twins of the lane arithmetic. */
@NullMarked
package org.stereo4d.optim.solver.vector;

import org.jspecify.annotations.NullMarked;
