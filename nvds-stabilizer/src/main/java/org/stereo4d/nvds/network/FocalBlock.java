package org.stereo4d.nvds.network;

import static org.stereo4d.nvds.network.NamedTensors.then;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * One cross-attention block: the target's map attends to itself, to a ring around each window, to
 * its own pooled windows and to three references, the farthest seen finest (spec 3.4).
 */
final class FocalBlock {
  private static final float EPSILON = 1e-5f;
  private static final int WINDOW = FocalNeighbors.WINDOW;
  private static final int TOKENS = FocalNeighbors.TOKENS;

  private final NamedTensors weights;
  private final int heads;
  private final NDArray bias;
  private final NDArray keyWeight;
  private final NDArray keyBias;

  /**
   * A block.
   *
   * @param scope keeps the table of biases
   */
  FocalBlock(NamedTensors weights, int heads, NDManager scope) {
    this.weights = weights;
    this.heads = heads;
    this.bias = bias(scope);
    long channels = weights.get("attn.proj.bias").size();
    this.keyWeight = weights.get("attn.qkv.weight").get("{}:", channels);
    this.keyBias = weights.get("attn.qkv.bias").get("{}:", channels);
  }

  /** Places and mask of the keys, for one size of picture. */
  record Neighborhood(int rows, int columns, NDArray index, NDArray mask) {
    static Neighborhood of(int height, int width, NDManager scope, DataType type) {
      int rows = (height + WINDOW - 1) / WINDOW;
      int columns = (width + WINDOW - 1) / WINDOW;
      FocalNeighbors neighbors = new FocalNeighbors(rows, columns);
      NDArray mask =
          scope.create(
              neighbors.mask(), new Shape((long) rows * columns, 1, 1, FocalNeighbors.KEYS));
      return new Neighborhood(
          rows, columns, scope.create(neighbors.index()), mask.toType(type, false));
    }
  }

  /** Added to all scores, (1, heads, 49, 289). */
  NDArray bias() {
    return bias;
  }

  private NDArray bias(NDManager scope) {
    String table = "attn.relative_position_bias_table";
    NDArray own = weights.get(table).transpose();
    NDArray ring = weights.get(table + "_to_neighbors").squeeze(0);
    NDList parts = new NDList(lookup(scope, own, WINDOW), ring);
    String[] names = {
      "_to_windows_0", "_to_windows_clips_0", "_to_windows_clips_1", "_to_windows_clips_2"
    };
    for (int i = 0; i < names.length; i++) {
      parts.add(lookup(scope, weights.get(table + names[i]), FocalNeighbors.SIDES[i]));
    }
    NDArray out = NDArrays.concat(parts, 2).expandDims(0);
    out.attach(scope);
    return out;
  }

  private NDArray lookup(NDManager scope, NDArray table, int side) {
    long[] index = new long[TOKENS * side * side];
    for (int i = 0; i < index.length; i++) {
      index[i] = FocalNeighbors.relativePosition(i / (side * side), i % (side * side), side);
    }
    try (NDArray places = scope.create(index)) {
      return weights.functions().indexSelect(table, 1, places).reshape(heads, TOKENS, -1);
    }
  }

  /**
   * The target after the block.
   *
   * @param frames maps (H, W, C): three references, farthest first, and the target
   */
  NDArray apply(List<NDArray> frames, Neighborhood place) {
    NDArray target = frames.get(3);
    long height = target.getShape().get(0);
    long width = target.getShape().get(1);
    NDArray windows = NamedTensors.scoped(target, x -> attended(frames, place));
    NDArray merged = merge(windows, place).get(":{}, :{}, :", height, width);
    NDArray x = target.add(merged);
    windows.close();
    return NamedTensors.replaced(
        x,
        t -> {
          NDArray normed = weights.norm(t, "norm2", EPSILON);
          NDArray hidden = then(normed, y -> weights.linear(y, "mlp.fc1"));
          NDArray active = then(hidden, y -> y.getNDArrayInternal().gelu());
          return then(active, y -> weights.linear(y, "mlp.fc2")).addi(t);
        });
  }

  /** Windows (n, 49, C) after attention and projection. */
  NDArray attended(List<NDArray> frames, Neighborhood place) {
    NDManager scope = frames.get(3).getManager();
    Projected p = project(frames, place, scope);
    NDArray shares = then(scores(p, place), x -> x.softmax(-1));
    NDArray out = then(shares, x -> x.matMul(p.values()));
    long channels = p.queries().getShape().get(3) * heads;
    return weights.linear(out.transpose(0, 2, 1, 3).reshape(-1, TOKENS, channels), "attn.proj");
  }

  /** Queries (n, heads, 49, d), keys and values (n, heads, 289, d). */
  record Projected(NDArray queries, NDArray keys, NDArray values) {}

