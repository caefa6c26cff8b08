package org.stereo4d.io.png;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Check;
import org.stereo4d.run.Limits;

/**
 * A picture of 8 or 16 bits per sample and 1 (gray), 2 (gray, alpha), 3 (RGB) or 4 (RGBA) channels,
 * with the text of its file.
 */
public final class PngImage {
  private final ImageSize size;
  private final int channels;
  private final byte[] samples8;
  private final short[] samples16;
  private final Map<String, String> text;

  private PngImage(
      ImageSize size, int channels, byte[] samples8, short[] samples16, Map<String, String> text) {
    Check.that(channels >= 1 && channels <= 4, "channels must be 1 to 4, was %s", channels);
    this.size = size;
    this.channels = channels;
    this.samples8 = samples8;
    this.samples16 = samples16;
    this.text = Map.copyOf(text);
  }

  /** An 8-bit picture of 1 to 4 channels. */
  public static PngImage of(ByteImage image) {
    return of8(image.contiguous(), image.size(), image.channels(), Map.of());
  }

  static PngImage of8(byte[] samples, ImageSize size, int channels, Map<String, String> text) {
    return new PngImage(size, channels, samples, new short[0], text);
  }

  /**
   * A 16-bit picture on the given samples, which are not copied.
   *
   * @param samples unsigned, interleaved (H, W, C)
   * @param channels 1 to 4
   */
  public static PngImage of16(short[] samples, ImageSize size, int channels) {
    return of16(samples, size, channels, Map.of());
  }

  static PngImage of16(short[] samples, ImageSize size, int channels, Map<String, String> text) {
    Check.that(
        samples.length == (long) size.area() * channels,
        "samples must hold %s x %s values, held %s",
        size,
        channels,
        samples.length);
    return new PngImage(size, channels, new byte[0], samples, text);
  }

  /**
   * A 16-bit picture of the values 0 to 65 535: rounded to the nearest and clamped; NaN becomes 0.
   *
   * @param values 1 to 4 channels
   */
  public static PngImage ofValues16(FloatImage values) {
    float[] from = values.contiguous();
    short[] samples = new short[from.length];
    for (int i = 0; i < samples.length; i++) {
      float v = from[i] + 0.5f;
      samples[i] = (short) (v >= 65535f ? 65535 : v > 0 ? (int) v : 0);
    }
    return of16(samples, values.size(), values.channels());
  }

  /** Reads a file under the default limits. */
  public static PngImage read(Path path) throws IOException {
    return read(path, Limits.DEFAULTS);
  }

  /** Reads a file. */
  public static PngImage read(Path path, Limits limits) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      return new PngDecoder(in, Files.size(path), limits, path.toString()).decode();
    }
  }

  /**
   * Reads a picture from memory.
   *
   * @param what where it comes from, the beginning of messages
   */
  public static PngImage decode(byte[] file, Limits limits, String what) throws IOException {
    return new PngDecoder(new ByteArrayInputStream(file), file.length, limits, what).decode();
  }

  /** Writes a file. */
  public void write(Path path) throws IOException {
    AtomicOutput.write(path, out -> new PngEncoder(this).encode(out));
  }

  /** Width and height. */
  public ImageSize size() {
    return size;
  }

  /** 1 to 4. */
  public int channels() {
    return channels;
  }

  /** 8 or 16. */
  public int bitsPerSample() {
    return samples16.length > 0 ? 16 : 8;
  }

  /** Texts by keyword; the last one where a keyword repeats. */
  public Map<String, String> text() {
    return text;
  }

  /**
   * This picture with texts of its file.
   *
   * @param text values by keyword; keywords of 1 to 79 printable Latin-1 characters
   */
  public PngImage withText(Map<String, String> text) {
    return new PngImage(size, channels, samples8, samples16, new LinkedHashMap<>(text));
  }

  /** One sample, 0 to 255 or 65 535. */
  public int sample(int x, int y, int channel) {
    Check.that(
        x >= 0
            && x < size.width()
            && y >= 0
            && y < size.height()
            && channel >= 0
            && channel < channels,
        "(x %s, y %s, channel %s) must lie inside %sx%s",
        x,
        y,
        channel,
        size,
        channels);
    int i = (y * size.width() + x) * channels + channel;
    return bitsPerSample() == 16 ? samples16[i] & 0xffff : samples8[i] & 0xff;
  }

  /** 8-bit samples; 16-bit ones are rounded: {@code (v + 128) / 257}. Not copied when 8 bit. */
  public ByteImage toBytes() {
    if (bitsPerSample() == 8) {
      return ByteImage.wrap(samples8, size, channels);
    }
    byte[] out = new byte[samples16.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (((samples16[i] & 0xffff) + 128) / 257);
    }
    return ByteImage.wrap(out, size, channels);
  }

  /** Samples as numbers 0 to 255 or 65 535, exactly. */
  public FloatImage toValues() {
    return scaled(1);
  }

  /** Samples as numbers in [0, 1]. */
  public FloatImage toFloat() {
    return scaled(bitsPerSample() == 16 ? 65535 : 255);
  }

  private FloatImage scaled(float divisor) {
    float[] out = new float[Math.max(samples8.length, samples16.length)];
    for (int i = 0; i < out.length; i++) {
      out[i] = (bitsPerSample() == 16 ? samples16[i] & 0xffff : samples8[i] & 0xff) / divisor;
    }
    return FloatImage.wrap(out, size, channels);
  }

  byte[] samples8() {
    return samples8;
  }

  short[] samples16() {
    return samples16;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PngImage that
        && size.equals(that.size)
        && channels == that.channels
        && Arrays.equals(samples8, that.samples8)
        && Arrays.equals(samples16, that.samples16)
        && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(samples8) * 31 + Arrays.hashCode(samples16);
  }

  @Override
  public String toString() {
    return "PngImage[" + size + "x" + channels + ", " + bitsPerSample() + " bit]";
  }
}
