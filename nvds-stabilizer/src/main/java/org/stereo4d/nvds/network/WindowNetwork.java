package org.stereo4d.nvds.network;

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
