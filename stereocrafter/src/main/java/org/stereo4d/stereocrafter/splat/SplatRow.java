package org.stereo4d.stereocrafter.splat;

/**
 * Where coverage and disparity of a row of the new view go.
 *
 * @param coverage array
 * @param disparity array
 * @param from index of the first pixel in both
 */
record SplatRow(float[] coverage, float[] disparity, int from) {}
