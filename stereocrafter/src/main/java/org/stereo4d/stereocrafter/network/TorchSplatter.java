package org.stereo4d.stereocrafter.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.Device;
import org.stereo4d.network.ModelContract;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TensorSpec;
import org.stereo4d.network.TorchScriptArchive;
import org.stereo4d.network.TorchScriptModel;
import org.stereo4d.run.Check;
import org.stereo4d.stereocrafter.splat.Splat;
import org.stereo4d.stereocrafter.splat.SplatOptions;
import org.stereo4d.stereocrafter.splat.Splatter;
import org.stereo4d.stereocrafter.splat.TapRule;

/**
 * The splat as a TorchScript program of {@code index_add}, for pictures that are on a graphics card
 * anyway; on a processor the rows of plain Java are many times faster. Sums are in double
 * precision. On a graphics card sums at one place are added in no fixed order, so last bits vary.
 * Thread-safe.
 */
public final class TorchSplatter implements Splatter, AutoCloseable {
  private static final ModelContract CONTRACT =
      new ModelContract(
          "splat",
          List.of(
              TensorSpec.real("image", "h w c"),
              TensorSpec.real("disparity", "h w"),
              TensorSpec.real("numbers", "5")),
          List.of(TensorSpec.real("view", "h w ?")));

  /**
   * Numbers: shift, power of two per pixel, least coverage, first and last cell that counts. The
   * result holds colours, disparity and coverage. Cell k is column k - 1; pixels that do not count
   * add nothing to cell 0.
   */
  private static final String PROGRAM =
      """
      def forward(self, image: Tensor, p: Tensor, numbers: Tensor) -> Tensor:
        h = torch.size(p, 0)
        w = torch.size(p, 1)
        c = torch.size(image, 2)
        p0 = torch.to(p, 7, False, False, None)
        n = torch.to(numbers, 7, False, False, None)
        known = torch.isfinite(p0)
        zero = torch.zeros_like(p0)
        motion = torch.mul(torch.where(known, p0, zero), torch.select(n, 0, 0))
        near = torch.logical_and(known, torch.le(torch.abs(motion), w))
        flat = torch.where(near, p0, zero)
        low = torch.amin(torch.where(known, p0, torch.add(zero, 1.e30)), [1], True)
        high = torch.amax(torch.where(known, p0, torch.sub(zero, 1.e30)), [1], True)
        middle = torch.div(torch.add(low, high), 2)
        power = torch.mul(torch.sub(flat, middle), torch.select(n, 0, 1))
        weight = torch.exp2(torch.clamp(power, -500, 500))
        least = torch.mul(torch.exp2(torch.clamp(torch.mul(torch.sub(low, middle), torch.select(n, 0, 1)), -500, 500)), 9.9999999999999995e-07)
        moved = torch.where(near, motion, zero)
        down = torch.floor(moved)
        second = torch.unsqueeze(torch.sub(moved, down), 2)
        xs = torch.unsqueeze(torch.to(torch.arange(w, dtype=4, layout=None, device=ops.prim.device(p), pin_memory=False), 7, False, False, None), 0)
        cell = torch.add(xs, down)
        inside = torch.logical_and(torch.ge(cell, torch.select(n, 0, 3)), torch.le(cell, torch.select(n, 0, 4)))
        counts = torch.to(torch.logical_and(inside, near), 7, False, False, None)
        weighted = torch.mul(weight, counts)
        plane = torch.stack([weighted, torch.mul(weighted, flat), counts], 2)
        colors = torch.mul(torch.to(image, 7, False, False, None), torch.unsqueeze(weighted, 2))
        v = torch.cat([colors, plane], 2)
        wide = torch.add(w, 2)
        rows = torch.mul(torch.unsqueeze(torch.arange(h, dtype=4, layout=None, device=ops.prim.device(p), pin_memory=False), 1), wide)
        column = torch.to(torch.clamp(torch.add(cell, 1), 0, w), 4, False, False, None)
        index = torch.reshape(torch.add(column, rows), [-1])
        k = torch.add(c, 3)
        sums = torch.reshape(torch.mul(torch.zeros([1], dtype=7, layout=None, device=ops.prim.device(p), pin_memory=False), 0), [1, 1])
        sums = torch.repeat(sums, [torch.mul(h, wide), k])
        first = torch.reshape(torch.mul(v, torch.rsub(second, 1)), [-1, k])
        sums = torch.index_add(sums, 0, index, first)
        sums = torch.index_add(sums, 0, torch.add(index, 1), torch.reshape(torch.mul(v, second), [-1, k]))
        sums = torch.slice(torch.reshape(sums, [h, wide, k]), 1, 1, torch.add(w, 1), 1)
        total = torch.slice(sums, 2, c, torch.add(c, 1), 1)
        covered = torch.slice(sums, 2, torch.add(c, 2), k, 1)
        safe = torch.maximum(total, torch.unsqueeze(least, 2))
        color = torch.div(torch.slice(sums, 2, 0, c, 1), safe)
        color = torch.mul(color, torch.to(torch.ge(covered, torch.select(n, 0, 2)), 7, False, False, None))
        px = torch.div(torch.slice(sums, 2, torch.add(c, 1), torch.add(c, 2), 1), total)
        return torch.to(torch.cat([color, px, covered], 2), 6, False, False, None)
      """;

  private final SplatOptions options;
  private final TorchScriptModel program;

  /** Compiles the splat for a device. */
  public TorchSplatter(SplatOptions options, Device device) {
    this.options = options;
    this.program =
        TorchScriptModel.load(
            TorchScriptArchive.ofMethods(PROGRAM), CONTRACT, device, Precision.FLOAT32);
  }

  @Override
  public Splat splat(FloatImage image, DisparityMap disparity, double shift) {
    ImageSize size = image.size();
    Check.that(
        size.equals(disparity.size()),
        "image %s and disparity %s must have one size",
        size,
        disparity.size());
    Check.that(Double.isFinite(shift), "shift must be finite, was %s", shift);
    boolean perTap = options.tapRule() == TapRule.PER_TAP;
    float[] numbers = {
      (float) shift,
      (float) (Math.log(options.weightBase()) / Math.log(2)),
      (float) options.sliverThreshold(),
      perTap ? -1 : 0,
      perTap ? size.width() - 1 : size.width() - 2
    };
    int channels = image.channels();
    try (NDManager scope = program.newScope()) {
      Shape plane = new Shape(size.height(), size.width());
      NDList inputs =
          new NDList(
              scope.create(image.contiguous(), plane.add(channels)),
              scope.create(disparity.px().contiguous(), plane),
              scope.create(numbers));
      NDArray view = program.run(inputs).head();
      return split(view.toFloatArray(), size, channels);
    }
  }

  private Splat split(float[] view, ImageSize size, int channels) {
    FloatImage image = FloatImage.create(size, channels);
    FloatImage coverage = FloatImage.create(size, 1);
    FloatImage px = FloatImage.create(size, 1);
    boolean lastRowCounts = options.tapRule() == TapRule.PER_TAP;
    int counting = size.width() * (size.height() - (lastRowCounts ? 0 : 1));
    for (int i = 0; i < size.area(); i++) {
      int at = i * (channels + 2);
      boolean counts = i < counting;
      for (int c = 0; c < channels && counts; c++) {
        image.array()[i * channels + c] = view[at + c];
      }
      px.array()[i] = counts ? view[at + channels] : Float.NaN;
      coverage.array()[i] = counts ? view[at + channels + 1] : 0;
    }
    return new Splat(image, coverage, new DisparityMap(px));
  }

  @Override
  public void close() {
    program.close();
  }
}
