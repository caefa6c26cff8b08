package org.stereo4d.videoloop.mpi;

import java.util.Arrays;

/**
 * One row of pixels with the contents of all slots, {@code [slot][channel][x * frames + t]}.
 *
 * <p>Static texels are spread over the frames, so that compositing runs over whole rows.
 */
final class SlotRow {
  final SlotTaps taps;
  final float[] content;
  final float[] transmittance;
  final float[] weight;
  private final int width;
  private final int frames;
  private final int channels;
  private final int slots;
  private final int lanes;
  private final Activation activation;
  private final float[] pixels; // four values each, for the short way
  private final float[] tapWeights = new float[4];

  SlotRow(LayerView view, LayerModel model, int frames) {
    this.activation = model.activation();
    int channels = model.still().channels();
    this.width = view.size().width();
    this.frames = frames;
    this.channels = channels;
    this.slots = view.slots();
    this.lanes = width * frames;
    this.taps = new SlotTaps(width, Math.max(1, view.map().geometry().planes()));
    this.content = new float[slots * channels * lanes];
    this.transmittance = new float[slots * lanes];
    this.weight = new float[slots * lanes];
    this.pixels = new float[takesShortWay(model, frames) ? 4 * width : 0];
  }

  /** One frame on planes that have one row length: the way stage 1 takes. */
  static boolean takesShortWay(LayerModel model, int frames) {
    return frames == 1 && model.map() instanceof DenseLayers;
  }

  /** Whether this row has the shape that a new one would have. */
  boolean fits(LayerView view, LayerModel model) {
    return width == view.size().width()
        && frames == model.frames()
        && channels == model.still().channels()
        && slots == view.slots()
        && activation == model.activation()
        && taps.owner.length == width * view.map().geometry().planes()
        && takesShortWay(model, frames) == (pixels.length > 0);
  }

  /** Finds the layers of a row and their activated contents. */
  void load(LayerView view, LayerModel model, int firstFrame, int y) {
    view.fill(y, taps);
    for (int k = 0; k < slots; k++) {
      if (pixels.length > 0) {
        gatherPixels(model, k);
      } else {
        gather(model, firstFrame, k);
      }
    }
    if (frames == 1) {
      for (int k = 0; k < slots * channels; k++) {
        if (activation.isLogistic(k % channels)) {
          Sigmoid.apply(content, k * lanes, (k + 1) * lanes);
        }
      }
    }
    clearAbsent();
  }

  private void gather(LayerModel model, int firstFrame, int k) {
    for (int x = 0; x < width; x++) {
      if (k < taps.count[x]) {
        int index = k * width + x;
        int owner = taps.owner[index];
        int to = k * channels * lanes + x * frames;
        if (model.map().isMoving(owner)) {
          gatherMoving(model.moving(), index, firstFrame, model.map().rowTexels(owner), to);
        } else {
          gatherStill(model.still(), index, model.map().rowTexels(owner), to);
        }
      }
    }
  }

  private void gatherPixels(LayerModel model, int k) {
    float[] texels = model.still().values();
    int rowTexels = model.map().rowTexels(0);
    for (int x = 0; x < width; ) {
      if (k >= taps.count[x]) {
        x++;
        continue;
      }
      int end = x + 1;
      while (end < width && k < taps.count[end]) {
        end++;
      }
      LayerRenderer.KERNEL.blendPixels(
          texels,
          channels,
          rowTexels,
          taps.texel,
          taps.right,
          taps.below,
          k * width + x,
          end - x,
          pixels);
      int to = k * channels * width;
      for (int c = 4; c < channels; c++) {
        gatherChannel(texels, rowTexels, c, k * width, x, end, to + c * width);
      }
      for (int i = 0; x < end; x++, i += 4) {
        content[to + x] = pixels[i];
        content[to + width + x] = pixels[i + 1];
        content[to + 2 * width + x] = pixels[i + 2];
        content[to + 3 * width + x] = pixels[i + 3];
      }
    }
  }

