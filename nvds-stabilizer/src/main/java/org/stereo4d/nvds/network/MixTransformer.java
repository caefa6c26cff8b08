package org.stereo4d.nvds.network;

import static org.stereo4d.nvds.network.NamedTensors.then;

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
    NDArray change =
        then(
            w.norm(t, "norm1", BLOCK_EPSILON),
            u -> attention(u, grid, w.within("attn"), heads, reduction));
    NDArray attended = change.addi(t);
    NDArray u = w.norm(attended, "norm2", BLOCK_EPSILON);
    NDArray hidden = then(u, x -> w.linear(x, "mlp.fc1"));
    NDArray mixed =
        then(then(hidden, x -> toMap(x, grid)), x -> w.depthwise(x, "mlp.dwconv.dwconv"));
    NDArray active = then(then(mixed, MixTransformer::toTokens), MixTransformer::gelu);
    return then(active, x -> w.linear(x, "mlp.fc2")).addi(attended);
  }

  private static NDArray gelu(NDArray x) {
    return x.getNDArrayInternal().gelu();
  }

  /** Attention of all tokens over reduced keys and values. */
  static NDArray attention(NDArray u, Grid grid, NamedTensors w, int heads, int reduction) {
    long n = u.getShape().get(0);
    long length = u.getShape().get(1);
    long channels = u.getShape().get(2);
    NDArray q = heads(w.linear(u, "q"), heads);
    NDArray kv = reduction > 1 ? reducedKeys(u, grid, w, reduction) : w.linear(u, "kv");
    NDArray k = heads(kv.get(":, :, :{}", channels), heads);
    NDArray v = heads(kv.get(":, :, {}:", channels), heads);
    kv.close();
    NDArray out = w.functions().attention(q, k, v);
    q.close();
    k.close();
    v.close();
    NDArray swapped = then(out, x -> x.transpose(0, 2, 1, 3));
    NDArray joined = then(swapped, x -> x.reshape(n, length, channels));
    return then(joined, x -> w.linear(x, "proj"));
  }

  private static NDArray reducedKeys(NDArray u, Grid grid, NamedTensors w, int reduction) {
    NDArray reduced = then(toMap(u, grid), x -> w.conv(x, "sr", reduction, 0));
    NDArray tokens = then(reduced, MixTransformer::toTokens);
    NDArray normed = then(tokens, x -> w.norm(x, "norm", EMBED_EPSILON));
    return then(normed, x -> w.linear(x, "kv"));
  }

  /** (N, L, C) to (N, heads, L, C / heads); frees the input. */
  private static NDArray heads(NDArray x, int heads) {
    Shape shape = x.getShape();
    NDArray split =
        then(x, y -> y.reshape(shape.get(0), shape.get(1), heads, shape.get(2) / heads));
    return then(split, y -> y.transpose(0, 2, 1, 3));
  }

  static NDArray toTokens(NDArray map) {
    Shape shape = map.getShape();
    return then(
        map.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3)),
        x -> x.transpose(0, 2, 1));
  }

  static NDArray toMap(NDArray tokens, Grid grid) {
    Shape shape = tokens.getShape();
    return then(
        tokens.transpose(0, 2, 1),
        x -> x.reshape(shape.get(0), shape.get(2), grid.height(), grid.width()));
  }
}
