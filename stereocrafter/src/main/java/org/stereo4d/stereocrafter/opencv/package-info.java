/** Fills by OpenCV. */
@NullMarked
package org.stereo4d.stereocrafter.opencv;

import org.jspecify.annotations.NullMarked;
