/**
 * Steady depth for any video and any depth model.
 *
 * <p>Single-image networks give inverse depth whose scale and offset change from frame to frame and
 * that flickers locally. Two stabilisers take frames and such maps and give maps that agree along
 * motion: {@link org.stereo4d.nvds.flowfilter.FlowStabilizer}, which needs no weights and is the
 * default, and {@link org.stereo4d.nvds.network.NetworkStabilizer}, the network of "Neural Video
 * Depth Stabilizer" (ICCV 2023, arXiv 2307.08695) with weights that the user brings.
 *
 * <p>Both make a forward and a backward pass from the same initial maps and put them together
 * ({@link org.stereo4d.nvds.MixPolicy}). The reference averages both when each has a smaller
 * warping error than the input, and takes the better one otherwise.
 *
 * <p>This package holds what both share: windows, mixes, clean maps, levels, and the reference's
 * output files ({@link org.stereo4d.nvds.ResultFolder}). Where the reference stretches every saved
 * map on its own and so throws away the common scale that was just made, one range for the clip is
 * the default here, and the reference's form an option. Maps are relative: restore a gauge with
 * {@link org.stereo4d.nvds.metric.AffineAlignment} over the clip.
 */
@NullMarked
package org.stereo4d.nvds;

import org.jspecify.annotations.NullMarked;
