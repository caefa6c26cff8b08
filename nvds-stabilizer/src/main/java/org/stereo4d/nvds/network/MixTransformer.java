package org.stereo4d.nvds.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** The encoder: frames (N, 4, H, W) to four maps each (spec 3.2). Weights below "backbone". */
final class MixTransformer {
  private static final float EMBED_EPSILON = 1e-5f;
  private static final float BLOCK_EPSILON = 1e-6f;

  private final NvdsLayout layout;
  private final NamedTensors weights;

  MixTransformer(NvdsLayout layout, NamedTensors weights) {
    this.layout = layout;
    this.weights = weights;
  }

  /** Height and width of a map of tokens. */
  record Grid(long height, long width) {}

  /** Tokens (N, H W, C) and their grid. */
  record Tokens(NDArray array, Grid grid) {}

  /** The maps of all stages, (N, C_s, H_s, W_s). */
  List<NDArray> stages(NDArray frames) {
    List<NDArray> out = new ArrayList<>();
    NDArray map = frames;
    for (int s = 0; s < 4; s++) {
      int stage = s;
      map = NamedTensors.scoped(map, x -> stage(x, stage));
      out.add(map);
    }
    return out;
  }

  private NDArray stage(NDArray map, int s) {
    Tokens tokens =
        embed(map, weights.within("patch_embed" + (s + 1)), s == 0 ? 4 : 2, s == 0 ? 3 : 1);
    NDArray t = tokens.array();
    for (int i = 0; i < layout.depths().get(s); i++) {
      NamedTensors block = weights.within("block" + (s + 1)).within(Integer.toString(i));
      t = NamedTensors.replaced(t, x -> block(x, tokens.grid(), block, s));
    }
    NDArray normed = weights.norm(t, "norm" + (s + 1), BLOCK_EPSILON);
    return toMap(normed, tokens.grid());
  }

  /** Overlapping patches as tokens. */
  static Tokens embed(NDArray map, NamedTensors w, int stride, int padding) {
    NDArray patches = w.conv(map, "proj", stride, padding);
    Shape shape = patches.getShape();
    return new Tokens(
        w.norm(toTokens(patches), "norm", EMBED_EPSILON), new Grid(shape.get(2), shape.get(3)));
  }

  NDArray block(NDArray t, Grid grid, NamedTensors w, int s) {
    return block(t, grid, w, layout.heads().get(s), layout.reductions().get(s));
  }

  /** {@code t + Attn(LN t)}, then {@code t + Mlp(LN t)}. */
  static NDArray block(NDArray t, Grid grid, NamedTensors w, int heads, int reduction) {
    NDArray attended =
        t.add(
            attention(w.norm(t, "norm1", BLOCK_EPSILON), grid, w.within("attn"), heads, reduction));
    NDArray u = w.norm(attended, "norm2", BLOCK_EPSILON);
    NDArray hidden = toMap(w.linear(u, "mlp.fc1"), grid);
    NDArray active = toTokens(w.depthwise(hidden, "mlp.dwconv.dwconv")).getNDArrayInternal().gelu();
    return attended.add(w.linear(active, "mlp.fc2"));
  }

  /** Attention of all tokens over reduced keys and values. */
  static NDArray attention(NDArray u, Grid grid, NamedTensors w, int heads, int reduction) {
    long n = u.getShape().get(0);
    long channels = u.getShape().get(2);
    NDArray q = heads(w.linear(u, "q"), heads);
    NDArray z = u;
    if (reduction > 1) {
      NDArray reduced = w.conv(toMap(u, grid), "sr", reduction, 0);
      z = w.norm(toTokens(reduced), "norm", EMBED_EPSILON);
    }
    NDArray kv = w.linear(z, "kv");
    NDArray k = heads(kv.get(":, :, :{}", channels), heads);
    NDArray v = heads(kv.get(":, :, {}:", channels), heads);
    NDArray out = w.functions().attention(q, k, v);
    NDArray joined = out.transpose(0, 2, 1, 3).reshape(n, u.getShape().get(1), channels);
    return w.linear(joined, "proj");
  }

  /** (N, L, C) to (N, heads, L, C / heads). */
  private static NDArray heads(NDArray x, int heads) {
    Shape shape = x.getShape();
    return x.reshape(shape.get(0), shape.get(1), heads, shape.get(2) / heads).transpose(0, 2, 1, 3);
  }

  static NDArray toTokens(NDArray map) {
    Shape shape = map.getShape();
    return map.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3)).transpose(0, 2, 1);
  }

  static NDArray toMap(NDArray tokens, Grid grid) {
    Shape shape = tokens.getShape();
    return tokens
        .transpose(0, 2, 1)
        .reshape(shape.get(0), shape.get(2), grid.height(), grid.width());
  }
}
