package org.stereo4d.nvds.network;

import static org.stereo4d.nvds.network.NamedTensors.then;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** The depth head (spec 3.5). Weights below "Stabilizer". */
final class DepthHead {
  private final NamedTensors weights;

  DepthHead(NamedTensors weights) {
    this.weights = weights;
  }

  /**
   * What the head makes of the target alone, before it meets the attended map: about two fifths of
   * its work, the same for the windows of both passes. Maps (1, C, h, w), coarse to fine.
   */
  record TargetBranches(NDArray quarter, NDArray half, NDArray full) implements AutoCloseable {
    @Override
    public void close() {
      quarter.close();
      half.close();
      full.close();
    }
  }

  /** The branches of a target from its fused map and its edge features. */
  TargetBranches branches(NDArray fused, NDArray edgeHalf, NDArray edge) {
    return new TargetBranches(
        branch(fused, "ffm2"), branch(edgeHalf, "ffm1"), branch(edge, "ffm0"));
  }

  private NDArray branch(NDArray low, String module) {
    return NamedTensors.scoped(low, x -> residual(x, weights.within(module).within("ftb1")));
  }

  /** The map before its last ReLU, (1, 1, H, W). */
  NDArray apply(TargetBranches target, NDArray attended) {
    NDArray half = fuse(target.quarter(), attended, weights.within("ffm2"), 2);
    NDArray full = then(half, x -> fuse(target.half(), x, weights.within("ffm1"), 2));
    NDArray last = then(full, x -> fuse(target.full(), x, weights.within("ffm0"), 1));
    return then(last, x -> output(x, weights.within("AO")));
  }

  /** {@code up(FTB2(low + high))}, low after its own FTB1. */
  static NDArray fuse(NDArray low, NDArray high, NamedTensors w, int factor) {
    return NamedTensors.replaced(
        high.add(low),
        x -> {
          NDArray out = residual(x, w.within("ftb2"));
          Shape shape = out.getShape();
          int width = (int) shape.get(3) * factor;
          int height = (int) shape.get(2) * factor;
          return factor == 1
              ? out
              : then(out, y -> w.functions().resizeBilinear(y, width, height, true));
        });
  }

  /**
   * {@code u = ReLU(conv(x)); ReLU(u + conv(ReLU(conv(u))))}. The skip path carries u after the
   * ReLU: the activation of the reference works in place, and published weights rely on it.
   */
  static NDArray residual(NDArray x, NamedTensors w) {
    NDArray u = then(w.conv(x, "conv1", 1, 1), DepthHead::relu);
    NDArray branch = then(w.conv(u, "conv_branch.1", 1, 1), DepthHead::relu);
    NDArray sum = then(branch, y -> w.conv(y, "conv_branch.3", 1, 1)).addi(u);
    u.close();
    return then(sum, DepthHead::relu);
  }

  static NDArray output(NDArray x, NamedTensors w) {
    NDArray hidden = then(w.conv(x, "adapt_conv.0", 1, 1), DepthHead::relu);
    return then(hidden, y -> w.conv(y, "adapt_conv.3", 1, 0));
  }

  static NDArray relu(NDArray x) {
    return x.getNDArrayInternal().relu();
  }
}
