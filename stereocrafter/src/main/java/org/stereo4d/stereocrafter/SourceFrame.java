package org.stereo4d.stereocrafter;

import java.util.Optional;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Parallel;
import org.stereo4d.video.Frame;

/**
 * A frame on its way. Its bits beyond 8, where they are kept, wait in one more byte per sample:
 *
 * <pre>
 * v = (b + r / 256) / 255,   b = round(255 v),   r in -128..127
 * </pre>
 *
 * which is exact to half a level of 16 bits. At 1920x1080 a frame takes 12 MB instead of the 31 MB
 * of bytes and floats.
 */
final class SourceFrame {
  private static final float PARTS = 256;

  private final int frameIndex;
  private final double timeSeconds;
  private final ByteImage image;
  private final Optional<byte[]> rest;

  private SourceFrame(int frameIndex, double timeSeconds, ByteImage image, Optional<byte[]> rest) {
    this.frameIndex = frameIndex;
    this.timeSeconds = timeSeconds;
    this.image = image;
    this.rest = rest;
  }

  /** A frame of a video, with or without its bits beyond 8. */
  static SourceFrame of(Frame frame, boolean keepsBits) {
    if (!keepsBits || frame.fullPrecision().isEmpty()) {
      return new SourceFrame(
          frame.frameIndex(), frame.timeSeconds(), frame.image(), Optional.empty());
    }
    byte[] rest = rest(frame.fullPrecision().get(), frame.image());
    return new SourceFrame(
        frame.frameIndex(), frame.timeSeconds(), frame.image(), Optional.of(rest));
  }

  private static byte[] rest(FloatImage all, ByteImage image) {
    float[] in = all.contiguous();
    byte[] rounded = image.contiguous();
    byte[] out = new byte[in.length];
    int row = image.width() * image.channels();
    Parallel.rows(
        image.height(),
        (start, end) -> {
          for (int i = start * row; i < end * row; i++) {
            float v = Math.max(0, Math.min(1, in[i]));
            int parts = Math.round(PARTS * (255 * v - (rounded[i] & 0xff)));
            out[i] = (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, parts));
          }
        });
    return out;
  }

  /** Position in the video, from 0. */
  int frameIndex() {
    return frameIndex;
  }

  /** When it is shown. */
  double timeSeconds() {
    return timeSeconds;
  }

  /** RGB, 8 bit. */
  ByteImage image() {
    return image;
  }

  /** RGB in [0, 1] with all bits that were kept. */
  FloatImage samples() {
    if (rest.isEmpty()) {
      return image.toFloat();
    }
    byte[] rounded = image.contiguous();
    byte[] parts = rest.get();
    FloatImage out = FloatImage.create(image.size(), image.channels());
    int row = image.width() * image.channels();
    Parallel.rows(
        image.height(),
        (start, end) -> {
          for (int i = start * row; i < end * row; i++) {
            out.array()[i] = ((rounded[i] & 0xff) + parts[i] / PARTS) / 255;
          }
        });
    return out;
  }
}
