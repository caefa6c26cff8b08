package org.stereo4d.videoloop.mpi;

import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * What a camera sees, for one or many frames.
 *
 * <p>Colour is multiplied by alpha, that is, over black. Arrays are ordered (row, channel, column,
 * frame); those of one channel (row, column, frame).
 */
public final class Rendering {
  final float[] color;
  final float[] alpha;
  final float[] label;
  final float[] inverseDepth;
  private final ImageSize size;
  private final int frames;
  private final int slots;

  Rendering(ImageSize size, int frames, int slots, boolean hasLabel) {
    long samples = 3L * size.area() * frames;
    Check.that(samples <= Integer.MAX_VALUE - 8, "%s samples exceed an array", samples);
    int lanes = size.area() * frames;
    this.size = size;
    this.frames = frames;
    this.slots = slots;
    this.color = new float[3 * lanes];
    this.alpha = new float[lanes];
    this.label = new float[hasLabel ? lanes : 0];
    this.inverseDepth = new float[lanes];
  }

  /** Size of each frame. */
  public ImageSize size() {
    return size;
  }

  /** Number of frames. */
  public int frames() {
    return frames;
  }

  /** K, the most layers of a pixel. */
  public int slots() {
    return slots;
  }

  /** Colours in [0, 1], (height, 3, width, frames). */
  public float[] color() {
    return color;
  }

  /** Accumulated alpha in [0, 1], (height, width, frames). */
  public float[] alpha() {
    return alpha;
  }

  /** Accumulated loopable label in [0, 1], (height, width, frames); empty without a label. */
  public float[] label() {
    return label;
  }

  /** Sum of blending weight over depth, (height, width, frames), in 1 / scene units. */
  public float[] inverseDepth() {
    return inverseDepth;
  }

  /** One frame as an RGB picture over black. */
  public FloatImage image(int frame) {
    return imageOver(frame, new float[3]);
  }

  /**
   * One frame over a background: {@code rgb + background (1 - alpha)}.
   *
   * @param background red, green, blue in [0, 1]
   */
  public FloatImage imageOver(int frame, float[] background) {
    Check.that(frame >= 0 && frame < frames, "frame must be in [0, %s), was %s", frames, frame);
    Check.that(background.length == 3, "background must be RGB, had %s", background.length);
    int width = size.width();
    FloatImage out = FloatImage.create(size, 3);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < width; x++) {
        float clear = 1 - alpha[(y * width + x) * frames + frame];
        for (int c = 0; c < 3; c++) {
          out.array()[(y * width + x) * 3 + c] =
              color[((y * 3 + c) * width + x) * frames + frame] + background[c] * clear;
        }
      }
    }
    return out;
  }

  /**
   * Disparity of one frame, {@code sum w (1/lambda - 1/far) / (1/near - 1/far)}.
   *
   * @param divideByAlpha whether to divide by {@code max(alpha, 1e-10)}
   */
  public FloatImage disparity(int frame, double nearBound, double farBound, boolean divideByAlpha) {
    double range = 1 / nearBound - 1 / farBound;
    FloatImage out = FloatImage.create(size, 1);
    for (int i = 0; i < out.array().length; i++) {
      double a = alpha[i * frames + frame];
      double disparity = (inverseDepth[i * frames + frame] - a / farBound) / range;
      out.array()[i] = (float) (divideByAlpha ? disparity / Math.max(a, 1e-10) : disparity);
    }
    return out;
  }
}
