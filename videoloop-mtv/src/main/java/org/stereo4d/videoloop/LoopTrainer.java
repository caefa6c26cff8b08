package org.stereo4d.videoloop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.videoloop.data.LoopScene;
import org.stereo4d.videoloop.metric.LoopMetrics;
import org.stereo4d.videoloop.metric.LoopScores;
import org.stereo4d.videoloop.render.MtvRenderer;
import org.stereo4d.videoloop.tile.MtvFile;
import org.stereo4d.videoloop.tile.MultiTileVideo;
import org.stereo4d.videoloop.train.LoopStage;
import org.stereo4d.videoloop.train.LoopStageOptions;
import org.stereo4d.videoloop.train.StaticStage;

/** Makes a 3D loop of a scene: stage 1, culling, stage 2. */
public final class LoopTrainer {
  private final LoopOptions options;

  /** A trainer. */
  public LoopTrainer(LoopOptions options) {
    this.options = options;
  }

  /** The settings. */
  public LoopOptions options() {
    return options;
  }

  /**
   * Makes a loop.
   *
   * @param progress called after each epoch of each stage; FINISH ends the stage
   */
  public MultiTileVideo train(LoopScene scene, Progress progress) {
    LoopScene seen = seen(scene);
    MultiTileVideo still = new StaticStage(options.still()).fit(seen, progress);
    return new LoopStage(loopOptions(scene)).fit(still, seen, progress);
  }

  /**
   * Makes a loop and keeps everything in a folder: the state of stage 1, {@code still.mtv.npz}, the
   * video after each level, and {@code loop.mtv.npz}. A later call with the same options goes on
   * where an earlier one was cut off and ends with the same bits.
   */
  public MultiTileVideo train(LoopScene scene, Path folder, Progress progress) throws IOException {
    Files.createDirectories(folder);
    LoopScene seen = seen(scene);
    MultiTileVideo still =
        new StaticStage(options.still()).fit(seen, folder.resolve("stage1.npz"), progress);
    MtvFile.write(still, folder.resolve("still.mtv.npz"));
    MultiTileVideo video =
        new LoopStage(loopOptions(scene)).fit(still, seen, folder.resolve("levels"), progress);
    MtvFile.write(video, folder.resolve("loop.mtv.npz"));
    return video;
  }

  private LoopScene seen(LoopScene scene) {
    return options.heldOutViews().isEmpty() ? scene : scene.without(options.heldOutViews());
  }

  /** Stage 2 with reference views counted among the views it sees. */
  private LoopStageOptions loopOptions(LoopScene scene) {
    List<Integer> kept = new ArrayList<>();
    for (int v = 0; v < scene.views(); v++) {
      if (!options.heldOutViews().contains(v)) {
        kept.add(v);
      }
    }
    for (int view : options.loop().referenceViews()) {
      Check.that(
          view >= 0 && view < scene.views(),
          "referenceViews must be in [0, %s), had %s",
          scene.views(),
          view);
    }
    return options
        .loop()
        .withReferenceViews(options.loop().referenceViews().stream().map(kept::indexOf).toList());
  }

  /**
   * Measures a loop from the camera of a view.
   *
   * @param view best one that was held out
   * @param marginPx cut from every side; published numbers use 40
   */
  public static LoopScores evaluate(MultiTileVideo video, LoopScene scene, int view, int marginPx) {
    Check.that(
        view >= 0 && view < scene.views(), "view must be in [0, %s), was %s", scene.views(), view);
    List<ByteImage> loop =
        new MtvRenderer(video)
            .loop(
                scene.cameras().cameras().get(view),
                scene.cameras().worldFromCameras().get(view).inverse());
    return new LoopMetrics()
        .measure(
            LoopMetrics.cropped(scene.clips().get(view), marginPx),
            LoopMetrics.cropped(loop, marginPx));
  }
}
