package org.stereo4d.videoloop.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.videoloop.data.LoopScene;
import org.stereo4d.videoloop.loss.BoxSumMatcher;
import org.stereo4d.videoloop.loss.ColorClip;
import org.stereo4d.videoloop.loss.LoopLossOptions;
import org.stereo4d.videoloop.loss.LoopingLoss;
import org.stereo4d.videoloop.loss.PatchMatcher;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.LayerView;
import org.stereo4d.videoloop.tile.MultiTileVideo;

/** Stage 2: moving tiles learn to loop. */
public final class LoopStage {
  private static final double ADAM_EPSILON = 6e-8;
  private static final double SHARP_BELOW = 0.75; // factors from which bilinear sampling is enough

  private final LoopStageOptions options;
  private final PatchMatcher matcher;

  /** A stage with exact matching by box sums. */
  public LoopStage(LoopStageOptions options) {
    this(options, new BoxSumMatcher());
  }

  /** A stage with a matcher. */
  public LoopStage(LoopStageOptions options, PatchMatcher matcher) {
    this.options = options;
    this.matcher = matcher;
  }

  /**
   * Fits a loop of T frames, from coarse to fine.
   *
   * @param still tiles of stage 1
   * @param scene the views it was fitted to
   * @param progress called after each epoch with the mean loss; FINISH returns the loop so far at
   *     full detail
   */
  public MultiTileVideo fit(MultiTileVideo still, LoopScene scene, Progress progress) {
    check(scene);
    double[] factors = options.pyramid().factors(scene.size());
    MultiTileVideo video = lifted(still);
    for (int level = 0; level < factors.length; level++) {
      Level work = new Level(video.atDetail(factors[level]), scene, level, factors);
      boolean finished = work.train(progress);
      video = work.video;
      if (finished) {
        break;
      }
    }
    return video.atDetail(1);
  }

  /**
   * Fits a loop and keeps the video after each level in a folder; a later call with the same
   * options, scene and tiles continues after the last level there and ends with the same bits.
   */
  public MultiTileVideo fit(MultiTileVideo still, LoopScene scene, Path folder, Progress progress)
      throws IOException {
    check(scene);
    double[] factors = options.pyramid().factors(scene.size());
    LoopCheckpoints checkpoints = new LoopCheckpoints(folder, options, scene, still);
    int start = checkpoints.levelsDone(factors.length);
    MultiTileVideo video = start > 0 ? checkpoints.read(start - 1) : lifted(still);
    for (int level = start; level < factors.length; level++) {
      Level work = new Level(video.atDetail(factors[level]), scene, level, factors);
      boolean finished = work.train(progress);
      video = work.video;
      if (finished) {
        break;
      }
      checkpoints.write(level, video);
    }
    return video.atDetail(1);
  }

  private MultiTileVideo lifted(MultiTileVideo still) {
    return still.lifted(options.frames(), options.noiseSigma(), options.seed());
  }

  private void check(LoopScene scene) {
    for (int view : options.referenceViews()) {
      Check.that(
          view >= 0 && view < scene.views(),
          "referenceViews must be in [0, %s), had %s",
          scene.views(),
          view);
    }
    for (int v = 0; v < scene.views(); v++) {
      int least = options.loss(v).match().patchFrames();
      int frames = scene.clips().get(v).size();
      Check.that(
          frames >= least, "clip %s must have >= %s frames, one patch; had %s", v, least, frames);
    }
  }

  /** The frames of a clip at a level. */
  static List<ByteImage> reduced(
      List<ByteImage> clip, ImageSize size, double factor, boolean compatible) {
    ResizeFilter filter =
        factor < SHARP_BELOW && !compatible ? ResizeFilter.AREA : ResizeFilter.BILINEAR;
    ImageResizer resizer = new ImageResizer(filter);
    return clip.stream().map(frame -> resizer.resize(frame, size)).toList();
  }

