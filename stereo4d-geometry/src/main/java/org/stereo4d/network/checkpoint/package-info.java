/**
 * Weights of published networks: tensors by name from the files their authors share.
 *
 * <p>Formats, told apart by content: safetensors; PyTorch files ({@code .pth}, {@code .pt}, {@code
 * .bin}), both the zip container and the older sequence of pickles; NumPy archives.
 *
 * <h2>Pickles are data here, never programs</h2>
 *
 * A pickle names classes and functions that Python would import and call. The reader knows the few
 * that make tensors ({@code torch._utils._rebuild_tensor}, {@code _v2}, {@code _v3}, {@code
 * _rebuild_parameter}) and harmless records ({@code collections.OrderedDict}, {@code
 * argparse.Namespace} and their like, read as maps). Everything else becomes an inert placeholder
 * that remembers its class name and is never called. Opening a file with placeholders works; asking
 * for a tensor that lies inside one fails and names the class.
 *
 * <h2>Names</h2>
 *
 * Containers are flattened: the tensor at {@code file["state_dict"]["conv.weight"]} is {@code
 * state_dict.conv.weight}, items of lists have their index as name. {@link
 * org.stereo4d.network.checkpoint.Checkpoint#within} strips a prefix.
 *
 * <h2>Limits</h2>
 *
 * A tensor may not be larger than its file; pickles are limited in bytes, values and depth; sizes
 * are checked before memory is taken.
 */
@NullMarked
package org.stereo4d.network.checkpoint;

import org.jspecify.annotations.NullMarked;
