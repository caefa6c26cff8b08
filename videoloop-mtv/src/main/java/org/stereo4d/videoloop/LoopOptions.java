package org.stereo4d.videoloop;

import java.util.List;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.videoloop.train.LoopStageOptions;
import org.stereo4d.videoloop.train.PlaneOptions;
import org.stereo4d.videoloop.train.Pyramid;
import org.stereo4d.videoloop.train.StaticStageOptions;

/**
 * How a 3D loop is made.
 *
 * @param still settings of stage 1
 * @param loop settings of stage 2; its reference views count all views of the scene
 * @param heldOutViews indices of the views that neither stage sees, for evaluation; none of them a
 *     reference view
 */
public record LoopOptions(
    StaticStageOptions still, LoopStageOptions loop, List<Integer> heldOutViews) {
  /** The reference's base configuration; no view held out. Hours on a desktop computer. */
  public static final LoopOptions DEFAULTS =
      new LoopOptions(StaticStageOptions.DEFAULTS, LoopStageOptions.DEFAULTS, List.of());

  /** Small pictures in seconds: 16 planes, 16 frames, three levels from 27 pixels. */
  public static final LoopOptions DEMO =
      new LoopOptions(
          StaticStageOptions.DEFAULTS
              .withPlanes(new PlaneOptions(16, 1.3, 1.3, 13, 18, 4))
              .withEpochs(60, 1)
              .withRate(0.1),
          LoopStageOptions.DEFAULTS.withFrames(16).withLevels(new Pyramid(27, 0.75), 10),
          List.of());

  /** Checks the views; copies the list. */
  public LoopOptions {
    heldOutViews = List.copyOf(heldOutViews);
    for (int view : loop.referenceViews()) {
      Check.that(
          !heldOutViews.contains(view),
          "referenceViews must not be held out, view %s is both",
          view);
    }
  }

  /**
   * Settings between the demo and the base configuration that suit a picture size: tiles of about 8
   * pixels, 24 planes, 20 epochs per level.
   */
  public static LoopOptions standard(ImageSize picture, int frames) {
    ImageSize plane = org.stereo4d.videoloop.mpi.PlaneGeometry.scaledPlane(picture, 1.4, 1.4);
    int rows = Math.max(2, Math.round((plane.height() - 1) / 8f) + 1);
    int columns = Math.max(2, Math.round((plane.width() - 1) / 8f) + 1);
    return new LoopOptions(
        StaticStageOptions.DEFAULTS
            .withPlanes(new PlaneOptions(24, 1.4, 1.4, rows, columns, 4))
            .withEpochs(80, 1)
            .withRate(0.1),
        LoopStageOptions.DEFAULTS.withFrames(frames).withLevels(Pyramid.DEFAULTS, 20),
        List.of());
  }

  /** These options with another stage 1. */
  public LoopOptions withStill(StaticStageOptions still) {
    return new LoopOptions(still, loop, heldOutViews);
  }

  /** These options with another stage 2. */
  public LoopOptions withLoop(LoopStageOptions loop) {
    return new LoopOptions(still, loop, heldOutViews);
  }

  /** These options with other views left for evaluation. */
  public LoopOptions withHeldOutViews(List<Integer> heldOutViews) {
    return new LoopOptions(still, loop, heldOutViews);
  }

  /**
   * These options with views for evaluation and for the reference loss, neither one of the other.
   */
  public LoopOptions withViews(List<Integer> heldOutViews, List<Integer> referenceViews) {
    return new LoopOptions(still, loop.withReferenceViews(referenceViews), heldOutViews);
  }

  /** These options with another seed of both stages. */
  public LoopOptions withSeed(long seed) {
    return new LoopOptions(still.withSeed(seed), loop.withSeed(seed), heldOutViews);
  }
}
