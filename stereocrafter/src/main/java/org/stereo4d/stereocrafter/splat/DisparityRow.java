package org.stereo4d.stereocrafter.splat;

/**
 * Disparities of one row.
 *
 * @param px array that holds them
 * @param from index of the first
 * @param shift motion to the right in disparities
 */
record DisparityRow(float[] px, int from, float shift) {}
