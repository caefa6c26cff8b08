/** 3D video loops from asynchronous videos. */
@NullMarked
package org.stereo4d.videoloop;

import org.jspecify.annotations.NullMarked;
