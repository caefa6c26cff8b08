/**
 * The whole of Stereo4D: a VR180 video in, cameras, depth and world tracks out.
 *
 * <pre>
 * doctor -> poses and calibration (clip file, pose source, or estimated) -> depth of every frame
 * -> 2D tracks, pruned -> drift filter -> lifted to 3D -> optimised over time -> quality tests
 * -> clip, PLY, GLB, statistics -> videos before and after
 * </pre>
 *
 * <p>Every role is an argument with a classical default. Each stage writes its result into the
 * folder of the run under its final name only when it is complete, and is recorded in {@code
 * manifest.json}; a later run with the same inputs and options starts where this one stopped. Views
 * are made anew from the source wherever a stage needs them, which costs less than storing them.
 * Memory grows with the tracks and the gray views of one clip of at most some hundred frames, never
 * with its depth maps.
 */
@NullMarked
package org.stereo4d.pipeline;

import org.jspecify.annotations.NullMarked;
