package org.stereo4d.nvds.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.stereo4d.image.FloatImage;
import org.stereo4d.network.Tensors;
import org.stereo4d.network.TorchScriptArchive;

/**
 * The network a second time, as one TorchScript program made from source text: a referee for values
 * and the rival for speed. Weights are inputs, in the order of the layout.
 */
final class ScriptedNvds implements AutoCloseable {
  private static final String METHODS =
      """
      def conv(self, x: Tensor, w: List[Tensor], i: int, s: int, p: int, g: int) -> Tensor:
        return torch.conv2d(x, w[i], w[i + 1], [s, s], [p, p], [1, 1], g)
      def norm(self, x: Tensor, w: List[Tensor], i: int, e: float) -> Tensor:
        return torch.layer_norm(x, [torch.size(w[i], 0)], w[i], w[i + 1], e)
      def tokens(self, m: Tensor) -> Tensor:
        return torch.transpose(torch.flatten(m, 2, 3), 1, 2)
      def grid(self, t: Tensor, h: int, v: int) -> Tensor:
        return torch.reshape(torch.transpose(t, 1, 2), [torch.size(t, 0), torch.size(t, 2), h, v])
      def mit(self, t: Tensor, w: List[Tensor], i: int, h: int, v: int, n: int, r: int) -> Tensor:
        u = self.norm(t, w, i, 1e-06)
        b = torch.size(u, 0)
        l = torch.size(u, 1)
        c = torch.size(u, 2)
        q0 = torch.reshape(torch.linear(u, w[i + 2], w[i + 3]), [b, l, n, c // n])
        q = torch.transpose(q0, 1, 2)
        z = u
        j = i + 8
        if r > 1:
          k0 = self.grid(u, h, v)
          k1 = self.conv(k0, w, i + 8, r, 0, 1)
          k2 = self.tokens(k1)
          z = self.norm(k2, w, i + 10, 1e-05)
          j = i + 12
        kv = torch.linear(z, w[i + 4], w[i + 5])
        kv2 = torch.permute(torch.reshape(kv, [b, torch.size(z, 1), 2, n, c // n]), [2, 0, 3, 1, 4])
        k = torch.select(kv2, 0, 0)
        o = torch.scaled_dot_product_attention(q, k, torch.select(kv2, 0, 1))
        o1 = torch.reshape(torch.transpose(o, 1, 2), [b, l, c])
        a = torch.add(t, torch.linear(o1, w[i + 6], w[i + 7]))
        d = self.norm(a, w, j, 1e-06)
        f = self.grid(torch.linear(d, w[j + 2], w[j + 3]), h, v)
        g = self.conv(f, w, j + 4, 1, 1, torch.size(w[j + 4], 0))
        s = self.tokens(g)
        return torch.add(a, torch.linear(torch.gelu(s), w[j + 6], w[j + 7]))
      def padded(self, m: Tensor, w: List[Tensor], i: int, rows: int, cols: int) -> Tensor:
        n = self.norm(m, w, i + 8, 1e-05)
        right = 7 * cols - torch.size(m, 1)
        below = 7 * rows - torch.size(m, 0)
        return torch.constant_pad_nd(n, [0, 0, 0, right, 0, below])
      def win(self, m: Tensor, rows: int, cols: int) -> Tensor:
        c = torch.size(m, 2)
        y = torch.permute(torch.reshape(m, [rows, 7, cols, 7, c]), [0, 2, 1, 3, 4])
        return torch.reshape(y, [rows * cols, 49, c])
      def kv(self, t: Tensor, w: List[Tensor], i: int, c: int) -> Tensor:
        y = torch.linear(torch.reshape(t, [-1, c]), w[i + 16], w[i + 17])
        return torch.slice(y, 1, c, 3 * c)
      def sized(self, m: Tensor, rows: int, cols: int) -> Tensor:
        p = torch.unsqueeze(torch.permute(m, [2, 0, 1]), 0)
        r = torch.upsample_bilinear2d(p, [rows, cols], False)
        return torch.permute(torch.squeeze(r, 0), [1, 2, 0])
      def focal(self, f: List[Tensor], w: List[Tensor], i: int, rows: int, cols: int, n: int, \
      aux: List[Tensor], b: int) -> Tensor:
        x = f[3]
        c = torch.size(x, 2)
        t = self.padded(x, w, i, rows, cols)
        qkv = torch.linear(t, w[i + 16], w[i + 17])
        q0 = self.win(torch.slice(qkv, 2, 0, c), rows, cols)
        own = torch.reshape(torch.slice(qkv, 2, c, 3 * c), [-1, 2 * c])
        tw = self.win(t, rows, cols)
        p0 = torch.add(torch.matmul(torch.unsqueeze(w[i], 0), tw), w[i + 1])
        k0 = self.kv(p0, w, i, c)
        r0 = self.padded(f[0], w, i, rows, cols)
        k1 = self.kv(torch.add(torch.mul(r0, torch.reshape(w[i + 2], [1])), w[i + 3]), w, i, c)
        r1 = self.padded(f[1], w, i, rows, cols)
        r1s = self.sized(r1, 4 * rows, 4 * cols)
        k2 = self.kv(torch.add(torch.mul(r1s, torch.reshape(w[i + 4], [1])), w[i + 5]), w, i, c)
        r2 = self.padded(f[2], w, i, rows, cols)
        r2s = self.sized(r2, 6 * rows, 6 * cols)
        r2c = torch.permute(torch.reshape(r2s, [2 * rows, 3, 2 * cols, 3, c]), [0, 2, 4, 1, 3])
        r2l = torch.linear(torch.reshape(r2c, [2 * rows, 2 * cols, c, 9]), w[i + 6], w[i + 7])
        k3 = self.kv(r2l, w, i, c)
        zero = torch.mul(torch.slice(own, 0, 0, 1), 0.)
        all = torch.cat([own, k0, k1, k2, k3, zero], 0)
        g = torch.reshape(torch.index_select(all, 0, aux[0]), [rows * cols, 289, 2, n, c // n])
        g2 = torch.permute(g, [2, 0, 3, 1, 4])
        q = torch.transpose(torch.reshape(q0, [rows * cols, 49, n, c // n]), 1, 2)
        kt = torch.transpose(torch.select(g2, 0, 0), 2, 3)
        s0 = torch.matmul(torch.mul(q, (c // n) ** -0.5), kt)
        s = torch.add(torch.add(s0, aux[2 + b]), aux[1])
        o = torch.matmul(torch.softmax(s, -1), torch.select(g2, 0, 1))
        o1 = torch.reshape(torch.transpose(o, 1, 2), [rows * cols, 49, c])
        o2 = torch.linear(o1, w[i + 18], w[i + 19])
        o3 = torch.permute(torch.reshape(o2, [rows, cols, 7, 7, c]), [0, 2, 1, 3, 4])
        o4 = torch.reshape(o3, [7 * rows, 7 * cols, c])
        o5 = torch.slice(torch.slice(o4, 0, 0, torch.size(x, 0)), 1, 0, torch.size(x, 1))
        y = torch.add(x, o5)
        h = self.norm(y, w, i + 20, 1e-05)
        h1 = torch.gelu(torch.linear(h, w[i + 22], w[i + 23]))
        return torch.add(y, torch.linear(h1, w[i + 24], w[i + 25]))
      def ftb(self, x: Tensor, w: List[Tensor], i: int) -> Tensor:
        c0 = self.conv(x, w, i, 1, 1, 1)
        u = torch.relu(c0)
        c1 = self.conv(u, w, i + 2, 1, 1, 1)
        c2 = self.conv(torch.relu(c1), w, i + 4, 1, 1, 1)
        return torch.relu(torch.add(c2, u))
      def ffm(self, low: Tensor, high: Tensor, w: List[Tensor], i: int, k: int) -> Tensor:
        a = self.ftb(low, w, i)
        z = self.ftb(torch.add(a, high), w, i + 6)
        return torch.upsample_bilinear2d(z, [k * torch.size(z, 2), k * torch.size(z, 3)], True)
      """;

