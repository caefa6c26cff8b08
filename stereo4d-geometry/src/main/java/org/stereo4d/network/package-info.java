/**
 * Neural networks: the tensor engine, devices, TorchScript programs and the parts that networks
 * share.
 *
 * <p>The engine is PyTorch through DJL. {@link org.stereo4d.network.TorchEngine} starts it, once,
 * offline and without usage reports. DJL's {@code NDArray} is the tensor of all {@code network}
 * packages, always inside a scope that ends ({@code NDManager}); it never crosses the border to
 * other packages, where images and maps are.
 *
 * <h2>TorchScript programs</h2>
 *
 * {@link org.stereo4d.network.TorchScriptModel} runs a file of the user under a {@link
 * org.stereo4d.network.ModelContract}: names, types and shapes of inputs and outputs, checked at
 * every run, so that a wrong file is told from a wrong result. A TorchScript file is a program: run
 * only files you trust. Weights alone are read safely by {@link
 * org.stereo4d.network.checkpoint.Checkpoint}.
 *
 * <p>{@link org.stereo4d.network.TorchScriptArchive} makes such programs from source text, which is
 * how operators that DJL lacks come in ({@link org.stereo4d.network.TensorFunctions}).
 *
 * <h2>Element types</h2>
 *
 * Arrays of bfloat16, 16-bit and unsigned 16- and 32-bit integers and text end the process inside
 * the native library; {@link org.stereo4d.network.Tensors} refuses or widens them first.
 *
 * <h2>Devices</h2>
 *
 * {@link org.stereo4d.network.Device#auto} is the first GPU the engine sees, else the CPU. GPUs
 * need a libtorch of the exact version of the engine built for CUDA 12.8, named by the environment
 * variables {@code PYTORCH_LIBRARY_PATH}, {@code PYTORCH_VERSION} and {@code PYTORCH_FLAVOR=cu128}.
 */
@NullMarked
package org.stereo4d.network;

import org.jspecify.annotations.NullMarked;
