package org.stereo4d.videoloop.train;

import java.util.Optional;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Parallel;
import org.stereo4d.videoloop.loss.ColorClip;
import org.stereo4d.videoloop.loss.LoopingLoss;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.LayerRenderer;
import org.stereo4d.videoloop.mpi.LayerView;
import org.stereo4d.videoloop.mpi.PixelGradient;
import org.stereo4d.videoloop.mpi.Rendering;
import org.stereo4d.videoloop.mpi.SlotPenalties;

/**
 * The loss of one window of one view in stage 2, and its gradient.
 *
 * @param loss the looping loss of the view
 * @param weights of the regularisers; sparsity and smoothness of slots are times the gain
 * @param scaleInvariant whether the loop is scaled to the clip's mean brightness
 */
record LoopStep(LoopingLoss loss, LossWeights weights, boolean scaleInvariant) {
  private static final LayerRenderer RENDERER = new LayerRenderer();

  /** What a step found. */
  record Losses(
      double total,
      double looping,
      SlotPenalties.Values slots,
      double density,
      double depthSmooth,
      LoopingLoss.Target target) {}

  /**
   * Adds the gradient of the loss.
   *
   * @param known a target found before, if it may be used again
   */
  Losses run(
      LayerModel model,
      LayerView view,
      ColorClip video,
      Optional<LoopingLoss.Target> known,
      LayerModel gradient) {
    Rendering rendering = RENDERER.render(model, view);
    PixelGradient pixels = PixelGradient.zeros(rendering);
    double scale = scaleInvariant ? PixelLosses.scale(rendering, meanByRow(video)) : 1;
    ColorClip loop = clip(rendering, (float) scale);
    LoopingLoss.Target target = known.orElseGet(() -> loss.target(loop, video));
    LoopingLoss.Result result = loss.evaluate(loop, target);
    addGradient(result.gradient(), (float) scale, pixels);
    double density = PixelLosses.density(rendering, weights.density(), pixels);
    double depth =
        weights.depthSmooth() > 0
            ? PixelLosses.depthSmooth(rendering, weights.depthSmooth(), 0, 1, 0, pixels)
            : 0;
    SlotPenalties penalties = weights.slots().times(loss.options().gain());
    SlotPenalties.Values slots = RENDERER.backward(model, view, pixels, penalties, gradient);
    double total =
        result.value()
            + slots.weighted(penalties)
            + weights.density() * density
            + weights.depthSmooth() * depth;
    return new Losses(total, result.value(), slots, density, depth, target);
  }

  /** Rendered frames, times a factor, as a clip. */
  static ColorClip clip(Rendering rendering, float scale) {
    ImageSize size = rendering.size();
    int frames = rendering.frames();
    ColorClip out = ColorClip.create(frames, size);
    float[] color = rendering.color();
    Parallel.rows(
        size.height(),
        (start, end) -> {
          for (int y = start; y < end; y++) {
            for (int c = 0; c < 3; c++) {
              int from = (y * 3 + c) * size.width() * frames;
              for (int t = 0; t < frames; t++) {
                int to = out.index(t, c, y);
                for (int x = 0; x < size.width(); x++) {
                  out.values()[to + x] = scale * color[from + x * frames + t];
                }
              }
            }
          }
        });
    return out;
  }

  private static void addGradient(ColorClip gradient, float scale, PixelGradient pixels) {
    ImageSize size = gradient.size();
    int frames = gradient.frames();
    Parallel.rows(
        size.height(),
        (start, end) -> {
          for (int y = start; y < end; y++) {
            for (int c = 0; c < 3; c++) {
              int to = (y * 3 + c) * size.width() * frames;
              for (int t = 0; t < frames; t++) {
                int from = gradient.index(t, c, y);
                for (int x = 0; x < size.width(); x++) {
                  pixels.color()[to + x * frames + t] += scale * gradient.values()[from + x];
                }
              }
            }
          }
        });
  }

  private static float[] meanByRow(ColorClip video) {
    ImageSize size = video.size();
    float[] out = new float[3 * size.area()];
    for (int y = 0; y < size.height(); y++) {
      for (int c = 0; c < 3; c++) {
        for (int x = 0; x < size.width(); x++) {
          double sum = 0;
          for (int t = 0; t < video.frames(); t++) {
            sum += video.values()[video.index(t, c, y) + x];
          }
          out[(y * 3 + c) * size.width() + x] = (float) (sum / video.frames());
        }
      }
    }
    return out;
  }
}
