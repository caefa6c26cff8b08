package org.stereo4d.videoloop.flat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.videoloop.loss.ColorClip;
import org.stereo4d.videoloop.loss.LoopLossOptions;
import org.stereo4d.videoloop.loss.LoopingLoss;

/** Turns a video into a loop. The package documentation says how. */
public final class FlatLoop {
  private static final int SEARCH_SIDE = 64; // longer side of the pictures that the search compares

  private final FlatLoopOptions options;

  /** A looper. */
  public FlatLoop(FlatLoopOptions options) {
    this.options = options;
  }

  /**
   * A loop.
   *
   * @param frames RGB, as many as the period
   * @param cut start and period of the best plain cut of this length
   * @param jump mean absolute difference, 0..255, of what is shown after each place's jump from
   *     what would have followed, before refinement; times the jumps of the place within the loop
   * @param shorterShare share of places that repeat more than once within the loop, in [0, 1]
   */
  public record Result(List<ByteImage> frames, PlainCut cut, double jump, double shorterShare) {
    /** Copies the list. */
    public Result {
      frames = List.copyOf(frames);
    }
  }

  /**
   * Loops a video held in memory.
   *
   * @param video RGB frames of one size, more than the shortest period
   * @param progress called after each stage; FINISH leaves out what remains of the refinement
   */
  public Result of(List<ByteImage> video, Progress progress) {
    Check.that(
        video.size() > options.leastFrames(),
        "video must have more than leastFrames %s, had %s",
        options.leastFrames(),
        video.size());
    int stages = 2 + options.refinements();
    List<ByteImage> small = reduced(video);
    int most = Math.min(options.mostFrames(), video.size() - 1);
    int period = PeriodSearch.best(small, options.leastFrames(), most);
    boolean ends = progress.finishAfter(Step.of("loop period", 1, stages));
    ColorClip clip = ColorClip.ofBytes(video, 0, 0, video.get(0).size());
    StartField starts = StartField.find(clip, period, fitted(clip.size()));
    ColorClip loop = starts.loop(clip);
    ends |= progress.finishAfter(Step.of("loop starts", 2, stages));
    for (int n = 0; n < options.refinements() && !ends; n++) {
      loop = refined(loop, clip);
      ends = progress.finishAfter(Step.of("loop refinement", 3L + n, stages));
    }
    long shorter =
        IntStream.range(0, starts.places()).filter(p -> starts.period(p) < period).count();
    return new Result(
        bytes(loop),
        PlainCut.best(video, period),
        255 * starts.meanJump(clip),
        (double) shorter / starts.places());
  }

  private FlatLoopOptions fitted(ImageSize size) {
    int side = Math.min(size.width(), size.height());
    Check.that(side >= 3, "frames must be at least 3x3, were %s", size);
    int patch = Math.min(options.patchPx(), side % 2 == 1 ? side : side - 1);
    return options.withPatchPx(patch, Math.min(options.stridePx(), patch));
  }

  private static List<ByteImage> reduced(List<ByteImage> video) {
    ImageSize size = video.get(0).size();
    double factor = Math.min(1, (double) SEARCH_SIDE / Math.max(size.width(), size.height()));
    ImageSize small =
        new ImageSize(
            Math.max(1, (int) Math.round(size.width() * factor)),
            Math.max(1, (int) Math.round(size.height() * factor)));
    ImageResizer resizer = new ImageResizer(ResizeFilter.AREA);
    return video.stream().map(frame -> resizer.resize(frame, small)).toList();
  }

  /** The loop with patches replaced by the video's; pixels that no patch reaches stay. */
  private ColorClip refined(ColorClip loop, ColorClip video) {
    LoopLossOptions loss =
        LoopLossOptions.OTHER_VIEW.withMatch(
            options.match().fittedTo(loop.size().width(), loop.size().height()));
    return new LoopingLoss(loss).target(loop, video).asLoop(loop);
  }

  private static List<ByteImage> bytes(ColorClip clip) {
    List<ByteImage> out = new ArrayList<>();
    for (int t = 0; t < clip.frames(); t++) {
      out.add(clip.image(t).toBytes());
    }
    return out;
  }
}
