package org.stereo4d.benchmarks.tracking;

import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.tracking.PointTracker;
import org.stereo4d.tracking.QueryGrid;
import org.stereo4d.tracking.TrackedPoints;
import org.stereo4d.tracking.klt.KltOptions;
import org.stereo4d.tracking.klt.KltTracker;
import org.stereo4d.tracking.opencv.OpenCvPointTracker;

/** Dense tracking of moving objects, both directions. Rival: OpenCV's pyramidal Lucas-Kanade. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx3g"})
public class TrackBenchmark {
  /** small: 128x128, 4 frames; medium: 512x512, 30 frames; reference: 512x512, 177 frames. */
  @Param({"reference", "medium", "small"})
  public String load = "small";

  private List<ByteImage> frames;
  private QueryPoints queries;

  /** Draws the clip. */
  @Setup
  public void prepare() {
    int side = load.equals("small") ? 128 : 512;
    int count =
        switch (load) {
          case "small" -> 4;
          case "medium" -> 30;
          default -> 177;
        };
    PinholeCamera camera = PinholeCamera.ofHorizontalFovDegrees(new ImageSize(side, side), 60);
    SyntheticClip clip =
        SyntheticClip.of(
            Preset.MOVING_OBJECTS, Preset.MOVING_OBJECTS.options().withFrameCount(count));
    frames = new ArrayList<>(clip.leftImages(camera));
    queries = QueryGrid.DEFAULTS.queries(camera.size(), count);
    if (load.equals("small")) {
      check(klt());
      check(openCv());
    }
  }

  private static void check(TrackedPoints found) {
    int visible = 0;
    for (boolean v : found.tracks().visible()) {
      visible += v ? 1 : 0;
    }
    if (2 * visible < found.tracks().visible().length) {
      throw new IllegalStateException("only " + visible + " entries are visible");
    }
  }

  private TrackedPoints track(PointTracker tracker) {
    return tracker.track(frames, queries, Progress.NONE);
  }

  /** Ours. */
  @Benchmark
  public TrackedPoints klt() {
    return track(new KltTracker(KltOptions.DEFAULTS));
  }

  /** The rival. */
  @Benchmark
  public TrackedPoints openCv() {
    return track(new OpenCvPointTracker());
  }
}
