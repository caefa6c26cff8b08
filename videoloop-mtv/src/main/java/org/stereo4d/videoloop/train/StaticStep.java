package org.stereo4d.videoloop.train;

import java.util.Optional;
import org.stereo4d.image.Mask;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.LayerTrace;
import org.stereo4d.videoloop.mpi.LayerView;
import org.stereo4d.videoloop.mpi.PixelGradient;
import org.stereo4d.videoloop.mpi.PlaneGeometry;
import org.stereo4d.videoloop.mpi.Rendering;
import org.stereo4d.videoloop.mpi.SlotPenalties;

/**
 * The loss of one window of one view in stage 1, and its gradient.
 *
 * @param weights of the regularisers
 * @param densityWeight weight of density in this epoch
 * @param scaleInvariant whether colours are scaled to the target's mean brightness
 */
record StaticStep(LossWeights weights, double densityWeight, boolean scaleInvariant) {
  /** What a step found. */
  record Losses(
      double total,
      double color,
      double label,
      double scale,
      SlotPenalties.Values slots,
      double density,
      double depthSmooth) {
    double psnrDecibels() {
      return -10 * Math.log10(color);
    }
  }

  /**
   * Adds the gradient of the loss.
   *
   * @param target colours by row
   * @param loopable the label wanted, if it is learned
   * @param trace remembers the slots of the view
   */
  Losses run(
      LayerModel model,
      LayerView view,
      float[] target,
      Optional<Mask> loopable,
      LayerModel gradient,
      LayerTrace trace) {
    Rendering rendering = trace.render(model, view);
    PixelGradient pixels = PixelGradient.zeros(rendering);
    double scale = scaleInvariant ? PixelLosses.scale(rendering, target) : 1;
    double color = PixelLosses.color(rendering, target, scale, pixels);
    double label = loopable.map(mask -> PixelLosses.label(rendering, mask, pixels)).orElse(0.0);
    double density = PixelLosses.density(rendering, densityWeight, pixels);
    double depth = 0;
    if (weights.depthSmooth() > 0) {
      PlaneGeometry planes = model.map().geometry();
      double range = 1 / planes.nearBound() - 1 / planes.farBound();
      depth =
          PixelLosses.depthSmooth(
              rendering,
              weights.depthSmooth(),
              weights.edgeScale(),
              1 / range,
              1 / (range * planes.farBound()),
              pixels);
    }
    SlotPenalties penalties = weights.slots();
    SlotPenalties.Values slots = trace.backward(model, view, pixels, penalties, gradient);
    double total =
        color
            + label
            + slots.weighted(penalties)
            + densityWeight * density
            + weights.depthSmooth() * depth;
    return new Losses(total, color, label, scale, slots, density, depth);
  }
}
