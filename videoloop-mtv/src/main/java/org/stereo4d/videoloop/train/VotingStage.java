package org.stereo4d.videoloop.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.videoloop.data.LoopScene;
import org.stereo4d.videoloop.loss.ColorClip;
import org.stereo4d.videoloop.loss.LoopLossOptions;
import org.stereo4d.videoloop.loss.LoopingLoss;
import org.stereo4d.videoloop.loss.MatchOptions;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.LayerRenderer;
import org.stereo4d.videoloop.mpi.LayerView;
import org.stereo4d.videoloop.mpi.PixelGradient;
import org.stereo4d.videoloop.mpi.Rendering;
import org.stereo4d.videoloop.mpi.SlotPenalties;
import org.stereo4d.videoloop.mpi.TextureStack;
import org.stereo4d.videoloop.tile.MultiTileVideo;

/**
 * Stage 2 by votes instead of gradients, alpha unchanged.
 *
 * <p>A round finds the target {@code yhat_v} of every view and then fits colours c to all of them.
 * Pictures are linear in colours, {@code x_v = A_v c}, so sweeps {@code c <- clamp(c + lambda sum_v
 * A_v^T (yhat_v - A_v c) / max(sum_v A_v^T 1, 1e-3))} converge in a few steps. A round costs about
 * as much as a few steps of {@link LoopStage}.
 */
public final class VotingStage {
  private static final LayerRenderer RENDERER = new LayerRenderer();
  private static final float LEAST_WEIGHT = 1e-3f;
  private static final int BLOCK = 1 << 15;

  private final VotingOptions options;

  /** A stage. */
  public VotingStage(VotingOptions options) {
    this.options = options;
  }

  /**
   * Fits a loop.
   *
   * @param still tiles of stage 1
   * @param scene the views it was fitted to
   * @param progress called after each round with the mean squared distance from the targets; FINISH
   *     returns the loop so far at full detail
   */
  public MultiTileVideo fit(MultiTileVideo still, LoopScene scene, Progress progress) {
    for (int v = 0; v < scene.views(); v++) {
      int frames = scene.clips().get(v).size();
      int least = options.match().patchFrames();
      Check.that(
          frames >= least, "clip %s must have >= %s frames, one patch; had %s", v, least, frames);
    }
    double[] factors = options.pyramid().factors(scene.size());
    MultiTileVideo video = still.lifted(options.frames(), options.noiseSigma(), options.seed());
    for (int level = 0; level < factors.length; level++) {
      video = video.atDetail(factors[level]);
      Level work = new Level(video, scene, factors[level]);
      boolean ends = false;
      for (int round = 0; round < options.rounds() && !ends; round++) {
        double cost = work.round(options.match(round, level == factors.length - 1));
        long done = (long) level * options.rounds() + round + 1;
        ends =
            progress.finishAfter(
                new Step("loop by votes", done, (long) factors.length * options.rounds(), cost));
      }
      video = video.with(work.layers.withRawTexels());
      if (ends) {
        break;
      }
    }
    return video.atDetail(1);
  }

  private final class Level {
    private final LayerModel layers;
    private final LayerModel sums;
    private final LayerModel weights;
    private final List<LayerView> views = new ArrayList<>();
    private final List<ColorClip> clips = new ArrayList<>();

    Level(MultiTileVideo video, LoopScene scene, double factor) {
      layers = video.layers().withLinearColor();
      sums = layers.zeros();
      weights = layers.zeros();
      ImageSize size = Pyramid.size(scene.size(), factor);
      for (int v = 0; v < scene.views(); v++) {
        List<ByteImage> small = LoopStage.reduced(scene.clips().get(v), size, factor, false);
        clips.add(ColorClip.ofBytes(small, 0, 0, size));
        views.add(
            new LayerView(
                video.map(),
                scene.cameras().cameras().get(v).scaledTo(size),
                scene.cameras().worldFromCameras().get(v).inverse()));
      }
      for (LayerView view : views) {
        PixelGradient ones = PixelGradient.zeros(RENDERER.render(layers, view));
        Arrays.fill(ones.color(), 1);
        RENDERER.backward(layers, view, ones, SlotPenalties.NONE, weights);
      }
    }

    double round(MatchOptions match) {
      List<ColorClip> targets = new ArrayList<>();
      for (int v = 0; v < views.size(); v++) {
        ColorClip loop = LoopStep.clip(RENDERER.render(layers, views.get(v)), 1);
        ImageSize size = loop.size();
        LoopLossOptions loss =
            LoopLossOptions.OTHER_VIEW.withMatch(match.fittedTo(size.width(), size.height()));
        targets.add(new LoopingLoss(loss).target(loop, clips.get(v)).asLoop(loop));
      }
      double cost = 0;
      for (int sweep = 0; sweep < options.sweeps(); sweep++) {
        cost = 0;
        for (int v = 0; v < views.size(); v++) {
          cost += vote(views.get(v), targets.get(v)) / views.size();
        }
        correct(layers.still(), sums.still(), weights.still());
        correct(layers.moving(), sums.moving(), weights.moving());
      }
      return cost;
    }

    private double vote(LayerView view, ColorClip target) {
      Rendering rendering = RENDERER.render(layers, view);
      PixelGradient residual = PixelGradient.zeros(rendering);
      int width = view.size().width();
      int frames = rendering.frames();
      double sum = 0;
      for (int i = 0; i < rendering.color().length; i++) {
        int t = i % frames;
        int x = i / frames % width;
        int c = i / (frames * width) % 3;
        int y = i / (frames * width * 3);
        float d = target.values()[target.index(t, c, y) + x] - rendering.color()[i];
        residual.color()[i] = d;
        sum += (double) d * d;
      }
      RENDERER.backward(layers, view, residual, SlotPenalties.NONE, sums);
      return sum / rendering.color().length;
    }

    private void correct(TextureStack colors, TextureStack votes, TextureStack total) {
      int frames = colors.frames();
      float factor = (float) options.relaxation();
      Parallel.blocks(
          colors.values().length,
          BLOCK,
          (start, end) -> {
            for (int i = start; i < end; i++) {
              if (i / frames % 4 != 3) {
                float step = factor * votes.values()[i] / Math.max(LEAST_WEIGHT, total.values()[i]);
                colors.values()[i] = Math.max(0, Math.min(1, colors.values()[i] + step));
              }
              votes.values()[i] = 0;
            }
          });
    }
  }
}
