package org.stereo4d.benchmarks.speed;

import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.stereo4d.run.Check;

/**
 * A row of the tables: a kernel at one size beside its rival, and the least that its work takes.
 *
 * @param name for people
 * @param benchmark class and method, below {@code org.stereo4d.benchmarks}
 * @param rivalName for people; empty without a rival in the run
 * @param rivalMethod of the same class; empty without a rival in the run
 * @param parameters of the benchmark
 * @param movedMegabytes input read once and output written once, 1e6 bytes
 * @param megaOperations additions, multiplications and the like, 1e6, counted by hand and rounded
 */
record Kernel(
    String name,
    String benchmark,
    String rivalName,
    String rivalMethod,
    Map<String, String> parameters,
    double movedMegabytes,
    double megaOperations) {
  private static final String ROOT = "org.stereo4d.benchmarks.";
  private static final double VIEW = 2048 * 2048 / 1e6;
  private static final double HD = 1920 * 1080 / 1e6;
  private static final double TRACK_POINTS = 25_073 * 177 / 1e6;
  private static final double LOOP_PAIRS = 52 * 250 * 320 * 180 / 1e6;
  private static final double LAYER_PIXELS = 32 * 640 * 360 / 1e6;

  /** The rows, in order. */
  static final List<Kernel> ALL =
      List.of(
          // per pixel of the view: 4 x 3 bytes of source, 6 of table, 3 of target
          new Kernel(
              "remap, 3840 px eye to 2048 px view, RGB",
              "warp.RemapBenchmark.plain",
              "OpenCV `remap`, fixed-point maps",
              "openCv",
              Map.of("sides", "3840:2048", "threads", "1"),
              21 * VIEW,
              25 * VIEW),
          new Kernel(
              "the same on two threads",
              "warp.RemapBenchmark.plain",
              "OpenCV on two threads",
              "openCv",
              Map.of("sides", "3840:2048", "threads", "2"),
              21 * VIEW,
              25 * VIEW),
          // per pixel and disparity: 9 bytes of volume, 60 operations of 16 bits
          new Kernel(
              "semi-global matching, 512x512, 128 disparities",
              "depth.StereoMatcherBenchmark.semiGlobal",
              "OpenCV SGBM, eight paths",
              "openCv",
              Map.of("load", "full", "threads", "1"),
              512 * 512 * 128 / 1e6 * 9,
              512 * 512 * 128 / 1e6 * 60),
          // 30 frames read once; 3 x 4096 queries in 30 frames, both ways, 81 samples, 4 levels,
          // about 4 steps of 12 operations
          new Kernel(
              "point tracking, 12 288 queries, 30 frames of 512x512",
              "tracking.TrackBenchmark.klt",
              "OpenCV pyramidal Lucas-Kanade",
              "openCv",
              Map.of("load", "medium"),
              30 * 512 * 512 / 1e6 + 12_288 * 30 * 9 / 1e6,
              2.0 * 12_288 * 30 * 81 * 4 * 4 * 12 / 1e6),
          // 8 bytes of place and 1 of visibility per point; one comparison each at least
          new Kernel(
              "pruning of 294 912 tracks, 177 frames",
              "tracking.PruneBenchmark.buckets",
              "k-d tree per query frame",
              "tree",
              Map.of("load", "reference"),
              294_912 * 177 / 1e6 * 9,
              294_912 * 177 / 1e6),
          // places in, points and masks out, the depth of every frame; about 60 operations a point
          new Kernel(
              "lifting, masks and motion of 25 073 tracks, 177 frames",
              "tracking.LiftBenchmark.liftMaskMotion",
              "",
              "",
              Map.of("load", "reference"),
              TRACK_POINTS * 22 + 177 * 512 * 512 * 4 / 1e6,
              TRACK_POINTS * 60),
          // 13 bytes in, 16 out; 8 iterations of about 300 operations a point
          new Kernel(
              "track optimisation, default, 25 073 tracks, 177 frames",
              "optim.TrackOptimizerBenchmark.calibrated",
              "the reference's 100 steps of Adam, ours",
              "reference",
              Map.of("load", "full", "threads", "1"),
              TRACK_POINTS * 29,
              TRACK_POINTS * 8 * 300),
          // colours and disparity in, colours, coverage and disparity out; two taps of 12
          // operations, the weight and the division
          new Kernel(
              "splat of a 1920x1080 view, floats",
              "splat.SplatBenchmark.rows",
              "TorchScript, three warps as the reference composes them",
              "torchThreeWarps",
              Map.of("load", "full", "threads", "1", "scene", "objects"),
              HD * 36,
              HD * 44),
          new Kernel(
              "the same of bytes, as in a conversion",
              "splat.SplatBenchmark.rowsOfBytes",
              "TorchScript `index_add`, floats",
              "torch",
              Map.of("load", "full", "threads", "1", "scene", "objects"),
              HD * 18,
              HD * 44),
          // frame, depth and two flows in, depth out; the flow estimator's work is not counted
          new Kernel(
              "steady depth, a frame of 896x384, flows included",
              "nvds.FlowFilterBenchmark.steady",
              "its two optical flows alone",
              "flowsOnly",
              Map.of("load", "full"),
              896 * 384 / 1e6 * (3 + 4 + 16 + 4),
              Double.NaN),
          // both clips once, loop gradient out; per pair of frames and pixel 8 operations for the
          // colours and 5 for the sums over rows and columns
          new Kernel(
              "looping loss, 320x180, T = 50, F = 250, with gradient",
              "videoloop.LoopingLossBenchmark.lossAndGradient",
              "",
              "",
              Map.of("load", "full"),
              (50 + 250 + 50) * 320 * 180 / 1e6 * 12,
              LOOP_PAIRS * 13),
          // the atlas read, its gradient read and written; per layer and pixel 120 operations
          // forward and twice as many back
          new Kernel(
              "32 layers, 640x360, picture and gradient",
              "videoloop.LayerRendererBenchmark.optimised",
              "PyTorch `grid_sample` and its gradient",
              "reference",
              Map.of("load", "full"),
              3 * 32 * 1024 * 576 / 1e6 * 16,
              LAYER_PIXELS * 360));

  /** Copies the map. */
  Kernel {
    parameters = Map.copyOf(parameters);
    Check.that(movedMegabytes > 0, "movedMegabytes must be > 0, was %s", movedMegabytes);
    Check.that(
        rivalName.isEmpty() == rivalMethod.isEmpty(),
        "a rival must have name and method, had %s and %s",
        rivalName,
        rivalMethod);
  }

  /** How many threads it may use, for people. */
  String threads() {
    return parameters.getOrDefault("threads", "all");
  }

  /** Whole name of our method. */
  String ours() {
    return ROOT + benchmark;
  }

  /** Whole name of the rival's method; empty without one. */
  String rival() {
    return rivalMethod.isEmpty()
        ? ""
        : ROOT + benchmark.substring(0, benchmark.lastIndexOf('.') + 1) + rivalMethod;
  }

  /** What JMH is told to measure this row. */
  ChainedOptionsBuilder options() {
    ChainedOptionsBuilder out = new OptionsBuilder().include("^" + ours() + "$");
    if (!rivalMethod.isEmpty()) {
      out = out.include("^" + rival() + "$");
    }
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      out = out.param(parameter.getKey(), parameter.getValue());
    }
    return out;
  }
}
