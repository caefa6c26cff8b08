package org.stereo4d.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.stereo4d.backend.BackendException;
import org.stereo4d.run.Check;

/**
 * Operators that DJL lacks, as small TorchScript functions. Gradients flow through them inside a
 * gradient collector. Results are in the scope of the first argument; any number of threads may
 * call.
 */
public final class TensorFunctions implements AutoCloseable {
  private static final String SOURCE =
      """
      def grid_sample_zeros(self, x: Tensor, grid: Tensor) -> Tensor:
        return torch.grid_sampler(x, grid, 0, 0, True)
      def grid_sample_border(self, x: Tensor, grid: Tensor) -> Tensor:
        return torch.grid_sampler(x, grid, 0, 1, True)
      def index_add_0(self, x: Tensor, index: Tensor, source: Tensor) -> Tensor:
        return torch.index_add(x, 0, index, source)
      def index_add_1(self, x: Tensor, index: Tensor, source: Tensor) -> Tensor:
        return torch.index_add(x, 1, index, source)
      def index_select_0(self, x: Tensor, index: Tensor) -> Tensor:
        return torch.index_select(x, 0, index)
      def index_select_1(self, x: Tensor, index: Tensor) -> Tensor:
        return torch.index_select(x, 1, index)
      def resize_aligned(self, x: Tensor, size: Tensor) -> Tensor:
        return torch.upsample_bilinear2d(x, [torch.size(size, 1), torch.size(size, 2)], True)
      def resize_centered(self, x: Tensor, size: Tensor) -> Tensor:
        return torch.upsample_bilinear2d(x, [torch.size(size, 1), torch.size(size, 2)], False)
      def attention(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        return torch.scaled_dot_product_attention(q, k, v)
      def attention_biased(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
        return torch.scaled_dot_product_attention(q, k, v, bias)
      def forward(self, x: Tensor) -> Tensor:
        return x
      """;

  /** What grid sampling reads outside. */
  public enum Padding {
    /** Zero. */
    ZEROS,
    /** The nearest pixel inside. */
    BORDER
  }

  private final NDManager manager;
  private final PtSymbolBlock block;

  private TensorFunctions(NDManager manager, PtSymbolBlock block) {
    this.manager = manager;
    this.block = block;
  }

  /** Compiles the functions for a device. */
  public static TensorFunctions load(Device device) {
    NDManager manager = TorchEngine.newScope(device);
    try {
      byte[] program = TorchScriptArchive.ofMethods(SOURCE).bytes();
      PtSymbolBlock block =
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(program), true, false);
      return new TensorFunctions(manager, block);
    } catch (IOException | EngineException e) {
      manager.close();
      throw new BackendException("PyTorch refuses the tensor functions: " + e.getMessage(), e);
    }
  }

  /**
   * Samples bilinearly; -1 and 1 are the centres of the first and last pixels (corners aligned).
   *
   * @param image (N, C, H, W)
   * @param grid (N, h, w, 2), x before y
   * @return (N, C, h, w)
   */
  public NDArray gridSample(NDArray image, NDArray grid, Padding padding) {
    return switch (padding) {
      case ZEROS -> call("grid_sample_zeros", image, grid);
      case BORDER -> call("grid_sample_border", image, grid);
    };
  }

  /**
   * {@code target} with {@code target[index[i]] += source[i]} along the first or second axis; the
   * target is not changed. Sums at one place are added in no fixed order on graphics cards.
   *
   * @param axis 0 or 1
   * @param index 64-bit integers, one per slice of the source
   */
  public NDArray indexAdd(NDArray target, int axis, NDArray index, NDArray source) {
    Check.that(axis == 0 || axis == 1, "axis must be 0 or 1, was %s", axis);
    return call("index_add_" + axis, target, index, source);
  }

  /**
   * The slices with given numbers along the first or second axis.
   *
   * @param axis 0 or 1
   * @param index 64-bit integers of one dimension
   */
  public NDArray indexSelect(NDArray source, int axis, NDArray index) {
    Check.that(axis == 0 || axis == 1, "axis must be 0 or 1, was %s", axis);
    return call("index_select_" + axis, source, index);
  }

  /**
   * Resizes bilinearly without smoothing.
   *
   * @param image (N, C, H, W)
   * @param alignCorners whether the centres of the corner pixels fall together, else the outer
   *     edges
   */
  public NDArray resizeBilinear(NDArray image, int width, int height, boolean alignCorners) {
    // The wanted size travels as the shape of an array without elements.
    try (NDArray size = image.getManager().create(new Shape(0, height, width), DataType.FLOAT32)) {
      return call(alignCorners ? "resize_aligned" : "resize_centered", image, size);
    }
  }

  /**
   * {@code softmax(q k^T / sqrt(d)) v} without ever holding all scores.
   *
   * @param query (..., heads, n, d)
   * @param key (..., heads, m, d)
   * @param value (..., heads, m, e)
   */
  public NDArray attention(NDArray query, NDArray key, NDArray value) {
    return call("attention", query, key, value);
  }

  /**
   * Attention with a bias added to the scores before the softmax.
   *
   * @param bias (heads, n, m) or what broadcasts to the scores
   */
  public NDArray attention(NDArray query, NDArray key, NDArray value, NDArray bias) {
    return call("attention_biased", query, key, value, bias);
  }

  private NDArray call(String function, NDArray... arguments) {
    NDManager scope = arguments[0].getManager();
    NDList inputs = new NDList();
    for (NDArray argument : arguments) {
      Tensors.requireSafe(argument.getDataType());
      inputs.add(argument);
    }
    try (NDArray method = scope.create(new Shape(0), DataType.FLOAT32)) {
      method.setName("module_method:" + function);
      inputs.add(method);
      return IValueUtils.forward(block, inputs, JniUtils.isGradMode()).head();
    } catch (EngineException e) {
      throw new BackendException(function + " failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    block.close();
    manager.close();
  }
}
