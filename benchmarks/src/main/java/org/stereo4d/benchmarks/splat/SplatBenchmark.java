package org.stereo4d.benchmarks.splat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.Device;
import org.stereo4d.network.ModelContract;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TensorSpec;
import org.stereo4d.network.TorchScriptArchive;
import org.stereo4d.network.TorchScriptModel;
import org.stereo4d.stereocrafter.splat.ByteSplat;
import org.stereo4d.stereocrafter.splat.GeneralSplatter;
import org.stereo4d.stereocrafter.splat.RowSplatter;
import org.stereo4d.stereocrafter.splat.Splat;
import org.stereo4d.stereocrafter.splat.SplatOptions;

/**
 * A right view of one RGB frame, colours, coverage and disparity. Rivals: the general forward warp
 * as the reference composes it, the same on the tensor engine (three warps of scatter_adds), and
 * one fused TorchScript program of index_add. The engine is told to use one thread, so that with
 * one worker of our rows the times are those of one core. The bench profile loads the vector
 * module; without it the rows run in plain Java.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 3, jvmArgsPrepend = "-Dai.djl.pytorch.num_threads=1")
public class SplatBenchmark {
  private static final float RANGE_PX = 20;

  /** Largest difference of a value where half a pixel or more arrived. */
  private static final double AGREEMENT = 1e-2;

  /**
   * Share of values that may differ from the tensor program: it splits {@code x - p} in single
   * precision, which moves slivers of near pixels over whole far ones.
   */
  private static final double SLIVERS = 0.02;

  /** Both taps of colours, weight, weighted disparity and coverage by index_add. */
  private static final String PROGRAM =
      """
      def forward(self, image: Tensor, p: Tensor) -> Tensor:
        n = torch.size(p, 0)
        w = torch.size(p, 1)
        xs = torch.unsqueeze(torch.arange(w, dtype=6), 0)
        rows = torch.unsqueeze(torch.arange(n, dtype=4), 1)
        t = torch.sub(xs, p)
        first = torch.floor(t)
        f = torch.sub(t, first)
        weight = torch.pow(1.414, p)
        ones = torch.ones_like(p)
        plane = torch.stack([weight, torch.mul(weight, p)], 2)
        v = torch.cat([torch.mul(image, torch.unsqueeze(weight, 2)), plane], 2)
        v = torch.cat([v, torch.unsqueeze(ones, 2)], 2)
        out = torch.zeros([torch.mul(n, torch.add(w, 2)), 6], dtype=6)
        column = torch.clamp(torch.add(torch.to(first, 4, False, False, None), 1), 0, torch.sub(torch.add(w, 2), 1))
        index = torch.reshape(torch.add(column, torch.mul(rows, torch.add(w, 2))), [-1])
        near = torch.mul(v, torch.unsqueeze(torch.sub(1, f), 2))
        out = torch.index_add(out, 0, index, torch.reshape(near, [-1, 6]))
        column = torch.clamp(torch.add(torch.to(first, 4, False, False, None), 2), 0, torch.sub(torch.add(w, 2), 1))
        index = torch.reshape(torch.add(column, torch.mul(rows, torch.add(w, 2))), [-1])
        far = torch.mul(v, torch.unsqueeze(f, 2))
        out = torch.index_add(out, 0, index, torch.reshape(far, [-1, 6]))
        out = torch.reshape(out, [n, torch.add(w, 2), 6])
        sums = torch.slice(out, 1, 1, torch.add(w, 1), 1)
        color = torch.slice(sums, 2, 0, 3, 1)
        total = torch.clamp(torch.slice(sums, 2, 3, 4, 1), 1e-6)
        return torch.div(color, total)
      """;

  /**
   * The reference's composition: general forward warps of weighted colours, weights and ones, each
   * four scatter_adds of planes, one per tap. Planar picture in, planar view out.
   */
  private static final String THREE_WARPS =
      """
      def forward(self, image: Tensor, p: Tensor) -> Tensor:
        h = torch.size(p, 0)
        w = torch.size(p, 1)
        xs = torch.sub(torch.unsqueeze(torch.arange(w, dtype=6), 0), p)
        ys = torch.add(torch.zeros_like(p), torch.unsqueeze(torch.arange(h, dtype=6), 1))
        weight = torch.unsqueeze(torch.pow(1.414, p), 0)
        ones = torch.ones_like(weight)
        acc = self.warp(torch.mul(image, weight), xs, ys, )
        den = self.warp(weight, xs, ys, )
        cover = self.warp(ones, xs, ys, )
        view = torch.div(acc, torch.clamp(den, 1e-6))
        return torch.cat([view, torch.sub(1, torch.clamp(cover, 0, 1))], 0)

      def warp(self, v: Tensor, xs: Tensor, ys: Tensor) -> Tensor:
        c = torch.size(v, 0)
        h = torch.size(v, 1)
        w = torch.size(v, 2)
        x0 = torch.floor(xs)
        y0 = torch.floor(ys)
        fx = torch.sub(xs, x0)
        fy = torch.sub(ys, y0)
        gx = torch.sub(1, fx)
        gy = torch.sub(1, fy)
        out = torch.zeros([c, torch.mul(h, w)], dtype=6)
        out = self.tap(out, v, x0, y0, torch.mul(gx, gy), )
        out = self.tap(out, v, torch.add(x0, 1), y0, torch.mul(fx, gy), )
        out = self.tap(out, v, x0, torch.add(y0, 1), torch.mul(gx, fy), )
        out = self.tap(out, v, torch.add(x0, 1), torch.add(y0, 1), torch.mul(fx, fy), )
        return torch.reshape(out, [c, h, w])

      def tap(self, out: Tensor, v: Tensor, x: Tensor, y: Tensor, k: Tensor) -> Tensor:
        c = torch.size(v, 0)
        h = torch.size(v, 1)
        w = torch.size(v, 2)
        inside = torch.logical_and(torch.ge(x, 0), torch.lt(x, w))
        inside = torch.logical_and(inside, torch.lt(y, h))
        column = torch.to(torch.clamp(x, 0, torch.sub(w, 1)), 4, False, False, None)
        row = torch.to(torch.clamp(y, 0, torch.sub(h, 1)), 4, False, False, None)
        index = torch.reshape(torch.add(column, torch.mul(row, w)), [1, -1])
        share = torch.mul(k, torch.to(inside, 6, False, False, None))
        source = torch.reshape(torch.mul(v, torch.unsqueeze(share, 0)), [c, -1])
        return torch.scatter_add(out, 1, torch.expand(index, [c, -1], implicit=False), source)
      """;

  /** "full" is 1920x1080. */
  @Param({"full", "small"})
  public String load = "small";

  /** Worker threads of the rows. */
  @Param({"1", "2"})
  public int threads = 1;

  /** Texture of the disparity: smooth objects, or noise at every pixel. */
  @Param({"objects", "noise"})
  public String scene = "objects";

  private FloatImage image;
  private Splat view;
  private ByteSplat byteView;
  private ByteImage bytes;
  private DisparityMap disparity;
  private ForkJoinPool pool;
  private final RowSplatter rows = new RowSplatter(SplatOptions.DEFAULTS);
  private final GeneralSplatter general = new GeneralSplatter(SplatOptions.DEFAULTS);
  private TorchScriptModel torch;
  private TorchScriptModel threeWarps;
  private NDList planes;
  private NDManager scope;
  private NDList inputs;

  /** Draws a picture with depth and compares the answers. */
  @Setup
  public void prepare() {
    ImageSize size = load.equals("full") ? new ImageSize(1920, 1080) : new ImageSize(127, 65);
    image = FloatImage.create(size, 3);
    FloatImage px = FloatImage.create(size, 1);
    Random random = new Random(1);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        for (int c = 0; c < 3; c++) {
          image.set(x, y, c, random.nextFloat());
        }
        px.set(x, y, 0, scene.equals("noise") ? noise(random) : objects(size, x, y));
      }
    }
    bytes = image.toBytes();
    disparity = new DisparityMap(px);
    view = rows.splat(image, disparity, -1);
    byteView = rows.splat(bytes, disparity, -1);
    pool = new ForkJoinPool(threads);
    ModelContract contract =
        new ModelContract(
            "splat",
            List.of(TensorSpec.real("image", "h w 3"), TensorSpec.real("disparity", "h w")),
            List.of(TensorSpec.real("view", "h w 3")));
    torch =
        TorchScriptModel.load(
            TorchScriptArchive.ofMethods(PROGRAM), contract, Device.cpu(), Precision.FLOAT32);
    scope = torch.newScope();
    inputs =
        new NDList(
            scope.create(image.array(), new Shape(size.height(), size.width(), 3)),
            scope.create(px.array(), new Shape(size.height(), size.width())));
    ModelContract planar =
        new ModelContract(
            "three warps",
            List.of(TensorSpec.real("image", "3 h w"), TensorSpec.real("disparity", "h w")),
            List.of(TensorSpec.real("view", "4 h w")));
    threeWarps =
        TorchScriptModel.load(
            TorchScriptArchive.ofMethods(THREE_WARPS), planar, Device.cpu(), Precision.FLOAT32);
    planes =
        new NDList(
            scope.create(planes(image), new Shape(3, size.height(), size.width())), inputs.get(1));
    checkAnswer();
  }

  private static float noise(Random random) {
    return RANGE_PX * (2 * random.nextFloat() - 1);
  }

  /** A ground that rises towards the viewer and two balls in front of it. */
  private static float objects(ImageSize size, int x, int y) {
    double nearness = 0.1 + 0.5 * y / size.height();
    for (int k = 1; k <= 2; k++) {
      double dx = (x - k * size.width() / 3.0) / (0.12 * size.width());
      double dy = (y - size.height() / 2.0) / (0.3 * size.height());
      double square = 1 - dx * dx - dy * dy;
      nearness = square > 0 ? 0.6 + 0.1 * k + 0.1 * Math.sqrt(square) : nearness;
    }
    return (float) (RANGE_PX * (2 * nearness - 1));
  }

  private static float[] planes(FloatImage image) {
    float[] interleaved = image.array();
    int area = image.size().area();
    float[] out = new float[3 * area];
    for (int i = 0; i < out.length; i++) {
      out[i % 3 * area + i / 3] = interleaved[i];
    }
    return out;
  }

  private void checkAnswer() {
    Splat ours = rows();
    Splat plain = general.splat(image, disparity, -1);
    float[] theirs = torch.run(inputs).head().toFloatArray();
    float[] warped = threeWarps.run(planes).head().toFloatArray();
    int area = warped.length / 4;
    int differ = 0;
    for (int i = 0; i < theirs.length; i++) {
      boolean covered = ours.coverage().array()[i / 3] > 0.5f;
      double a = Math.abs(ours.image().array()[i] - plain.image().array()[i]);
      double b = Math.abs(ours.image().array()[i] - theirs[i]);
      if (covered && !(a < AGREEMENT)) {
        throw new IllegalStateException("value " + i + " differs by " + a);
      }
      double c = Math.abs(ours.image().array()[i] - warped[i % 3 * area + i / 3]);
      differ += covered && !(b < AGREEMENT && c < AGREEMENT) ? 1 : 0;
    }
    if (differ > SLIVERS * theirs.length) {
      throw new IllegalStateException(differ + " values differ");
    }
  }

  /** Our kernel on floats, into a view that is there. */
  @Benchmark
  public Splat rows() {
    return pool.submit(() -> rows.splat(image, disparity, -1, view), view).join();
  }

  /** Our kernel on bytes, as in the conversion of videos. */
  @Benchmark
  public ByteSplat rowsOfBytes() {
    return pool.submit(() -> rows.splat(bytes, disparity, -1, byteView), byteView).join();
  }

  /** General forward warps, as the reference composes the splat. */
  @Benchmark
  public Splat general() {
    return pool.submit(() -> general.splat(image, disparity, -1)).join();
  }

  /** The tensor library. */
  @Benchmark
  public long torch() {
    try (NDArray view = torch.run(inputs).head()) {
      return view.size();
    }
  }

  /** The tensor library, composed as the reference is. */
  @Benchmark
  public long torchThreeWarps() {
    try (NDArray view = threeWarps.run(planes).head()) {
      return view.size();
    }
  }

  /** Frees the programs. */
  @TearDown
  public void close() {
    pool.shutdown();
    scope.close();
    torch.close();
    threeWarps.close();
  }
}
