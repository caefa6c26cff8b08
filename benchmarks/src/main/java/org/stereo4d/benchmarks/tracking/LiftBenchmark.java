package org.stereo4d.benchmarks.tracking;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.LiftOptions;
import org.stereo4d.tracking.MotionMagnitude;
import org.stereo4d.tracking.TrackLifter;

/** Lifting, masks and motion together, for the tracks of a typical clip. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class LiftBenchmark {
  private static final ImageSize SIZE = new ImageSize(512, 512);
  private static final PinholeCamera CAMERA = PinholeCamera.ofHorizontalFovDegrees(SIZE, 60);

  /** small: 100 tracks, 20 frames; reference: 25 073 tracks, 177 frames. */
  @Param({"reference", "small"})
  public String load = "small";

  private Tracks2d tracks;
  private List<DepthMap> depths;
  private List<Rigid3> poses;
  private List<ByteImage> frames;

  /** Random walks before a wall at 4 m. */
  @Setup
  public void prepare() {
    int count = load.equals("small") ? 100 : 25_073;
    int frameCount = load.equals("small") ? 20 : 177;
    SplittableRandom random = new SplittableRandom(1);
    float[] xy = new float[2 * count * frameCount];
    for (int k = 0; k < xy.length; k++) {
      boolean first = k % (2 * frameCount) < 2;
      xy[k] =
          first
              ? (float) (512 * random.nextDouble())
              : (float) (xy[k - 2] + random.nextDouble() - 0.5);
    }
    boolean[] visible = new boolean[count * frameCount];
    Arrays.fill(visible, true);
    tracks =
        Tracks2d.wrap(
            QueryPoints.wrap(new int[count], new float[2 * count]), frameCount, xy, visible);
    float[] meters = new float[SIZE.area()];
    Arrays.fill(meters, 4);
    depths = Collections.nCopies(frameCount, new DepthMap(FloatImage.wrap(meters, SIZE, 1)));
    poses = Collections.nCopies(frameCount, Rigid3.IDENTITY);
    frames = Collections.nCopies(frameCount, ByteImage.create(SIZE, 3));
    if (!(liftMaskMotion() >= 0)) {
      throw new IllegalStateException("motion must not be negative");
    }
  }

  /** The whole step; the sum keeps it from being left out. */
  @Benchmark
  public double liftMaskMotion() {
    Tracks3d lifted =
        new TrackLifter(CAMERA, LiftOptions.DEFAULTS).lift(tracks, depths, poses, frames);
    boolean[] mask = lifted.erodedVisibility(5);
    MotionMagnitude motion = MotionMagnitude.of(lifted, CAMERA, poses);
    double sum = 0;
    for (int i = 0; i < lifted.count(); i++) {
      double p = motion.percentilePx(i, mask, 0.9);
      sum += Double.isNaN(p) ? 0 : p;
    }
    return sum;
  }
}
