/**
 * Multi-tile videos: only the quads of a layered scene that show something are kept, and only those
 * that change have frames of their own.
 *
 * <p>Culling works on the raw alpha and label of a dense atlas. Texels that are exactly at their
 * initial value -3 were never seen and count as -10. After the logistic function the label is
 * opened (n erosions, n dilations of 3x3) and alpha is opened and grown by two more dilations, over
 * the whole atlas. Each quad is resampled to a tile of its own, both ends included; it is kept
 * where the largest alpha exceeds a threshold and moves where the largest label exceeds another.
 *
 * <p>Bugs of the reference that are mended: near planes are removed by their own number of quads
 * (it uses the number of vertices and so cuts into the next plane; {@code compatible} reproduces
 * that); any number of tiles packs, also 0 to 3; atlas columns step by tile width, so tiles need
 * not be square; tiles keep both ends, so nothing is lost between levels of detail.
 *
 * <p>{@link org.stereo4d.videoloop.tile.MtvFile} documents the file format.
 */
@NullMarked
package org.stereo4d.videoloop.tile;

import org.jspecify.annotations.NullMarked;
