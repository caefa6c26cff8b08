package org.stereo4d.stereocrafter.splat;

/**
 * Where coverage and disparity of a row of the new view go.
 *
 * @param coverage array of coverages
 * @param disparity array of disparities
 * @param from index of the row's first pixel in both
 */
public record SplatRow(float[] coverage, float[] disparity, int from) {}
