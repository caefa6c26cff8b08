package org.stereo4d.benchmarks.videoloop;

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
import org.openjdk.jmh.annotations.Warmup;
import org.stereo4d.image.ImageSize;
import org.stereo4d.videoloop.loss.BoxSumMatcher;
import org.stereo4d.videoloop.loss.ColorClip;
import org.stereo4d.videoloop.loss.DirectMatcher;
import org.stereo4d.videoloop.loss.LoopLossOptions;
import org.stereo4d.videoloop.loss.LoopingLoss;
import org.stereo4d.videoloop.loss.PatchGrid;

/** The looping loss of a window: matching alone, and all of it with its gradient. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(3)
public class LoopingLossBenchmark {
  /** "full" is 320x180, T = 50, F = 250. */
  @Param({"full", "small"})
  public String load = "small";

  private final LoopingLoss loss = new LoopingLoss(LoopLossOptions.REFERENCE_VIEW);
  private ColorClip loop;
  private ColorClip video;
  private ColorClip padded;
  private PatchGrid grid;

  /** Draws noise, and checks the choices against the specification on a small piece. */
  @Setup
  public void prepare() {
    Random random = new Random(1);
    ImageSize piece = new ImageSize(31, 27);
    check(clip(8, piece, random), clip(40, piece, random));
    boolean full = load.equals("full");
    ImageSize size = full ? new ImageSize(320, 180) : piece;
    loop = clip(full ? 50 : 8, size, random);
    video = clip(full ? 250 : 40, size, random);
    padded = loss.padded(loop);
    grid = PatchGrid.of(loss.options().match(), padded, video);
  }

  private void check(ColorClip someLoop, ColorClip someVideo) {
    ColorClip long1 = loss.padded(someLoop);
    PatchGrid patches = PatchGrid.of(loss.options().match(), long1, someVideo);
    int[] direct = new DirectMatcher().match(long1, someVideo, patches);
    int[] fast = new BoxSumMatcher().match(long1, someVideo, patches);
    int different = 0;
    for (int i = 0; i < direct.length; i++) {
      different += direct[i] == fast[i] ? 0 : 1;
    }
    if (different > direct.length / 500) {
      throw new IllegalStateException(different + " of " + direct.length + " choices differ");
    }
  }

  private static ColorClip clip(int frames, ImageSize size, Random random) {
    ColorClip out = ColorClip.create(frames, size);
    for (int i = 0; i < out.values().length; i++) {
      out.values()[i] = random.nextFloat();
    }
    return out;
  }

  /** Matching by box sums. */
  @Benchmark
  public int[] match() {
    return new BoxSumMatcher().match(padded, video, grid);
  }

  /** Matching, folding, loss and gradient. */
  @Benchmark
  public LoopingLoss.Result lossAndGradient() {
    return loss.evaluate(loop, video);
  }
}
