package org.stereo4d.videoloop.mpi;

import java.util.Arrays;
import java.util.Optional;
import org.stereo4d.run.Check;

/**
 * Renders a view and remembers its slots, so that the gradient of the same picture need not find
 * them again. Gives the bits of {@link LayerRenderer}, in about three quarters of the time.
 *
 * <p>Memory is kept for the next picture of the same shape: about 36 bytes per pixel, layer and
 * frame. Pictures that would take more than 512 MB are not remembered. Not for use by several
 * threads at once; each call uses several of its own.
 */
public final class LayerTrace {
  private static final long MOST_BYTES = 512L << 20;

  private final LayerRenderer renderer = new LayerRenderer();
  private SlotRow[] rows = new SlotRow[0];
  private Scene scene = Scene.NONE;

  /** A trace without memory. */
  public LayerTrace() {}

  /** What was rendered last. */
  private record Scene(Optional<LayerModel> model, Optional<LayerView> view) {
    static final Scene NONE = new Scene(Optional.empty(), Optional.empty());
  }

  /** All frames of a model. */
  public Rendering render(LayerModel model, LayerView view) {
    if (bytes(model, view) > MOST_BYTES) {
      rows = new SlotRow[0];
    } else if (rows.length != view.size().height() || !rows[0].fits(view, model)) {
      rows = new SlotRow[0]; // the old ones go before the new ones come
      SlotRow[] fresh = new SlotRow[view.size().height()];
      Arrays.setAll(fresh, y -> new SlotRow(view, model, model.frames()));
      rows = fresh;
    }
    scene = new Scene(Optional.of(model), Optional.of(view));
    return renderer.render(model, view, rows);
  }

  /**
   * Adds the gradient of a loss to the texels' gradient.
   *
   * @param model that was rendered last, not changed since
   * @param view that was rendered last
   * @see LayerRenderer#backward
   */
  public SlotPenalties.Values backward(
      LayerModel model,
      LayerView view,
      PixelGradient pixels,
      SlotPenalties penalties,
      LayerModel gradient) {
    Check.that(
        scene.model.filter(last -> last == model).isPresent()
            && scene.view.filter(last -> last == view).isPresent(),
        "model and view must be those rendered last, were %s",
        "others");
    return renderer.backward(model, view, pixels, penalties, gradient, rows);
  }

  private static long bytes(LayerModel model, LayerView view) {
    long slots = (long) view.slots() * view.size().area();
    return 4L * slots * (model.frames() * (model.still().channels() + 2L) + 5);
  }
}
