package org.stereo4d.stereocrafter.depth;

import java.util.List;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

/** A network that sees a fixed number of frames at once, such as Video-Depth-Anything. */
public interface WindowDepthNetwork {
  /** Size of the pictures it wants for frames of a size. */
  ImageSize inputSize(ImageSize frame);

  /**
   * Relative inverse depth of each frame.
   *
   * @param frames RGB in [0, 1], {@link KeyFrameWindows#window} of them, of the input size
   */
  List<FloatImage> estimate(List<FloatImage> frames);
}
