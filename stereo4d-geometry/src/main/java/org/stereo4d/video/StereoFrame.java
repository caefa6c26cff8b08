package org.stereo4d.video;

import org.stereo4d.image.StereoPair;

/**
 * Both views of one moment of a video.
 *
 * @param frameIndex position in presentation order
 * @param timeSeconds presentation time
 * @param pair left and right view
 */
public record StereoFrame(int frameIndex, double timeSeconds, StereoPair pair) {}
