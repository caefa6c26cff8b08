package org.stereo4d.stereocrafter.splat;

/**
 * Motion of a row on its way to another view.
 *
 * @param px array that holds its disparities
 * @param from index of the first of them
 * @param shift motion to the right in disparities
 * @param middle disparity of weight 1
 * @param exponentPerPx power of two per pixel of disparity in a weight
 * @param leastWeight sum of weights under which a pixel is darkened
 */
public record SourceRow(
    float[] px, int from, float shift, float middle, float exponentPerPx, float leastWeight) {}