  NDArray scores(Projected p, Neighborhood place) {
    double scale = 1 / Math.sqrt(p.queries().getShape().get(3));
    return p.queries()
        .mul(scale)
        .matMul(p.keys().transpose(0, 1, 3, 2))
        .addi(bias)
        .addi(place.mask());
  }

  Projected project(List<NDArray> frames, Neighborhood place, NDManager scope) {
    NDArray normed = padded(frames.get(3), place, scope);
    long channels = normed.getShape().get(2);
    NDArray qkv = weights.linear(normed, "attn.qkv");
    NDArray q = windows(qkv.get(":, :, :{}", channels), place);
    NDArray kv = qkv.get(":, :, {}:", channels).reshape(-1, 2 * channels);
    NDList tokens = new NDList(kv, keysAndValues(pooledTarget(normed, place), channels));
    for (int j = 0; j < 3; j++) {
      NDArray reference = padded(frames.get(j), place, scope);
      tokens.add(keysAndValues(pooledReference(reference, j, place), channels));
    }
    tokens.add(scope.zeros(new Shape(1, 2 * channels), kv.getDataType()));
    NDArray keys =
        then(
            NDArrays.concat(tokens, 0),
            all -> weights.functions().indexSelect(all, 0, place.index()));
    tokens.close();
    long n = (long) place.rows() * place.columns();
    long depth = channels / heads;
    NDArray split = keys.reshape(n, FocalNeighbors.KEYS, 2, heads, depth).transpose(2, 0, 3, 1, 4);
    NDArray queries = q.reshape(n, TOKENS, heads, depth).transpose(0, 2, 1, 3);
    return new Projected(queries, split.get(0), split.get(1));
  }

  /**
   * Keys and values of tokens (..., C) as (count, 2 C): the last two thirds of one projection.
   * Frees the tokens.
   */
  private NDArray keysAndValues(NDArray tokens, long channels) {
    return weights.linear(tokens.reshape(-1, channels), "attn.qkv").get(":, {}:", channels);
  }

  /** Norm, then zeros below and to the right up to whole windows. */
  NDArray padded(NDArray map, Neighborhood place, NDManager scope) {
    NDArray normed = weights.norm(map, "norm1", EPSILON);
    normed.attach(scope); // a reference lives longer than the block
    long below = (long) WINDOW * place.rows() - map.getShape().get(0);
    long right = (long) WINDOW * place.columns() - map.getShape().get(1);
    return below == 0 && right == 0 ? normed : normed.pad(new Shape(0, 0, 0, right, 0, below), 0);
  }

  /** Each window reduced to one token over its positions: (rows, columns, C). */
  NDArray pooledTarget(NDArray normed, Neighborhood place) {
    NDArray windows = windows(normed, place);
    NDArray pooled = weights.get("pool_layers.0.weight").expandDims(0);
    pooled.attach(normed.getManager());
    return pooled
        .matMul(windows)
        .add(weights.get("pool_layers.0.bias"))
        .reshape(place.rows(), place.columns(), normed.getShape().get(2));
  }

  /** A reference as seen by the target: full size, 4 cells per window, or 2 cells. */
  NDArray pooledReference(NDArray normed, int j, Neighborhood place) {
    NDArray weight = weights.get("pool_layers_clips." + j + ".weight");
    NDArray shift = weights.get("pool_layers_clips." + j + ".bias");
    if (j < 2) {
      NDArray sized = j == 0 ? normed : resized(normed, 4, place);
      return sized.mul(weight.reshape(1)).add(shift);
    }
    NDArray cells = resized(normed, 6, place);
    long rows = 2L * place.rows();
    long columns = 2L * place.columns();
    long channels = normed.getShape().get(2);
    NDArray grouped =
        cells
            .reshape(rows, 3, columns, 3, channels)
            .transpose(0, 2, 4, 1, 3)
            .reshape(rows, columns, channels, 9);
    return weights.linear(grouped, "pool_layers_clips.2").reshape(rows, columns, channels);
  }

  private NDArray resized(NDArray map, int cells, Neighborhood place) {
    NDArray planes = map.transpose(2, 0, 1).expandDims(0);
    return weights
        .functions()
        .resizeBilinear(planes, cells * place.columns(), cells * place.rows(), false)
        .squeeze(0)
        .transpose(1, 2, 0);
  }

  private static NDArray windows(NDArray map, Neighborhood place) {
    long channels = map.getShape().get(2);
    return map.reshape(place.rows(), WINDOW, place.columns(), WINDOW, channels)
        .transpose(0, 2, 1, 3, 4)
        .reshape(-1, TOKENS, channels);
  }

  private static NDArray merge(NDArray windows, Neighborhood place) {
    long channels = windows.getShape().get(2);
    return windows
        .reshape(place.rows(), place.columns(), WINDOW, WINDOW, channels)
        .transpose(0, 2, 1, 3, 4)
        .reshape((long) WINDOW * place.rows(), (long) WINDOW * place.columns(), channels);
  }
}
