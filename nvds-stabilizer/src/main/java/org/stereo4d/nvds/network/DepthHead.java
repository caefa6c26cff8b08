package org.stereo4d.nvds.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** The depth head (spec 3.5). Weights below "Stabilizer". */
final class DepthHead {
  private final NamedTensors weights;

  DepthHead(NamedTensors weights) {
    this.weights = weights;
  }

  /** What the head reads; maps (1, C, h, w). */
  record Inputs(NDArray fused, NDArray attended, NDArray edgeHalf, NDArray edge) {}

  /** The map before its last ReLU, (1, 1, H, W). */
  NDArray apply(Inputs in) {
    NDArray half = fuse(in.fused(), in.attended(), weights.within("ffm2"), 2);
    NDArray full = fuse(in.edgeHalf(), half, weights.within("ffm1"), 2);
    half.close();
    NDArray last = fuse(in.edge(), full, weights.within("ffm0"), 1);
    full.close();
    return output(last, weights.within("AO"));
  }

  /** {@code up(FTB2(FTB1(low) + high))}. */
  static NDArray fuse(NDArray low, NDArray high, NamedTensors w, int factor) {
    NDArray z = NamedTensors.scoped(low, x -> residual(x, w.within("ftb1")).addi(high));
    return NamedTensors.replaced(
        z,
        x -> {
          NDArray out = residual(x, w.within("ftb2"));
          Shape shape = out.getShape();
          int width = (int) shape.get(3) * factor;
          int height = (int) shape.get(2) * factor;
          return factor == 1 ? out : w.functions().resizeBilinear(out, width, height, true);
        });
  }

  /**
   * {@code u = ReLU(conv(x)); ReLU(u + conv(ReLU(conv(u))))}. The skip path carries u after the
   * ReLU: the activation of the reference works in place, and published weights rely on it.
   */
  static NDArray residual(NDArray x, NamedTensors w) {
    NDArray u = relu(w.conv(x, "conv1", 1, 1));
    NDArray branch = relu(w.conv(u, "conv_branch.1", 1, 1));
    return relu(w.conv(branch, "conv_branch.3", 1, 1).addi(u));
  }

  static NDArray output(NDArray x, NamedTensors w) {
    return w.conv(relu(w.conv(x, "adapt_conv.0", 1, 1)), "adapt_conv.3", 1, 0);
  }

  static NDArray relu(NDArray x) {
    return x.getNDArrayInternal().relu();
  }
}
