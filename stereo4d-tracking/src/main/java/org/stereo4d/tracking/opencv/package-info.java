/** OpenCV's pyramidal Lucas-Kanade tracker behind the library's contract. */
@NullMarked
package org.stereo4d.tracking.opencv;

import org.jspecify.annotations.NullMarked;
