/** Follows points through video. */
@NullMarked
package org.stereo4d.tracking;

import org.jspecify.annotations.NullMarked;
