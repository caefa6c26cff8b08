package org.stereo4d.benchmarks.nvds;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.stereo4d.backend.opencv.DisFlowOptions;
import org.stereo4d.backend.opencv.OpenCvDisFlow;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.nvds.flowfilter.FlowFilterOptions;
import org.stereo4d.nvds.flowfilter.FlowStabilizer;
import org.stereo4d.run.Progress;

/**
 * Time per frame of the default stabiliser, both directions, flow included, and of the two flows
 * alone, which nothing here can avoid.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(3)
public class FlowFilterBenchmark {
  private static final int FRAMES = 12;

  /** "full" is 896x384. */
  @Param({"full", "small"})
  public String load = "small";

  private final List<ByteImage> frames = new ArrayList<>();
  private final List<InverseDepthMap> maps = new ArrayList<>();
  private final OpenCvDisFlow flow = new OpenCvDisFlow(DisFlowOptions.DEFAULTS);
  private FlowStabilizer stabilizer;

  /** Draws a moving texture over a slope that pumps, and checks that the pumping shrinks. */
  @Setup
  public void prepare() {
    ImageSize size = load.equals("full") ? new ImageSize(896, 384) : new ImageSize(127, 65);
    Random random = new Random(1);
    for (int t = 0; t < FRAMES; t++) {
      frames.add(frame(size, t));
      maps.add(slope(size, Math.exp(0.15 * random.nextGaussian())));
    }
    stabilizer = new FlowStabilizer(flow, FlowFilterOptions.DEFAULTS);
    if (pumping(steady()) > 0.6 * pumping(maps)) {
      throw new IllegalStateException("pumping is left: " + pumping(steady()));
    }
  }

  private static ByteImage frame(ImageSize size, int t) {
    ByteImage out = ByteImage.create(size, 3);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        double u = x - 1.5 * t;
        double v = 127 + 60 * Math.sin(0.11 * u + 0.07 * y) + 50 * Math.sin(0.31 * y - 0.23 * u);
        out.set(x, y, 0, (int) v);
        out.set(x, y, 1, (int) (0.8 * v));
        out.set(x, y, 2, (int) (255 - v));
      }
    }
    return out;
  }

  private static InverseDepthMap slope(ImageSize size, double scale) {
    FloatImage out = FloatImage.create(size, 1);
    for (int i = 0; i < size.area(); i++) {
      out.array()[i] = (float) (scale * (0.2 + 0.6 * (i / size.width()) / size.height()));
    }
    return new InverseDepthMap(out);
  }

  private static double pumping(List<InverseDepthMap> maps) {
    double sum = 0;
    for (int t = 1; t < maps.size(); t++) {
      int x = maps.get(t).size().width() / 2;
      int y = maps.get(t).size().height() - 2;
      sum += Math.abs(maps.get(t).at(x, y) - maps.get(t - 1).at(x, y));
    }
    return sum;
  }

  /** The whole stabiliser. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public List<InverseDepthMap> steady() {
    return stabilizer.stabilize(frames, maps, Progress.NONE);
  }

  /** The two flows of a frame. */
  @Benchmark
  public FlowField[] flowsOnly() {
    return new FlowField[] {
      flow.flow(frames.get(1), frames.get(0)), flow.flow(frames.get(0), frames.get(1))
    };
  }
}
