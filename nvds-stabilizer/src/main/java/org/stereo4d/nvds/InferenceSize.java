package org.stereo4d.nvds;

import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/** The size a clip is processed at. */
public final class InferenceSize {
  /** Size of the reference program, for cinema pictures. */
  public static final ImageSize REFERENCE = new ImageSize(896, 384);

  private static final int HEIGHT_PX = 384;
  private static final int MULTIPLE_PX = 32;

  private InferenceSize() {}

  /**
   * Height 384 and the width that keeps the aspect ratio, rounded to a multiple of 32: 672 for
   * 16:9, 512 for 4:3, 896 for 2.35:1.
   */
  public static ImageSize of(ImageSize frame) {
    double width = (double) frame.width() / frame.height() * HEIGHT_PX;
    int steps = (int) Math.max(1, Math.round(width / MULTIPLE_PX));
    return new ImageSize(steps * MULTIPLE_PX, HEIGHT_PX);
  }

  /** Refuses a size whose sides are no multiples, naming the nearest one that is. */
  public static void require(ImageSize size, int multiplePx) {
    Check.that(
        size.width() % multiplePx == 0 && size.height() % multiplePx == 0,
        "sides must be multiples of %s, were %s; the nearest size is %sx%s",
        multiplePx,
        size,
        nearest(size.width(), multiplePx),
        nearest(size.height(), multiplePx));
  }

  private static int nearest(int side, int multiple) {
    return Math.max(1, Math.round((float) side / multiple)) * multiple;
  }
}