  private final NDManager scope;
  private final PtSymbolBlock block;
  private final NDList constants = new NDList();

  /** The program for frames of one size, on the weights of a network. */
  ScriptedNvds(NvdsNetwork network, int width, int height) throws IOException {
    this.scope = network.newScope();
    byte[] program =
        TorchScriptArchive.ofMethods(METHODS + forward(network.layout(), width, height)).bytes();
    this.block =
        JniUtils.loadModule((PtNDManager) scope, new ByteArrayInputStream(program), true, false);
    for (String name : network.layout().tensors().keySet()) {
      add(network.weight(name), "w[]");
    }
    FocalBlock.Neighborhood place =
        FocalBlock.Neighborhood.of(height / 4, width / 4, scope, DataType.FLOAT32);
    add(place.index(), "aux[]");
    add(place.mask(), "aux[]");
    for (NDArray bias : network.biases()) {
      add(bias, "aux[]");
    }
  }

  private void add(NDArray array, String name) {
    NDArray named = array.reshape(array.getShape());
    named.attach(scope);
    named.setName(name);
    constants.add(named);
  }

  private static String forward(NvdsLayout layout, int width, int height) {
    List<String> names = new ArrayList<>(layout.tensors().keySet());
    StringBuilder out = new StringBuilder();
    out.append("def forward(self, x: Tensor, w: List[Tensor], aux: List[Tensor]) -> Tensor:\n");
    int h = (height + 3) / 4;
    int v = (width + 3) / 4;
    int fullHeight = h;
    int fullWidth = v;
    line(out, "m = x");
    for (int s = 0; s < 4; s++) {
      int embed = names.indexOf("backbone.patch_embed" + (s + 1) + ".proj.weight");
      line(out, "e = self.conv(m, w, %d, %d, %d, 1)", embed, s == 0 ? 4 : 2, s == 0 ? 3 : 1);
      line(out, "k = self.tokens(e)");
      line(out, "t = self.norm(k, w, %d, 1e-05)", embed + 2);
      for (int i = 0; i < layout.depths().get(s); i++) {
        int at = names.indexOf("backbone.block" + (s + 1) + "." + i + ".norm1.weight");
        line(
            out,
            "t = self.mit(t, w, %d, %d, %d, %d, %d)",
            at,
            h,
            v,
            layout.heads().get(s),
            layout.reductions().get(s));
      }
      line(
          out,
          "t = self.norm(t, w, %d, 1e-06)",
          names.indexOf("backbone.norm" + (s + 1) + ".weight"));
      int linear = names.indexOf("Stabilizer.linear_c" + (s + 1) + ".proj.weight");
      line(out, "m = self.grid(t, %d, %d)", h, v);
      line(out, "l = torch.linear(t, w[%d], w[%d])", linear, linear + 1);
      line(out, "c%d = self.grid(l, %d, %d)", s, h, v);
      if (s > 0) {
        line(
            out,
            "c%d = torch.upsample_bilinear2d(c%d, [%d, %d], False)",
            s,
            s,
            fullHeight,
            fullWidth);
      }
      h = (h + 1) / 2;
      v = (v + 1) / 2;
    }
    line(
        out,
        "f = torch.relu(torch.conv2d(torch.cat([c3, c2, c1, c0], 1), w[%d]))",
        names.indexOf("Stabilizer.linear_fuse.0.weight"));
    line(out, "p = torch.permute(f, [0, 2, 3, 1])");
    for (int j = 0; j < 4; j++) {
      line(out, "f%d = torch.select(p, 0, %d)", j, j);
    }
    for (int b = 0; b < layout.focalBlocks(); b++) {
      int at = names.indexOf("Stabilizer.decoder_focal.blocks." + b + ".pool_layers.0.weight");
      line(
          out,
          "f3 = self.focal([f0, f1, f2, f3], w, %d, %d, %d, %d, aux, %d)",
          at,
          (fullHeight + 6) / 7,
          (fullWidth + 6) / 7,
          layout.focalHeads(),
          b);
    }
    int edge = names.indexOf("edge_conv.0.weight");
    line(out, "rgb = torch.slice(torch.slice(x, 0, 3, 4), 1, 0, 3)");
    line(out, "e0 = self.conv(rgb, w, %d, 1, 1, 1)", edge);
    line(out, "e0 = torch.relu(e0)");
    line(out, "e1 = self.conv(e0, w, %d, 2, 1, 1)", edge + 2);
    line(out, "e1 = torch.relu(e1)");
    line(out, "high = torch.unsqueeze(torch.permute(f3, [2, 0, 1]), 0)");
    String ffm = "o = self.ffm(%s, %s, w, %d, %d)";
    line(out, ffm, "torch.slice(f, 0, 3, 4)", "high", at(names, 2), 2);
    line(out, ffm, "e1", "o", at(names, 1), 2);
    line(out, ffm, "e0", "o", at(names, 0), 1);
    int last = names.indexOf("Stabilizer.AO.adapt_conv.0.weight");
    line(out, "o = self.conv(o, w, %d, 1, 1, 1)", last);
    line(out, "o = self.conv(torch.relu(o), w, %d, 1, 0, 1)", last + 2);
    line(out, "return torch.relu(o)");
    return out.toString();
  }

  private static int at(List<String> names, int module) {
    return names.indexOf("Stabilizer.ffm" + module + ".ftb1.conv1.weight");
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append("  ").append(String.format(format, values)).append('\n');
  }

  /** The map of the last frame of a window. */
  FloatImage run(List<FloatImage> window) {
    try (NDManager inside = scope.newSubManager()) {
      NDList inputs = new NDList(Tensors.ofImages(inside, window.toArray(FloatImage[]::new)));
      inputs.addAll(constants);
      return Tensors.toImage(IValueUtils.forward(block, inputs, false).head(), 0);
    }
  }

  @Override
  public void close() {
    block.close();
    scope.close();
  }
}
