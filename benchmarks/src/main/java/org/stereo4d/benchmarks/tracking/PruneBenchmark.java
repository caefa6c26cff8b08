package org.stereo4d.benchmarks.tracking;

import java.util.Arrays;
import java.util.SplittableRandom;
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
import org.stereo4d.image.ImageSize;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.tracking.QueryGrid;
import org.stereo4d.tracking.TrackPruner;

/** Pruning of a clip's tracks. Rival: a k-d tree built anew for every query frame. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx3g"})
public class PruneBenchmark {
  /** small: 64x64, 31 frames; reference: 512x512, 177 frames, 294 912 tracks. */
  @Param({"reference", "small"})
  public String load = "small";

  private Tracks2d tracks;

  /** Points that drift slowly with gaps, so that about half meet a later query. */
  @Setup
  public void prepare() {
    boolean small = load.equals("small");
    ImageSize size = small ? new ImageSize(64, 64) : new ImageSize(512, 512);
    int frames = small ? 31 : 177;
    QueryPoints queries = QueryGrid.DEFAULTS.queries(size, frames);
    float[] xy = new float[2 * queries.count() * frames];
    boolean[] visible = new boolean[queries.count() * frames];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < queries.count(); i++) {
      double dx = 0.3 * (random.nextDouble() - 0.5);
      double dy = 0.3 * (random.nextDouble() - 0.5);
      int end = queries.frame(i) + 20 + random.nextInt(100);
      for (int t = 0; t < frames; t++) {
        int k = i * frames + t;
        xy[2 * k] = (float) (queries.xPx(i) + dx * (t - queries.frame(i)));
        xy[2 * k + 1] = (float) (queries.yPx(i) + dy * (t - queries.frame(i)));
        visible[k] = t <= end;
      }
    }
    tracks = Tracks2d.wrap(queries, frames, xy, visible);
    if (!Arrays.equals(buckets(), tree())) {
      throw new IllegalStateException("both must keep the same tracks");
    }
  }

  /** Ours. */
  @Benchmark
  public boolean[] buckets() {
    return TrackPruner.DEFAULTS.keep(tracks);
  }

  /** The rival. */
  @Benchmark
  public boolean[] tree() {
    boolean[] keep = new boolean[tracks.count()];
    for (int frame = 0; frame < tracks.frameCount(); frame++) {
      int n = 0;
      double[] places = new double[2 * tracks.count()];
      boolean asked = false;
      for (int i = 0; i < tracks.count(); i++) {
        asked |= tracks.queries().frame(i) == frame;
      }
      for (int i = 0; i < tracks.count() && asked; i++) {
        if (keep[i] && tracks.isVisible(i, frame)) {
          places[2 * n] = tracks.xPx(i, frame);
          places[2 * n + 1] = tracks.yPx(i, frame);
          n++;
        }
      }
      if (asked) {
        KdTree tree = new KdTree(places, n);
        for (int i = 0; i < tracks.count(); i++) {
          if (tracks.queries().frame(i) == frame) {
            double square = tree.nearest(tracks.queries().xPx(i), tracks.queries().yPx(i));
            keep[i] = !(square <= 1);
          }
        }
      }
    }
    return keep;
  }
}
