package org.stereo4d.videoloop.mpi;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/**
 * Carries the gradient of a few rows of pixels to the texels: contents of the rows and of their
 * neighbours, then gradients of the slots, then sums by the owners of texels.
 */
final class BandGradient {
  private static final int OWNERS_PER_BLOCK = 8;
  // an entry is a row of the band (5 bits), a slot (11) and a column (16)
  private static final int ROW_SHIFT = 27;
  private static final int SLOT_SHIFT = 16;
  private static final int SLOT_MASK = (1 << 11) - 1;
  private static final int X_MASK = (1 << 16) - 1;

  private final LayerModel model;
  private final LayerView view;
  private final PixelGradient pixels;
  private final SlotPenalties penalties;
  private final int rows;
  private final int height;
  private final int width;
  private final int frames;
  private final int channels;
  private final int slots;
  private final int lanes;
  private final boolean shortWay;
  private final SlotRow[] known; // by row of the picture; empty if they are to be found
  private final SlotRow[] contents; // of rows start - 1 to start + rows, if not known
  private final float[][] gradients; // by row of the band, before the logistic function
  private final SlotGradient kernel;
  private final double[][] sums; // by row of the picture, by penalty
  private final int[] firstEntry;
  private final int[] entries;
  private final List<int[]> ownersByColor;

  BandGradient(
      LayerModel model,
      LayerView view,
      PixelGradient pixels,
      SlotPenalties penalties,
      int rows,
      SlotRow[] known) {
    this.model = model;
    this.view = view;
    this.pixels = pixels;
    this.penalties = penalties;
    this.rows = rows;
    this.height = view.size().height();
    this.width = view.size().width();
    this.frames = model.frames();
    this.channels = model.still().channels();
    this.slots = view.slots();
    this.lanes = width * frames;
    this.shortWay = SlotRow.takesShortWay(model, frames);
    Check.that(
        rows <= 32 && slots <= SLOT_MASK && width <= X_MASK,
        "a gradient takes at most 2047 layers and 65535 columns, had %s and %s",
        slots,
        width);
    this.known = known;
    this.contents = new SlotRow[known.length > 0 ? 0 : rows + 2];
    this.gradients = new float[rows][slots * channels * lanes];
    Arrays.setAll(contents, i -> new SlotRow(view, model, frames));
    this.kernel = new SlotGradient(view, penalties, pixels, model);
    this.sums = new double[height][4];
    this.firstEntry = new int[model.map().owners() + 1];
    this.entries = new int[shortWay ? 0 : rows * slots * width];
    this.ownersByColor = LayerRenderer.ownersByColor(model.map());
  }

  int rows() {
    return rows;
  }