  private final class Level {
    private final MultiTileVideo video;
    private final LoopScene scene;
    private final int level;
    private final int levels;
    private final List<WindowGrid.Window> windows;
    private final List<List<ByteImage>> clips = new ArrayList<>();
    private final List<PinholeCamera> cameras = new ArrayList<>();
    private final Map<Integer, LoopingLoss.Target> targets = new HashMap<>();
    private final LayerModel gradient;
    private final TextureOptimizer still;
    private final TextureOptimizer moving;

    Level(MultiTileVideo video, LoopScene scene, int level, double[] factors) {
      this.video = video;
      this.scene = scene;
      this.level = level;
      this.levels = factors.length;
      ImageSize size = Pyramid.size(scene.size(), factors[level]);
      WindowGrid grid = options.windows().on(size);
      this.windows = grid.windows();
      for (int v = 0; v < scene.views(); v++) {
        List<ByteImage> small =
            reduced(scene.clips().get(v), size, factors[level], options.compatible());
        clips.add(small.stream().map(frame -> padded(frame, grid.paddedSize())).toList());
        cameras.add(scene.cameras().cameras().get(v).scaledTo(size));
      }
      this.gradient = video.layers().zeros();
      this.still = optimizer(video.layers().still().values());
      this.moving = optimizer(video.layers().moving().values());
    }

    private TextureOptimizer optimizer(float[] values) {
      return new TextureOptimizer(options.rule(), ADAM_EPSILON, values.length);
    }

    private static ByteImage padded(ByteImage frame, ImageSize size) {
      if (frame.size().equals(size)) {
        return frame;
      }
      ByteImage out = ByteImage.create(size, 3);
      for (int y = 0; y < frame.height(); y++) {
        System.arraycopy(
            frame.array(), frame.index(0, y), out.array(), out.index(0, y), 3 * frame.width());
      }
      return out;
    }

    boolean train(Progress progress) {
      for (int epoch = 0; epoch < options.epochsPerLevel(); epoch++) {
        if (epoch % options.matchEpochs() == 0) {
          targets.clear();
        }
        int index = level * options.epochsPerLevel() + epoch;
        Epoch visits =
            new Epoch(options.seed(), index, scene.views(), windows.size(), options.jitter());
        double rate = options.rate(epoch, visits.visits().size());
        double sum = 0;
        for (Epoch.Visit visit : visits.visits()) {
          sum += visit(visit);
          LayerModel layers = video.layers();
          still.step(layers.still().values(), gradient.still().values(), rate);
          moving.step(layers.moving().values(), gradient.moving().values(), rate);
        }
        Step step =
            new Step(
                "loop, level " + (level + 1) + " of " + levels,
                index + 1,
                (long) levels * options.epochsPerLevel(),
                sum / visits.visits().size());
        if (progress.finishAfter(step)) {
          return true;
        }
      }
      return false;
    }

    private double visit(Epoch.Visit visit) {
      WindowGrid.Window window = windows.get(visit.window());
      LayerView view =
          new LayerView(
              video.map(),
              visit.camera(cameras.get(visit.view()), window),
              scene.cameras().worldFromCameras().get(visit.view()).inverse());
      LoopLossOptions loss = options.loss(visit.view());
      ImageSize size = window.size();
      LoopLossOptions fitted = loss.withMatch(loss.match().fittedTo(size.width(), size.height()));
      LoopStep step =
          new LoopStep(
              new LoopingLoss(fitted, matcher), options.weights(), options.scaleInvariant());
      ColorClip clip =
          ColorClip.ofBytes(clips.get(visit.view()), window.left(), window.top(), size);
      int key = visit.view() * windows.size() + visit.window();
      Optional<LoopingLoss.Target> known = Optional.ofNullable(targets.get(key));
      LoopStep.Losses losses = step.run(video.layers(), view, clip, known, gradient);
      if (options.matchEpochs() > 1) {
        targets.put(key, losses.target());
      }
      return losses.total();
    }
  }
}
