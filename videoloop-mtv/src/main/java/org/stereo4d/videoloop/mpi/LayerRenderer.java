package org.stereo4d.videoloop.mpi;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.run.VectorTwins;

/**
 * Renders layered scenes and carries gradients back to their texels. The package documentation has
 * the equations.
 *
 * <p>Peak memory is a few bands of rows besides the result: about 64 MB.
 */
public final class LayerRenderer {
  static final TexelKernel KERNEL =
      VectorTwins.load(TexelKernel.class, "org.stereo4d.videoloop.mpi.vector.VectorTexelKernel")
          .orElseGet(PlainTexelKernel::new);

  private static final int BLOCK_ROWS = 4;
  private static final long BAND_FLOATS = 4L << 20;
  private static final int LEAST_BAND_ROWS = 4;
  private static final int MOST_BAND_ROWS = 24;

  /** A renderer. */
  public LayerRenderer() {}

  /** All frames of a model. */
  public Rendering render(LayerModel model, LayerView view) {
    return render(model, view, 0, model.frames());
  }

  /** Frames {@code firstFrame <= t < firstFrame + frames} of a model. */
  public Rendering render(LayerModel model, LayerView view, int firstFrame, int frames) {
    return render(model, view, firstFrame, frames, new SlotRow[0]);
  }

  /** Renders all frames, with the slots of each row left in {@code rows} unless it is empty. */
  Rendering render(LayerModel model, LayerView view, SlotRow[] rows) {
    return render(model, view, 0, model.frames(), rows);
  }

  private static Rendering render(
      LayerModel model, LayerView view, int firstFrame, int frames, SlotRow[] rows) {
    checkFrames(model, firstFrame, frames);
    int channels = model.still().channels();
    Rendering out = new Rendering(view.size(), frames, view.slots(), channels > 4);
    Parallel.blocks(
        view.size().height(),
        BLOCK_ROWS,
        (start, end) -> {
          SlotRow shared = rows.length > 0 ? rows[start] : new SlotRow(view, model, frames);
          for (int y = start; y < end; y++) {
            SlotRow row = rows.length > 0 ? rows[y] : shared;
            row.load(view, model, firstFrame, y);
            row.composite();
            row.sum(out, y);
          }
        });
    return out;
  }

  private static void checkFrames(LayerModel model, int firstFrame, int frames) {
    Check.that(
        firstFrame >= 0 && frames > 0 && firstFrame + frames <= model.frames(),
        "frames %s to %s must lie in [0, %s)",
        firstFrame,
        firstFrame + frames,
        model.frames());
  }

  /**
   * The contents of the slots of a one-frame model: (height, width, K, channels), activated,
   * nearest first, zero where absent.
   */
  public float[] slots(LayerModel model, LayerView view) {
    int channels = model.still().channels();
    int width = view.size().width();
    int slots = view.slots();
    float[] out = new float[view.size().area() * slots * channels];
    SlotRow row = new SlotRow(view, model, 1);
    for (int y = 0; y < view.size().height(); y++) {
      row.load(view, model, 0, y);
      for (int x = 0; x < width; x++) {
        for (int k = 0; k < slots; k++) {
          for (int c = 0; c < channels; c++) {
            out[((y * width + x) * slots + k) * channels + c] =
                row.content[(k * channels + c) * width + x];
          }
        }
      }
    }
    return out;
  }

  /**
   * Adds the gradient of a loss to the texels' gradient.
   *
   * @param pixels derivative of the loss by the rendering of all frames
   * @param penalties further losses on the slots themselves
   * @param gradient of the shape of the model, added to
   * @return the penalties before their weights
   */
  public SlotPenalties.Values backward(
      LayerModel model,
      LayerView view,
      PixelGradient pixels,
      SlotPenalties penalties,
      LayerModel gradient) {
    return backward(model, view, pixels, penalties, gradient, new SlotRow[0]);
  }

  /** The gradient with the slots that {@link #render(LayerModel, LayerView, SlotRow[])} left. */
  SlotPenalties.Values backward(
      LayerModel model,
      LayerView view,
      PixelGradient pixels,
      SlotPenalties penalties,
      LayerModel gradient,
      SlotRow[] known) {
    int frames = model.frames();
    Check.that(
        pixels.alpha().length == view.size().area() * frames,
        "gradient must have %s pixels, had %s",
        view.size().area() * frames,
        pixels.alpha().length);
    int height = view.size().height();
    BandGradient band =
        new BandGradient(model, view, pixels, penalties, bandRows(model, view), known);
    for (int y = 0; y < height; y += band.rows()) {
      band.run(y, Math.min(height, y + band.rows()), gradient);
    }
    return band.values();
  }

  private static int bandRows(LayerModel model, LayerView view) {
    long row =
        (long) view.slots() * model.still().channels() * view.size().width() * model.frames();
    long rows = BAND_FLOATS / Math.max(1, row);
    return (int) Math.max(LEAST_BAND_ROWS, Math.min(MOST_BAND_ROWS, rows));
  }

  /** Owners of each colour. */
  static List<int[]> ownersByColor(LayerMap map) {
    List<int[]> out = new ArrayList<>();
    for (int color = 0; color < map.colors(); color++) {
      int wanted = color;
      out.add(
          java.util.stream.IntStream.range(0, map.owners())
              .filter(owner -> map.color(owner) == wanted)
              .toArray());
    }
    return out;
  }
}
