package org.stereo4d.videoloop.mpi;

import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * Raw texels of one or many frames, (height, width, channels, frames).
 *
 * <p>Channels are red, green, blue, alpha and, where there is a fifth, the loopable label. Values
 * are before the logistic function. A stack without texels has height 0.
 */
public final class TextureStack {
  private final int width;
  private final int height;
  private final int channels;
  private final int frames;
  private final float[] values;

  private TextureStack(int width, int height, int channels, int frames, float[] values) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.frames = frames;
    this.values = values;
  }

  /** A stack of zeros. */
  public static TextureStack create(int width, int height, int channels, int frames) {
    long count = count(width, height, channels, frames);
    return new TextureStack(width, height, channels, frames, new float[(int) count]);
  }

  /** A stack on the given values, which are not copied. */
  public static TextureStack wrap(float[] values, int width, int height, int channels, int frames) {
    long count = count(width, height, channels, frames);
    Check.that(values.length == count, "values must be %s, were %s", count, values.length);
    return new TextureStack(width, height, channels, frames, values);
  }

  private static long count(int width, int height, int channels, int frames) {
    Check.that(
        width > 0 && height >= 0 && channels > 0 && frames > 0,
        "sides, channels and frames must be > 0, were %sx%s, %s and %s",
        width,
        height,
        channels,
        frames);
    long count = (long) width * height * channels * frames;
    Check.that(count <= Integer.MAX_VALUE - 8, "%s texel values exceed an array", count);
    return count;
  }

  /** A stack from values ordered (frames, channels, height, width). */
  public static TextureStack ofPlanes(
      float[] planes, int width, int height, int channels, int frames) {
    TextureStack out = create(width, height, channels, frames);
    Check.that(
        planes.length == out.values.length,
        "planes must hold %s values, held %s",
        out.values.length,
        planes.length);
    int area = width * height;
    for (int t = 0, from = 0; t < frames; t++) {
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < area; i++, from++) {
          out.values[(i * channels + c) * frames + t] = planes[from];
        }
      }
    }
    return out;
  }

  /** The values ordered (frames, channels, height, width). */
  public float[] toPlanes() {
    float[] out = new float[values.length];
    int area = width * height;
    for (int t = 0, to = 0; t < frames; t++) {
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < area; i++, to++) {
          out[to] = values[(i * channels + c) * frames + t];
        }
      }
    }
    return out;
  }

  /** Texels per row. */
  public int width() {
    return width;
  }

  /** Rows of texels. */
  public int height() {
    return height;
  }

  /** Values per texel and frame. */
  public int channels() {
    return channels;
  }

  /** Number of frames. */
  public int frames() {
    return frames;
  }

  /** The memory: {@code ((y * width + x) * channels + c) * frames + t}. */
  public float[] values() {
    return values;
  }

  /** A stack of zeros of the same shape. */
  public TextureStack zeros() {
    return create(width, height, channels, frames);
  }

  /** A copy. */
  public TextureStack copy() {
    return new TextureStack(width, height, channels, frames, values.clone());
  }

  /** The colours of one frame as a picture with all channels, through the logistic function. */
  public FloatImage activated(int frame) {
    Check.that(frame >= 0 && frame < frames, "frame must be in [0, %s), was %s", frames, frame);
    FloatImage out = FloatImage.create(new ImageSize(width, Math.max(1, height)), channels);
    for (int i = 0; i < width * height * channels; i++) {
      out.array()[i] = Sigmoid.of(values[i * frames + frame]);
    }
    return out;
  }

  /** The texels for another activation: the logistic function applied, or undone. */
  TextureStack map(Activation to, Activation from) {
    TextureStack out = copy();
    for (int i = 0; i < out.values.length; i++) {
      int channel = i / frames % channels;
      if (from.isLogistic(channel) && !to.isLogistic(channel)) {
        out.values[i] = Sigmoid.of(values[i]);
      } else if (!from.isLogistic(channel) && to.isLogistic(channel)) {
        out.values[i] = (float) Sigmoid.inverse(values[i]);
      }
    }
    return out;
  }
}
