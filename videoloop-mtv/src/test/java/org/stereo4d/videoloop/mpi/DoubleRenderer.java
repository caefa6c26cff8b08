package org.stereo4d.videoloop.mpi;

/** The picture formation once more, plainly, in double: the referee of gradients. */
final class DoubleRenderer {
  private final LayerModel model;
  private final LayerView view;
  private final PixelGradient weights;

  DoubleRenderer(LayerModel model, LayerView view, PixelGradient weights) {
    this.model = model;
    this.view = view;
    this.weights = weights;
  }

  /** Sum of the rendering times the weights, after moving one raw value. */
  double loss(boolean moving, int changed, double by) {
    int width = view.size().width();
    int frames = model.frames();
    SlotTaps taps = new SlotTaps(width, model.map().geometry().planes());
    double sum = 0;
    for (int y = 0; y < view.size().height(); y++) {
      view.fill(y, taps);
      for (int x = 0; x < width; x++) {
        for (int t = 0; t < frames; t++) {
          sum += pixel(taps, x, y, t, moving, changed, by);
        }
      }
    }
    return sum;
  }

  private double pixel(SlotTaps taps, int x, int y, int t, boolean moving, int changed, double by) {
    int width = view.size().width();
    int frames = model.frames();
    int channels = model.still().channels();
    int at = (y * width + x) * frames + t;
    double clear = 1;
    double sum = 0;
    for (int k = 0; k < taps.count[x]; k++) {
      int index = k * width + x;
      double[] s = new double[channels];
      for (int c = 0; c < channels; c++) {
        s[c] = content(taps, index, c, t, moving, changed, by);
      }
      double w = s[3] * clear;
      clear *= 1 - s[3];
      for (int c = 0; c < 3; c++) {
        sum += w * s[c] * weights.color()[((y * 3 + c) * width + x) * frames + t];
      }
      sum += w * weights.alpha()[at];
      sum += w * taps.inverseDepth[index] * weights.inverseDepth()[at];
      if (channels > 4) {
        // alpha is a constant for the label: use the unchanged weight
        sum += weight(taps, x, k, t) * s[4] * weights.label()[at];
      }
    }
    return sum;
  }

  private double weight(SlotTaps taps, int x, int slot, int t) {
    int width = view.size().width();
    double clear = 1;
    for (int k = 0; k < slot; k++) {
      clear *= 1 - content(taps, k * width + x, 3, t, false, -1, 0);
    }
    return clear * content(taps, slot * width + x, 3, t, false, -1, 0);
  }

  private double content(
      SlotTaps taps, int index, int c, int t, boolean moving, int changed, double by) {
    int owner = taps.owner[index];
    boolean isMoving = model.map().isMoving(owner);
    TextureStack stack = isMoving ? model.moving() : model.still();
    int frame = isMoving ? t : 0;
    int row = model.map().rowTexels(owner);
    double sum = 0;
    for (int corner = 0; corner < 4; corner++) {
      int texel = taps.texel[index] + corner % 2 + corner / 2 * row;
      double right = corner % 2 == 1 ? taps.right[index] : 1.0 - taps.right[index];
      double below = corner / 2 == 1 ? taps.below[index] : 1.0 - taps.below[index];
      int i = (texel * stack.channels() + c) * stack.frames() + frame;
      double value = stack.values()[i] + (isMoving == moving && i == changed ? by : 0);
      sum += right * below * value;
    }
    return 1 / (1 + Math.exp(-sum));
  }
}
