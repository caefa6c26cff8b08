package org.stereo4d.stereocrafter.splat;

/**
 * Where a row of the new view goes.
 *
 * @param colors samples of the row, interleaved; longer than the row by {@link SourceRow#PADDING}
 * @param coverage array of coverages
 * @param disparity array of disparities
 * @param from index of the row's first pixel in both
 */
public record SplatRow(float[] colors, float[] coverage, float[] disparity, int from) {}
