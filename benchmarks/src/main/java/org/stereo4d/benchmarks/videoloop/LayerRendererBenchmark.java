package org.stereo4d.benchmarks.videoloop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.Device;
import org.stereo4d.network.ModelContract;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TensorSpec;
import org.stereo4d.network.TorchScriptArchive;
import org.stereo4d.network.TorchScriptModel;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.LayerTrace;
import org.stereo4d.videoloop.mpi.LayerView;
import org.stereo4d.videoloop.mpi.PixelGradient;
import org.stereo4d.videoloop.mpi.PlaneGeometry;
import org.stereo4d.videoloop.mpi.Rendering;
import org.stereo4d.videoloop.mpi.SlotPenalties;
import org.stereo4d.videoloop.mpi.TextureStack;

/**
 * A dense scene rendered with the gradient of the sum of squares / 2, against grid_sample and its
 * backward operator with the same closed formulas between.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(3)
public class LayerRendererBenchmark {
  private static final double CLOSE = 2e-4; // floats in another order, weights near 1 divided by

  private static final String PROGRAM =
      """
      def forward(self, atlas: Tensor, grid: Tensor, planes: Tensor) -> Tuple[Tensor, Tensor]:
        d = torch.size(planes, 0)
        raw = torch.grid_sampler_2d(atlas, grid, 0, 0, True)
        w = torch.size(raw, 3)
        h = torch.floordiv(torch.size(raw, 2), d)
        s = torch.sigmoid(torch.reshape(raw, [4, d, h, w]))
        a = torch.select(s, 0, 3)
        c = torch.slice(s, 0, 0, 3)
        clear = torch.rsub(a, 1)
        after = torch.cumprod(clear, 0)
        tr = torch.div(after, clear)
        weight = torch.mul(a, tr)
        rgb = torch.sum(torch.mul(c, weight), [1], False)
        p = torch.sum(torch.mul(c, torch.unsqueeze(rgb, 1)), [0], False)
        wp = torch.mul(weight, p)
        total = torch.sum(wp, [0], True)
        tail = torch.sub(total, torch.cumsum(wp, 0))
        ga = torch.sub(torch.mul(tr, p), torch.div(tail, clear))
        gc = torch.mul(torch.unsqueeze(rgb, 1), weight)
        g = torch.cat([gc, torch.unsqueeze(ga, 0)], 0)
        graw = torch.mul(g, torch.mul(s, torch.rsub(s, 1)))
        gr = torch.reshape(graw, [1, 4, torch.mul(d, h), w])
        ginput, ggrid, = torch.grid_sampler_2d_backward(gr, atlas, grid, 0, 0, True, [True, False])
        return (rgb, ginput)
      """;

  /** "full" is 32 planes and 640x360. */
  @Param({"full", "small"})
  public String load = "small";

  private final LayerTrace trace = new LayerTrace();
  private LayerModel model;
  private LayerModel gradient;
  private PinholeCamera camera;
  private Rigid3 cameraFromWorld;
  private TorchScriptModel torch;
  private NDManager scope;
  private NDList inputs;

  /** Draws a random scene and checks that both ways agree. */
  @Setup
  public void prepare() {
    boolean full = load.equals("full");
    ImageSize size = full ? new ImageSize(640, 360) : new ImageSize(48, 32);
    double focal = 0.8 * size.width();
    camera = new PinholeCamera(size, focal, focal, size.width() / 2.0, size.height() / 2.0);
    ImageSize plane = PlaneGeometry.scaledPlane(size, 1.6, 1.6);
    PlaneGeometry geometry =
        new PlaneGeometry(camera, Rigid3.IDENTITY, 1, 20, full ? 32 : 4, plane, 5, 7, full ? 4 : 2);
    ImageSize atlasSize = geometry.atlasSize();
    TextureStack atlas = TextureStack.create(atlasSize.width(), atlasSize.height(), 4, 1);
    Random random = new Random(1);
    for (int i = 0; i < atlas.values().length; i++) {
      atlas.values()[i] = random.nextFloat() * 3 - (i % 4 == 3 ? 3.5f : 1.5f);
    }
    model = LayerModel.dense(geometry, atlas);
    gradient = model.zeros();
    Vec3 center = new Vec3(0.05, 0.03, 0.02);
    cameraFromWorld = new Rigid3(Rotation3.IDENTITY, center.times(-1));
    ModelContract contract =
        new ModelContract(
            "layers by grid_sample",
            List.of(
                TensorSpec.real("atlas", "1 4 ah aw"),
                TensorSpec.real("grid", "1 dh w 2"),
                TensorSpec.real("planes", "d")),
            List.of(TensorSpec.real("rgb", "3 h w"), TensorSpec.real("gradient", "1 4 ah aw")));
    torch =
        TorchScriptModel.load(
            TorchScriptArchive.ofMethods(PROGRAM), contract, Device.cpu(), Precision.FLOAT32);
    scope = torch.newScope();
    NDArray texels =
        scope.create(atlas.toPlanes(), new Shape(1, 4, atlasSize.height(), atlasSize.width()));
    inputs =
        new NDList(
            texels,
            scope.create(
                grid(geometry, center),
                new Shape(1, (long) geometry.planes() * size.height(), size.width(), 2)),
            scope.zeros(new Shape(geometry.planes())));
    check();
  }

  /** Where each pixel of each plane reads the atlas, -1 to 1. */
  private float[] grid(PlaneGeometry geometry, Vec3 center) {
    ImageSize size = camera.size();
    float[] out = new float[geometry.planes() * size.area() * 2];
    double lastX = geometry.planeSize().width() - 1;
    double lastY = geometry.planeSize().height() - 1;
    int to = 0;
    for (int p = 0; p < geometry.planes(); p++) {
      double depth = geometry.depth(p);
      double scale = (depth - center.z()) / depth;
      int atlasRow = p / geometry.atlasColumns();
      int atlasColumn = p % geometry.atlasColumns();
      for (int y = 0; y < size.height(); y++) {
        for (int x = 0; x < size.width(); x++) {
          double u = x + 0.5 - camera.centerXPx();
          double v = y + 0.5 - camera.centerYPx();
          double px =
              scale * u
                  + center.x() * camera.focalXPx() / depth
                  + camera.centerXPx()
                  + geometry.padColumns();
          double py =
              scale * v
                  + center.y() * camera.focalYPx() / depth
                  + camera.centerYPx()
                  + geometry.padRows();
          out[to++] = (float) (2 * (atlasColumn + px / lastX) / geometry.atlasColumns() - 1);
          out[to++] = (float) (2 * (atlasRow + py / lastY) / geometry.atlasRows() - 1);
        }
      }
    }
    return out;
  }

  private void check() {
    Rendering ours = optimised();
    float[] sum = gradient.still().toPlanes();
    Arrays.fill(gradient.still().values(), 0);
    try (NDList theirs = reference()) {
      float[] rgb = theirs.get(0).toFloatArray();
      float[] slope = theirs.get(1).toFloatArray();
      int width = camera.size().width();
      int area = camera.size().area();
      for (int i = 0; i < rgb.length; i++) {
        int y = i % area / width;
        float own = ours.color()[(y * 3 + i / area) * width + i % width];
        require(Math.abs(rgb[i] - own) < CLOSE, "colour", i, rgb[i], own);
      }
      for (int i = 0; i < slope.length; i++) {
        double allowed = 10 * CLOSE * Math.max(0.1, Math.abs(slope[i]));
        require(Math.abs(slope[i] - sum[i]) < allowed, "slope", i, slope[i], sum[i]);
      }
    }
  }

  private static void require(boolean holds, String what, int i, float theirs, float ours) {
    if (!holds) {
      throw new IllegalStateException(what + " " + i + " is " + ours + ", expected " + theirs);
    }
  }

  /** Frees the program. */
  @TearDown
  public void close() {
    scope.close();
    torch.close();
  }

  /** The library's renderer, as stage 1 uses it; the gradient is added to an array. */
  @Benchmark
  public Rendering optimised() {
    LayerView view = new LayerView(model.map(), camera, cameraFromWorld);
    Rendering out = trace.render(model, view);
    PixelGradient pixels = PixelGradient.zeros(out);
    System.arraycopy(out.color(), 0, pixels.color(), 0, out.color().length);
    trace.backward(model, view, pixels, SlotPenalties.NONE, gradient);
    return out;
  }

  /** PyTorch's operators. */
  @Benchmark
  public NDList reference() {
    return torch.run(inputs);
  }
}
