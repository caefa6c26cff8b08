package org.stereo4d.nvds.network;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

/**
 * A network that steadies the last of four frames. A frame is encoded once and may be part of any
 * number of windows.
 */
public interface WindowNetwork extends AutoCloseable {
  /** A frame inside the network; closing it frees its memory. */
  interface EncodedFrame extends AutoCloseable {
    /** Size of the frame. */
    ImageSize size();

    @Override
    void close();
  }

  /**
   * Encodes a frame.
   *
   * @param frame red, green, blue with ImageNet normalisation, and inverse depth in [0, 1]; four
   *     channels
   */
  EncodedFrame encode(FloatImage frame);

  /** Encodes frames of one size, at once where the network can; in their order. */
  default List<EncodedFrame> encodeAll(List<FloatImage> frames) {
    List<EncodedFrame> out = new ArrayList<>();
    try {
      frames.forEach(frame -> out.add(encode(frame)));
      return out;
    } catch (RuntimeException e) {
      out.forEach(EncodedFrame::close);
      throw e;
    }
  }

  /**
   * The steady map of the last frame of a window, {@code >= 0}.
   *
   * @param window four frames of one size, farthest first, target last; a frame may repeat
   */
  FloatImage decode(List<? extends EncodedFrame> window);

  /** What both sides of a frame must be a multiple of. */
  int multiplePx();

  @Override
  void close();
}
