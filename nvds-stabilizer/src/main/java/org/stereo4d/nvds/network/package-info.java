/**
 * The paper's stabilisation network, written for the tensor engine, and windows of four frames
 * around it.
 *
 * <p>Input is (4 frames, 4 channels, H, W): red, green and blue with ImageNet normalisation and
 * inverse depth in [0, 1]; farthest reference first, target last. Output is the target's steady
 * inverse depth. An encoder ({@code MixTransformer}, MiT-B5) and a fusion to 256 channels at a
 * quarter of the size work on each frame alone, so that their result is kept and shared; four
 * cross-attention blocks ({@code FocalBlock}) update the target's features from the references; a
 * head with edge features of the target's colours gives depth ({@code DepthHead}).
 *
 * <p>Published weights rely on behaviour that looks like mistakes and is kept: the ReLU before the
 * skip path of the head works in place; the farthest reference is seen finest, through a
 * neighbourhood shifted by 3 tokens; rolled keys wrap round at the borders; padding tokens are keys
 * like others; layer norms use 1e-5 in patch embeddings, after the reduction and in the
 * cross-attention, 1e-6 elsewhere. Keys outside a pooled map are zero and get -100.
 *
 * <p>Deviations: index tables are computed, those in a file are ignored; the unused classifier of
 * the file is loaded only to be checked; queries of references, which nothing reads, are not
 * computed; what the head makes of the target alone is shared by the windows of both passes. Sides
 * must be multiples of 4.
 *
 * <p>No weights are shipped. {@code NVDS_Stabilizer.pth} is published by the authors under the MIT
 * licence, its encoder under terms of its own; users fetch it themselves.
 */
@NullMarked
package org.stereo4d.nvds.network;

import org.jspecify.annotations.NullMarked;
