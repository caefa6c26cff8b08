/**
 * Video as a stream of frames with true presentation times.
 *
 * <p>A {@link org.stereo4d.video.VideoReader} gives frames in presentation order and holds a
 * bounded number of them, whatever the length of the file. Frames for given timestamps are chosen
 * by the nearest presentation time (spec A.3).
 */
@NullMarked
package org.stereo4d.video;

import org.jspecify.annotations.NullMarked;
