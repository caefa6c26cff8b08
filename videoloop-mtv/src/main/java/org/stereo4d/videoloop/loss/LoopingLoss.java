package org.stereo4d.videoloop.loss;

import java.util.stream.DoubleStream;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/** The looping loss and its gradient. The package documentation has the equations. */
public final class LoopingLoss {
  private final LoopLossOptions options;
  private final PatchMatcher matcher;

  /** The loss with exact matching by box sums. */
  public LoopingLoss(LoopLossOptions options) {
    this(options, new BoxSumMatcher());
  }

  /** The loss with a matcher. */
  public LoopingLoss(LoopLossOptions options, PatchMatcher matcher) {
    this.options = options;
    this.matcher = matcher;
  }

  /** The settings. */
  public LoopLossOptions options() {
    return options;
  }

  /**
   * What a loop is pulled towards.
   *
   * @param grid where patches lie
   * @param clip target of the padded loop, of the fitted size
   */
  public record Target(PatchGrid grid, ColorClip clip) {
    /**
     * The target as a loop: frames that were appended are averaged with their originals by the
     * number of patches that cover them. Pixels that no patch reaches keep the loop's colour.
     */
    public ColorClip asLoop(ColorClip loop) {
      ColorClip out = new ColorClip(loop.frames(), loop.size(), loop.values().clone());
      MatchOptions options = grid.options();
      int[] over =
          PatchGrid.coverage(grid.queryFrames(), options.patchFrames(), options.strideFrames());
      Parallel.blocks(
          loop.frames(),
          2,
          (start, end) -> {
            for (int t = start; t < end; t++) {
              for (int row = 0; row < 3 * grid.height(); row++) {
                average(loop.frames(), over, t, row % 3, row / 3, out);
              }
            }
          });
      return out;
    }

    private void average(int frames, int[] over, int t, int c, int y, ColorClip out) {
      int to = out.index(t, c, y);
      for (int x = 0; x < grid.width(); x++) {
        double sum = 0;
        int weight = 0;
        for (int copy = t; copy < grid.queryFrames(); copy += frames) {
          sum += over[copy] * clip.values()[clip.index(copy, c, y) + x];
          weight += over[copy];
        }
        if (weight > 0) {
          out.values()[to + x] = (float) (sum / weight);
        }
      }
    }
  }

  /**
   * A loss.
   *
   * @param value the loss times its gain
   * @param gradient derivative by the loop, of the size of the loop
   */
  public record Result(double value, ColorClip gradient) {}

  /** The loop with its first {@code pt-1} frames appended, if it loops. */
  public ColorClip padded(ColorClip loop) {
    return options.loops() ? loop.followedByFirst(options.match().patchFrames() - 1) : loop;
  }

  /** Finds the target of a loop: the expensive part. */
  public Target target(ColorClip loop, ColorClip video) {
    ColorClip padded = padded(loop);
    PatchGrid grid = PatchGrid.of(options.match(), padded, video);
    int[] chosen = matcher.match(padded, video, grid);
    return new Target(grid, Retargeter.fold(chosen, video, grid));
  }

  /** The loss of a loop against a video. */
  public Result evaluate(ColorClip loop, ColorClip video) {
    return evaluate(loop, target(loop, video));
  }

  /** The loss of a loop against a target found before, perhaps for a slightly different loop. */
  public Result evaluate(ColorClip loop, Target target) {
    PatchGrid grid = target.grid();
    int frames = loop.frames();
    int padded = frames + (options.loops() ? options.match().patchFrames() - 1 : 0);
    Check.that(
        grid.queryFrames()
            == PatchGrid.fit(padded, options.match().patchFrames(), options.match().strideFrames()),
        "target must belong to a loop of %s frames, had %s",
        frames,
        grid.queryFrames());
    ColorClip gradient = ColorClip.create(frames, loop.size());
    long count = 3L * grid.queryFrames() * grid.height() * grid.width();
    double weight = options.gain() / count;
    double[] sums = new double[frames];
    Parallel.blocks(
        frames,
        2,
        (start, end) -> {
          for (int t = start; t < end; t++) {
            for (int copy = t; copy < grid.queryFrames(); copy += frames) {
              sums[t] += addFrame(loop, target.clip(), t, copy, weight, gradient);
            }
          }
        });
    return new Result(DoubleStream.of(sums).sum() * weight, gradient);
  }

  private double addFrame(
      ColorClip loop, ColorClip target, int t, int copy, double weight, ColorClip gradient) {
    ImageSize fitted = target.size();
    RobustPenalty penalty = options.penalty();
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < fitted.height(); y++) {
        int at = loop.index(t, c, y);
        int wanted = target.index(copy, c, y);
        sum +=
            penalty.addRow(
                loop.values(),
                at,
                target.values(),
                wanted,
                fitted.width(),
                weight,
                gradient.values());
      }
    }
    return sum;
  }
}
