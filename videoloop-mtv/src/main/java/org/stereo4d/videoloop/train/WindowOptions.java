package org.stereo4d.videoloop.train;

import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * How pictures are cut into windows.
 *
 * @param window largest size; reference base 320x180
 * @param strideX step between columns, pixels; {@code > 0}. Reference 160
 * @param strideY step between rows, pixels; {@code > 0}. Reference 90
 * @param edge what happens at the right and bottom edge
 */
public record WindowOptions(ImageSize window, int strideX, int strideY, WindowGrid.Edge edge) {
  /** 320x180, half overlapping, shifted inside. */
  public static final WindowOptions DEFAULTS =
      new WindowOptions(new ImageSize(320, 180), 160, 90, WindowGrid.Edge.INSIDE);

  /** Checks the strides. */
  public WindowOptions {
    Check.that(strideX > 0 && strideY > 0, "strides must be > 0, were %s and %s", strideX, strideY);
  }

  /** These options with another treatment of edges. */
  public WindowOptions withEdge(WindowGrid.Edge edge) {
    return new WindowOptions(window, strideX, strideY, edge);
  }

  WindowGrid on(ImageSize picture) {
    return new WindowGrid(picture, window, strideX, strideY, edge);
  }
}
