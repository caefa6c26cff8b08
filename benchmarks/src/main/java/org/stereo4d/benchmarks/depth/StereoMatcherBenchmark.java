package org.stereo4d.benchmarks.depth;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.bytedeco.opencv.global.opencv_core;
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
import org.stereo4d.backend.opencv.OpenCvStereoMatcher;
import org.stereo4d.backend.opencv.StereoSgbmOptions;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.depth.DisparityErrors;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.sgm.SemiGlobalMatcher;
import org.stereo4d.depth.sgm.SemiGlobalOptions;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.image.StereoPair;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;

/**
 * Semi-global matching against OpenCV's with eight paths. Both check their matches from the other
 * view. Per pixel and disparity our kernel moves 9 bytes of volume and does about 60 operations of
 * 16 bits.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class StereoMatcherBenchmark {
  /** "full" is 512x512 with 128 disparities. */
  @Param({"full", "small"})
  public String load = "small";

  /** Worker threads. */
  @Param({"1", "2"})
  public int threads = 1;

  private StereoPair pair;
  private SemiGlobalMatcher ours;
  private OpenCvStereoMatcher rival;
  private ForkJoinPool pool;

  /** Draws a pair and checks both matchers against the truth. */
  @Setup
  public void prepare() {
    ImageSize size = load.equals("full") ? new ImageSize(512, 512) : new ImageSize(257, 131);
    int range = load.equals("full") ? 128 : 48;
    PinholeCamera view = PinholeCamera.ofHorizontalFovDegrees(size, 60);
    SyntheticClip clip = SyntheticClip.of(Preset.MOVING_OBJECTS);
    pair = clip.pair(0, view);
    ours = new SemiGlobalMatcher(SemiGlobalOptions.DEFAULTS.withRangePx(0, range));
    rival = new OpenCvStereoMatcher(StereoSgbmOptions.DEFAULTS.withRangePx(range));
    pool = new ForkJoinPool(threads);
    opencv_core.setNumThreads(threads);
    DisparityMap truth = clip.disparity(0, view);
    Mask visible = clip.truth().occlusion(clip.left(0, view), clip.right(0, view)).not();
    double limit = DisparityErrors.of(openCv(), truth, visible, 2).badMatchedShare();
    double bad = DisparityErrors.of(semiGlobal(), truth, visible, 2).badMatchedShare();
    if (bad > limit + 0.01) {
      throw new IllegalStateException("share above 2 px: " + bad + ", rival " + limit);
    }
  }

  /** Our matcher. */
  @Benchmark
  public DisparityMap semiGlobal() {
    return pool.submit(() -> ours.match(pair)).join();
  }

  /** The rival. */
  @Benchmark
  public DisparityMap openCv() {
    return rival.match(pair);
  }

  /** Stops the pool. */
  @TearDown
  public void close() {
    pool.shutdown();
  }
}
