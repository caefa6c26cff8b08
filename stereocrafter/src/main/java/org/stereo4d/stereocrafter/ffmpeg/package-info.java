/** Files cut and joined packet by packet, without encoding anything again. */
@NullMarked
package org.stereo4d.stereocrafter.ffmpeg;

import org.jspecify.annotations.NullMarked;