  private void gatherChannel(
      float[] texels, int rowTexels, int channel, int slot, int start, int end, int to) {
    for (int x = start; x < end; x++) {
      float right = taps.right[slot + x];
      int top = channels * taps.texel[slot + x] + channel;
      int bottom = top + channels * rowTexels;
      float above = texels[top] + right * (texels[top + channels] - texels[top]);
      float under = texels[bottom] + right * (texels[bottom + channels] - texels[bottom]);
      content[to + x] = above + taps.below[slot + x] * (under - above);
    }
  }

  private void gatherStill(TextureStack still, int index, int rowTexels, int to) {
    float[] values = still.values();
    float right = taps.right[index];
    float below = taps.below[index];
    int top = taps.texel[index] * channels;
    int bottom = top + rowTexels * channels;
    for (int c = 0; c < channels; c++, top++, bottom++, to += lanes) {
      float above = values[top] + right * (values[top + channels] - values[top]);
      float under = values[bottom] + right * (values[bottom + channels] - values[bottom]);
      float raw = above + below * (under - above);
      if (frames == 1) {
        content[to] = raw;
      } else {
        float value = activation.isLogistic(c) ? Sigmoid.of(raw) : raw;
        Arrays.fill(content, to, to + frames, value);
      }
    }
  }

  private void gatherMoving(TextureStack moving, int index, int firstFrame, int rowTexels, int to) {
    float[] values = moving.values();
    float right = taps.right[index];
    float below = taps.below[index];
    tapWeights[0] = (1 - right) * (1 - below);
    tapWeights[1] = right * (1 - below);
    tapWeights[2] = (1 - right) * below;
    tapWeights[3] = right * below;
    int all = moving.frames();
    int step = channels * all;
    int i00 = taps.texel[index] * step + firstFrame;
    int i01 = i00 + step;
    int i10 = i00 + rowTexels * step;
    int i11 = i10 + step;
    for (int c = 0; c < channels; c++) {
      LayerRenderer.KERNEL.blendFrames(values, i00, i01, i10, i11, tapWeights, content, to, frames);
      if (frames > 1 && activation.isLogistic(c)) {
        Sigmoid.apply(content, to, to + frames);
      }
      i00 += all;
      i01 += all;
      i10 += all;
      i11 += all;
      to += lanes;
    }
  }

  private void clearAbsent() {
    for (int x = 0; x < width; x++) {
      for (int k = taps.count[x]; k < slots; k++) {
        int to = k * channels * lanes + x * frames;
        for (int c = 0; c < channels; c++, to += lanes) {
          Arrays.fill(content, to, to + frames, 0);
        }
      }
    }
  }

  /** Finds the transmittance before each slot and its blending weight. */
  void composite() {
    if (slots == 0) {
      return;
    }
    Arrays.fill(transmittance, 0, lanes, 1);
    for (int k = 0; k < slots; k++) {
      int alpha = (k * channels + 3) * lanes;
      int at = k * lanes;
      for (int i = 0; i < lanes; i++) {
        weight[at + i] = content[alpha + i] * transmittance[at + i];
      }
      if (k + 1 < slots) {
        for (int i = 0; i < lanes; i++) {
          transmittance[at + lanes + i] = (1 - content[alpha + i]) * transmittance[at + i];
        }
      }
    }
  }

  /** Writes the weighted sums of a row. */
  void sum(Rendering out, int y) {
    int row = y * lanes;
    for (int k = 0; k < slots; k++) {
      int w = k * lanes;
      for (int c = 0; c < 3; c++) {
        addProduct(out.color, (y * 3 + c) * lanes, w, (k * channels + c) * lanes);
      }
      for (int i = 0; i < lanes; i++) {
        out.alpha[row + i] += weight[w + i];
      }
      if (channels > 4) {
        addProduct(out.label, row, w, (k * channels + 4) * lanes);
      }
      for (int x = 0; x < width; x++) {
        float inverse = k < taps.count[x] ? taps.inverseDepth[k * width + x] : 0;
        for (int t = 0; t < frames; t++) {
          out.inverseDepth[row + x * frames + t] += weight[w + x * frames + t] * inverse;
        }
      }
    }
  }

  private void addProduct(float[] sums, int to, int fromWeight, int fromContent) {
    for (int i = 0; i < lanes; i++) {
      sums[to + i] += weight[fromWeight + i] * content[fromContent + i];
    }
  }
}
