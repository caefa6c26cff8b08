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
  }

  /** Finds the layers of a row and their activated contents. */
  void load(LayerView view, LayerModel model, int firstFrame, int y) {
    view.fill(y, taps);
    for (int x = 0; x < width; x++) {
      for (int k = 0; k < taps.count[x]; k++) {
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
    if (frames == 1) {
      for (int k = 0; k < slots * channels; k++) {
        if (activation.isLogistic(k % channels)) {
          Sigmoid.apply(content, k * lanes, (k + 1) * lanes);
        }
      }
    }
    clearAbsent();
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
    float w00 = (1 - right) * (1 - below);
    float w01 = right * (1 - below);
    float w10 = (1 - right) * below;
    float w11 = right * below;
    int all = moving.frames();
    int step = channels * all;
    int i00 = taps.texel[index] * step + firstFrame;
    int i01 = i00 + step;
    int i10 = i00 + rowTexels * step;
    int i11 = i10 + step;
    for (int c = 0; c < channels; c++) {
      for (int t = 0; t < frames; t++) {
        content[to + t] =
            w00 * values[i00 + t]
                + w01 * values[i01 + t]
                + w10 * values[i10 + t]
                + w11 * values[i11 + t];
      }
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
