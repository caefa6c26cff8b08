package org.stereo4d.nvds.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.stereo4d.network.TensorFunctions;

/**
 * Weights by name below a prefix, and the layers that use them. Results are in the scope of the
 * input.
 */
final class NamedTensors {
  private final Map<String, NDArray> tensors;
  private final String prefix;
  private final TensorFunctions functions;

  NamedTensors(Map<String, NDArray> tensors, String prefix, TensorFunctions functions) {
    this.tensors = tensors;
    this.prefix = prefix;
    this.functions = functions;
  }

  NamedTensors within(String container) {
    return new NamedTensors(tensors, prefix + container + ".", functions);
  }

  TensorFunctions functions() {
    return functions;
  }

  NDArray get(String name) {
    NDArray out = tensors.get(prefix + name);
    if (out == null) {
      throw new IllegalArgumentException("no tensor " + prefix + name);
    }
    return out;
  }

  /** {@code x W^T + b} over the last axis. */
  NDArray linear(NDArray x, String name) {
    return Linear.linear(x, get(name + ".weight"), get(name + ".bias")).head();
  }

  /** Layer norm over the last axis. */
  NDArray norm(NDArray x, String name, float epsilon) {
    NDArray weight = get(name + ".weight");
    return LayerNorm.layerNorm(x, new Shape(weight.size()), weight, get(name + ".bias"), epsilon)
        .head();
  }

  /** Convolution with bias, zero padding. */
  NDArray conv(NDArray x, String name, int stride, int padding) {
    return Conv2d.conv2d(
            x,
            get(name + ".weight"),
            get(name + ".bias"),
            new Shape(stride, stride),
            new Shape(padding, padding))
        .head();
  }

  /** 3x3 convolution of each channel on its own, with bias. */
  NDArray depthwise(NDArray x, String name) {
    NDArray weight = get(name + ".weight");
    return Conv2d.conv2d(
            x,
            weight,
            get(name + ".bias"),
            new Shape(1, 1),
            new Shape(1, 1),
            new Shape(1, 1),
            (int) weight.getShape().get(0))
        .head();
  }

  /**
   * The next step of a chain: frees the input at once, so that its memory serves the step after
   * next while it is still in the caches. Views share memory and may be freed in any order.
   */
  static NDArray then(NDArray x, UnaryOperator<NDArray> step) {
    NDArray out = step.apply(x);
    x.close();
    return out;
  }

  /** Computes in a scope of its own, so that what lies between input and result is freed. */
  static NDArray scoped(NDArray x, UnaryOperator<NDArray> body) {
    NDManager parent = x.getManager();
    try (NDManager scope = parent.newSubManager()) {
      x.tempAttach(scope);
      NDArray out = body.apply(x);
      out.attach(parent);
      return out;
    }
  }

  /** As {@link #scoped}, and frees the input, whose place the result takes. */
  static NDArray replaced(NDArray x, UnaryOperator<NDArray> body) {
    NDArray out = scoped(x, body);
    x.close();
    return out;
  }
}
