package org.stereo4d.video;

import java.util.OptionalInt;
import org.stereo4d.image.ImageSize;

/**
 * What the header of a video says.
 *
 * @param size of the frames as delivered, after the rotation flag
 * @param framesPerSecond average rate, Hz; > 0
 * @param durationSeconds as stated; NaN when unknown
 * @param frameCount as stated by the container; empty when unknown
 * @param codec name of the codec
 * @param bitsPerSample 8, 10, 12 or 16
 * @param colors what the file says about its colours
 * @param hasAudio whether there is a sound track
 */
public record VideoInfo(
    ImageSize size,
    double framesPerSecond,
    double durationSeconds,
    OptionalInt frameCount,
    String codec,
    int bitsPerSample,
    ColorTags colors,
    boolean hasAudio) {}