  void run(int start, int end, LayerModel gradient) {
    boolean halo = penalties.needNeighbours();
    int first = halo ? Math.max(0, start - 1) : start;
    int last = halo ? Math.min(height, end + 1) : end;
    Parallel.blocks(
        known.length > 0 ? 0 : last - first,
        1,
        (from, to) -> {
          for (int y = first + from; y < first + to; y++) {
            SlotRow row = row(start, y);
            row.load(view, model, 0, y);
            row.composite();
          }
        });
    Parallel.blocks(
        end - start,
        1,
        (from, to) -> {
          for (int y = start + from; y < start + to; y++) {
            SlotRow above = y > first ? row(start, y - 1) : null;
            SlotRow below = y + 1 < last ? row(start, y + 1) : null;
            kernel.run(row(start, y), above, below, y, gradients[y - start], sums[y]);
          }
        });
    if (!shortWay) {
      index(start, end);
    }
    for (int[] owners : ownersByColor) {
      Parallel.blocks(
          owners.length,
          shortWay ? 1 : OWNERS_PER_BLOCK,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              if (shortWay) {
                scatterPlane(owners[i], start, end, gradient.still());
              } else {
                scatter(owners[i], start, gradient);
              }
            }
          });
    }
  }

  private SlotRow row(int start, int y) {
    return known.length > 0 ? known[y] : contents[y - start + 1];
  }

  /** Lists the slots of each owner, in the order of rows, slots and columns. */
  private void index(int start, int end) {
    Arrays.fill(firstEntry, 0);
    visit(start, end, (owner, entry) -> firstEntry[owner + 1]++);
    for (int i = 1; i < firstEntry.length; i++) {
      firstEntry[i] += firstEntry[i - 1];
    }
    int[] next = firstEntry.clone();
    visit(start, end, (owner, entry) -> entries[next[owner]++] = entry);
  }

  private interface Visitor {
    void visit(int owner, int entry);
  }

  private void visit(int start, int end, Visitor visitor) {
    for (int y = start; y < end; y++) {
      SlotTaps taps = row(start, y).taps;
      for (int x = 0; x < width; x++) {
        for (int k = 0; k < taps.count[x]; k++) {
          int index = k * width + x;
          visitor.visit(taps.owner[index], (y - start) << ROW_SHIFT | k << SLOT_SHIFT | x);
        }
      }
    }
  }

  private void scatter(int owner, int start, LayerModel gradient) {
    boolean moving = model.map().isMoving(owner);
    int rowTexels = model.map().rowTexels(owner);
    for (int e = firstEntry[owner]; e < firstEntry[owner + 1]; e++) {
      int bandRow = entries[e] >>> ROW_SHIFT;
      int slot = entries[e] >>> SLOT_SHIFT & SLOT_MASK;
      int x = entries[e] & X_MASK;
      int index = slot * width + x;
      int from = slot * channels * lanes + x * frames;
      SlotTaps taps = row(start, start + bandRow).taps;
      if (moving) {
        addMoving(gradient.moving(), taps, index, rowTexels, gradients[bandRow], from);
      } else {
        addStill(gradient.still(), taps, index, rowTexels, gradients[bandRow], from);
      }
    }
  }

  /** The short way: planes own their texels, and a pixel meets a plane in one slot at most. */
  private void scatterPlane(int plane, int start, int end, TextureStack to) {
    float[] four = new float[4];
    int rowFloats = channels * model.map().rowTexels(plane);
    for (int y = start; y < end; y++) {
      SlotTaps taps = row(start, y).taps;
      float[] slot = gradients[y - start];
      for (int x = 0; x < width; x++) {
        int k = slotOf(plane, x, taps);
        if (k < 0) {
          continue;
        }
        int from = channels * k * width + x;
        four[0] = slot[from];
        four[1] = slot[from + width];
        four[2] = slot[from + 2 * width];
        four[3] = slot[from + 3 * width];
        int index = k * width + x;
        int top = channels * taps.texel[index];
        float right = taps.right[index];
        float below = taps.below[index];
        LayerRenderer.KERNEL.spreadPixel(
            to.values(), channels, top, top + rowFloats, right, below, four, 0);
        for (int c = 4; c < channels; c++) {
          float value = slot[from + c * width];
          spread(to.values(), top + c, top + c + rowFloats, right, below, value);
        }
      }
    }
  }

  private void spread(float[] values, int top, int bottom, float right, float below, float value) {
    float lower = value * below;
    float upper = value - lower;
    values[top] += upper * (1 - right);
    values[top + channels] += upper * right;
    values[bottom] += lower * (1 - right);
    values[bottom + channels] += lower * right;
  }

  /** The slot in which a pixel meets a plane, or -1. Planes before it may be absent. */
  private int slotOf(int plane, int x, SlotTaps taps) {
    for (int k = Math.min(plane, taps.count[x] - 1); k >= 0; k--) {
      int owner = taps.owner[k * width + x];
      if (owner <= plane) {
        return owner == plane ? k : -1;
      }
    }
    return -1;
  }

  private void addStill(
      TextureStack to, SlotTaps taps, int index, int rowTexels, float[] slot, int from) {
    float[] values = to.values();
    float right = taps.right[index];
    float below = taps.below[index];
    int top = taps.texel[index] * channels;
    int bottom = top + rowTexels * channels;
    for (int c = 0; c < channels; c++, from += lanes, top++, bottom++) {
      float sum = slot[from];
      for (int t = 1; t < frames; t++) {
        sum += slot[from + t];
      }
      spread(values, top, bottom, right, below, sum);
    }
  }

  private void addMoving(
      TextureStack to, SlotTaps taps, int index, int rowTexels, float[] slot, int from) {
    float[] values = to.values();
    float right = taps.right[index];
    float below = taps.below[index];
    float w00 = (1 - right) * (1 - below);
    float w01 = right * (1 - below);
    float w10 = (1 - right) * below;
    float w11 = right * below;
    int step = channels * frames;
    int i00 = taps.texel[index] * step;
    int i10 = i00 + rowTexels * step;
    for (int c = 0; c < channels; c++, from += lanes, i00 += frames, i10 += frames) {
      LayerRenderer.KERNEL.addFrames(slot, from, w00, values, i00, frames);
      LayerRenderer.KERNEL.addFrames(slot, from, w01, values, i00 + step, frames);
      LayerRenderer.KERNEL.addFrames(slot, from, w10, values, i10, frames);
      LayerRenderer.KERNEL.addFrames(slot, from, w11, values, i10 + step, frames);
    }
  }

  /** The penalties before their weights, summed row by row. */
  SlotPenalties.Values values() {
    double[] total = new double[4];
    for (double[] row : sums) {
      IntStream.range(0, 4).forEach(i -> total[i] += row[i]);
    }
    return kernel.values(total, pixels.alpha().length);
  }
}
