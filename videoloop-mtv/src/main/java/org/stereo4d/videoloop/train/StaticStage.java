package org.stereo4d.videoloop.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.videoloop.data.LoopCameras;
import org.stereo4d.videoloop.data.LoopScene;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.LayerTrace;
import org.stereo4d.videoloop.mpi.LayerView;
import org.stereo4d.videoloop.mpi.PlaneGeometry;
import org.stereo4d.videoloop.tile.MultiTileVideo;
import org.stereo4d.videoloop.tile.TileCuller;

/** Stage 1: a still layered scene from one picture per clip, culled to tiles. */
public final class StaticStage {
  private static final double ADAM_EPSILON = 1e-8;
  private static final int EPOCHS_PER_CHECKPOINT = 10;
  private static final double MOST_ON_NEAREST_PLANE = 0.05;
  private static final System.Logger LOG = System.getLogger(StaticStage.class.getName());

  private final StaticStageOptions options;

  /** A stage. */
  public StaticStage(StaticStageOptions options) {
    this.options = options;
  }

  /**
   * Fits tiles to a scene; moving ones have one frame.
   *
   * @param scene at least 2 views
   * @param progress called after each epoch with the mean loss; FINISH culls what there is
   */
  public MultiTileVideo fit(LoopScene scene, Progress progress) {
    Fit fit = new Fit(scene);
    fit.train(0, progress, epoch -> {});
    return fit.tiles();
  }

  /**
   * Fits tiles to a scene and keeps a checkpoint in a file, every ten epochs and before an
   * exception leaves this method; a later call with the same options continues there and ends with
   * the same bits.
   */
  public MultiTileVideo fit(LoopScene scene, Path checkpoint, Progress progress)
      throws IOException {
    Fit fit = new Fit(scene);
    StaticCheckpoint file = new StaticCheckpoint(checkpoint, options, scene);
    int start = Files.isRegularFile(checkpoint) ? file.read(fit.model, fit::restore) : 0;
    int[] done = {start};
    try {
      fit.train(
          start,
          progress,
          epoch -> {
            done[0] = epoch;
            if (epoch % EPOCHS_PER_CHECKPOINT == 0) {
              file.write(epoch, fit.model, fit.optimizer);
            }
          });
    } finally {
      if (done[0] > start) {
        file.write(done[0], fit.model, fit.optimizer);
      }
    }
    return fit.tiles();
  }

  private interface AfterEpoch<E extends Exception> {
    void accept(int done) throws E;
  }

  private final class Fit {
    private final LoopCameras cameras;
    private final PlaneGeometry geometry;
    private final List<FloatImage> pictures = new ArrayList<>();
    private final List<Mask> masks = new ArrayList<>();
    private final List<WindowGrid.Window> windows;
    private final LayerModel model;
    private final LayerTrace trace = new LayerTrace();
    private TextureOptimizer optimizer;

    Fit(LoopScene scene) {
      Check.that(scene.views() >= 2, "scene must have >= 2 views, had %s", scene.views());
      cameras = scene.cameras();
      geometry = options.planes().geometry(cameras);
      for (int v = 0; v < scene.views(); v++) {
        pictures.add(options.exposure().of(scene.clips().get(v)));
        masks.add(scene.loopable(v));
      }
      windows = options.windows().on(scene.size()).windows();
      model = LayerModel.dense(geometry, TileCuller.initialAtlas(geometry, options.seed()));
      optimizer = new TextureOptimizer(options.rule(), ADAM_EPSILON, model.still().values().length);
    }

    void restore(TextureOptimizer saved) {
      optimizer = saved;
    }

    <E extends Exception> void train(int start, Progress progress, AfterEpoch<E> after) throws E {
      LayerModel gradient = model.zeros();
      for (int epoch = start; epoch < options.epochs(); epoch++) {
        StaticStep step =
            new StaticStep(
                options.weights(), options.weights().density(epoch), options.scaleInvariant());
        double sum = 0;
        Epoch visits =
            new Epoch(options.seed(), epoch, cameras.views(), windows.size(), options.jitter());
        for (Epoch.Visit visit : visits.visits()) {
          sum += visit(step, model, visit, true, gradient);
          optimizer.step(
              model.still().values(), gradient.still().values(), options.rate(optimizer.steps()));
        }
        after.accept(epoch + 1);
        double mean = sum / visits.visits().size();
        if (progress.finishAfter(new Step("still scene", epoch + 1, options.epochs(), mean))) {
          return;
        }
      }
    }

    private double visit(
        StaticStep step,
        LayerModel layers,
        Epoch.Visit visit,
        boolean learnLabel,
        LayerModel gradient) {
      WindowGrid.Window window = windows.get(visit.window());
      LayerView view =
          new LayerView(
              layers.map(),
              visit.camera(cameras.cameras().get(visit.view()), window),
              cameras.worldFromCameras().get(visit.view()).inverse());
      FloatImage target =
          pictures.get(visit.view()).crop(window.left(), window.top(), window.size());
      Optional<Mask> label =
          learnLabel ? Optional.of(crop(masks.get(visit.view()), window)) : Optional.empty();
      return step.run(layers, view, PixelLosses.byRow(target), label, gradient, trace).total();
    }

    private static Mask crop(Mask mask, WindowGrid.Window window) {
      boolean[] out = new boolean[window.size().area()];
      int width = window.size().width();
      for (int i = 0; i < out.length; i++) {
        out[i] = mask.at(window.left() + i % width, window.top() + i / width);
      }
      return Mask.wrap(out, window.size());
    }

    MultiTileVideo tiles() {
      MultiTileVideo video = new TileCuller(options.cull()).cull(geometry, model.still());
      LayerModel layers = video.layers();
      LayerModel gradient = layers.zeros();
      TextureOptimizer still =
          new TextureOptimizer(options.rule(), ADAM_EPSILON, layers.still().values().length);
      TextureOptimizer moving =
          new TextureOptimizer(options.rule(), ADAM_EPSILON, layers.moving().values().length);
      long steps = optimizer.steps();
      for (int epoch = 0; epoch < options.tuningEpochs(); epoch++) {
        int index = options.epochs() + epoch;
        StaticStep step =
            new StaticStep(
                options.weights(), options.weights().density(index), options.scaleInvariant());
        Epoch visits =
            new Epoch(options.seed(), index, cameras.views(), windows.size(), options.jitter());
        for (Epoch.Visit visit : visits.visits()) {
          visit(step, layers, visit, false, gradient);
          double rate = options.rate(steps++);
          still.step(layers.still().values(), gradient.still().values(), rate);
          moving.step(layers.moving().values(), gradient.moving().values(), rate);
        }
      }
      double share = video.nearestPlaneShare();
      if (share > MOST_ON_NEAREST_PLANE) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the nearest plane carries "
                + Math.round(100 * share)
                + " % of alpha, perhaps what the views disagree about; see removedNearPlanes");
      }
      return video;
    }
  }
}
