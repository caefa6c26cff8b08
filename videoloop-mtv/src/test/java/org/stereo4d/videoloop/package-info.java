/** Shared fixtures of the loop tests. */
@NullMarked
package org.stereo4d.videoloop;

import org.jspecify.annotations.NullMarked;
