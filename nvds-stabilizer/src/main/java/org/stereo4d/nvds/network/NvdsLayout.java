package org.stereo4d.nvds.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stereo4d.run.Check;

/**
 * Widths and depths of the network, and with them the names and shapes of its tensors.
 *
 * @param widths channels of the four encoder stages
 * @param depths blocks per stage
 * @param heads attention heads per stage
 * @param reductions key and value reduction per stage
 * @param embedding channels of the fused maps; a multiple of {@code 8}
 * @param focalBlocks cross-attention blocks
 * @param focalHeads their heads
 * @param classifierInputs inputs of the classifier that files hold and nothing uses
 */
public record NvdsLayout(
    List<Integer> widths,
    List<Integer> depths,
    List<Integer> heads,
    List<Integer> reductions,
    int embedding,
    int focalBlocks,
    int focalHeads,
    int classifierInputs) {
  /** The published network: 88 537 890 parameters in 1 211 tensors. */
  public static final NvdsLayout FULL =
      new NvdsLayout(
          List.of(64, 128, 320, 512),
          List.of(3, 6, 40, 3),
          List.of(1, 2, 5, 8),
          List.of(8, 4, 2, 1),
          256,
          4,
          8,
          128);

  /** Side of an attention window, in fused pixels. */
  static final int WINDOW = 7;

  /** Checks the lists. */
  public NvdsLayout {
    widths = List.copyOf(widths);
    depths = List.copyOf(depths);
    heads = List.copyOf(heads);
    reductions = List.copyOf(reductions);
    for (List<Integer> list : List.of(widths, depths, heads, reductions)) {
      Check.that(
          list.size() == 4 && list.stream().allMatch(v -> v > 0),
          "each list must have 4 values > 0, was %s",
          list);
    }
    for (int s = 0; s < 4; s++) {
      Check.that(
          widths.get(s) % heads.get(s) == 0,
          "width %s must be a multiple of its %s heads",
          widths.get(s),
          heads.get(s));
    }
    Check.that(
        embedding > 0 && embedding % 8 == 0 && embedding % focalHeads == 0,
        "embedding must be a multiple of 8 and of %s heads, was %s",
        focalHeads,
        embedding);
  }

  /**
   * Shape of every tensor by name, in the order of the published file, which prefixes "module.".
   */
  public Map<String, List<Integer>> tensors() {
    Shapes out = new Shapes();
    for (int s = 0; s < 4; s++) {
      String embed = "backbone.patch_embed" + (s + 1);
      out.conv(embed + ".proj", s == 0 ? 4 : widths.get(s - 1), widths.get(s), s == 0 ? 7 : 3);
      out.norm(embed + ".norm", widths.get(s));
    }
    for (int s = 0; s < 4; s++) {
      encoderStage(out, s);
    }
    out.add("Stabilizer.conv_seg.weight", 1, classifierInputs, 1, 1);
    out.add("Stabilizer.conv_seg.bias", 1);
    for (int s = 3; s >= 0; s--) {
      out.linear("Stabilizer.linear_c" + (s + 1) + ".proj", widths.get(s), embedding);
    }
    out.add("Stabilizer.linear_fuse.0.weight", embedding, 4 * embedding, 1, 1);
    for (int b = 0; b < focalBlocks; b++) {
      focalBlock(out, "Stabilizer.decoder_focal.blocks." + b + ".");
    }
    head(out);
    return out.map;
  }

  private void encoderStage(Shapes out, int s) {
    int c = widths.get(s);
    for (int i = 0; i < depths.get(s); i++) {
      String p = "backbone.block" + (s + 1) + "." + i + ".";
      out.norm(p + "norm1", c);
      out.linear(p + "attn.q", c, c);
      out.linear(p + "attn.kv", c, 2 * c);
      out.linear(p + "attn.proj", c, c);
      if (reductions.get(s) > 1) {
        out.conv(p + "attn.sr", c, c, reductions.get(s));
        out.norm(p + "attn.norm", c);
      }
      out.norm(p + "norm2", c);
      out.linear(p + "mlp.fc1", c, 4 * c);
      out.add(p + "mlp.dwconv.dwconv.weight", 4 * c, 1, 3, 3);
      out.add(p + "mlp.dwconv.dwconv.bias", 4 * c);
      out.linear(p + "mlp.fc2", 4 * c, c);
    }
    out.norm("backbone.norm" + (s + 1), c);
  }

  private void focalBlock(Shapes out, String p) {
    out.linear(p + "pool_layers.0", WINDOW * WINDOW, 1);
    out.linear(p + "pool_layers_clips.0", 1, 1);
    out.linear(p + "pool_layers_clips.1", 1, 1);
    out.linear(p + "pool_layers_clips.2", 9, 1);
    out.norm(p + "norm1", embedding);
    String bias = p + "attn.relative_position_bias_table";
    out.add(bias, 169, focalHeads);
    out.add(bias + "_to_neighbors", 1, focalHeads, 49, 132);
    out.add(bias + "_to_windows_0", focalHeads, 121);
    out.add(bias + "_to_windows_clips_0", focalHeads, 169);
    out.add(bias + "_to_windows_clips_1", focalHeads, 121);
    out.add(bias + "_to_windows_clips_2", focalHeads, 81);
    out.linear(p + "attn.qkv", embedding, 3 * embedding);
    out.linear(p + "attn.proj", embedding, embedding);
    out.norm(p + "norm2", embedding);
    out.linear(p + "mlp.fc1", embedding, 4 * embedding);
    out.linear(p + "mlp.fc2", 4 * embedding, embedding);
  }

  private void head(Shapes out) {
    for (int k = 2; k >= 0; k--) {
      int in = embedding >> (2 - k);
      residual(out, "Stabilizer.ffm" + k + ".ftb1.", in, in);
      residual(out, "Stabilizer.ffm" + k + ".ftb2.", in, in / 2);
    }
    int last = embedding / 8;
    out.conv("Stabilizer.AO.adapt_conv.0", last, last / 2, 3);
    out.conv("Stabilizer.AO.adapt_conv.3", last / 2, 1, 1);
    out.conv("edge_conv.0", 3, embedding / 4, 3);
    out.conv("edge_conv1.0", embedding / 4, embedding / 2, 3);
  }

  private static void residual(Shapes out, String p, int in, int width) {
    out.conv(p + "conv1", in, width, 3);
    out.conv(p + "conv_branch.1", width, width, 3);
    out.conv(p + "conv_branch.3", width, width, 3);
  }

  /** Collects names and shapes. */
  private static final class Shapes {
    final Map<String, List<Integer>> map = new LinkedHashMap<>();

    void add(String name, Integer... shape) {
      map.put(name, List.of(shape));
    }

    void linear(String name, int in, int out) {
      add(name + ".weight", out, in);
      add(name + ".bias", out);
    }

    void conv(String name, int in, int out, int side) {
      add(name + ".weight", out, in, side, side);
      add(name + ".bias", out);
    }

    void norm(String name, int width) {
      add(name + ".weight", width);
      add(name + ".bias", width);
    }
  }
}
