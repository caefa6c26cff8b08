package org.stereo4d.stereocrafter;

import java.util.Optional;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Parallel;
import org.stereo4d.video.Frame;

/**
 * A frame on its way. Its bits beyond 8, where they are kept, wait as samples of 16: at 1920x1080
 * that are 12 MB beside the 6 MB of its bytes, half of what floats would take.
 */
final class SourceFrame {
  private static final float MOST = 65_535;

  private final int frameIndex;
  private final double timeSeconds;
  private final ByteImage image;
  private final Optional<short[]> deep;

  private SourceFrame(int frameIndex, double timeSeconds, ByteImage image, Optional<short[]> deep) {
    this.frameIndex = frameIndex;
    this.timeSeconds = timeSeconds;
    this.image = image;
    this.deep = deep;
  }

  /** A frame of a video, with or without its bits beyond 8. */
  static SourceFrame of(Frame frame, boolean keepsBits) {
    Optional<FloatImage> all = keepsBits ? frame.fullPrecision() : Optional.empty();
    return new SourceFrame(
        frame.frameIndex(), frame.timeSeconds(), frame.image(), all.map(SourceFrame::sixteenBits));
  }

  private static short[] sixteenBits(FloatImage image) {
    float[] in = image.contiguous();
    short[] out = new short[in.length];
    int row = image.width() * image.channels();
    Parallel.rows(
        image.height(),
        (start, end) -> {
          for (int i = start * row; i < end * row; i++) {
            out[i] = (short) (int) (Math.max(0, Math.min(1, in[i])) * MOST + 0.5f);
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
    if (deep.isEmpty()) {
      return image.toFloat();
    }
    short[] in = deep.get();
    FloatImage out = FloatImage.create(image.size(), image.channels());
    int row = image.width() * image.channels();
    Parallel.rows(
        image.height(),
        (start, end) -> {
          for (int i = start * row; i < end * row; i++) {
            out.array()[i] = (in[i] & 0xffff) / MOST;
          }
        });
    return out;
  }
}
