package org.stereo4d.stereocrafter.depth;

import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/** Sizes and frames that a video depth network gets. */
public final class NetworkSizing {
  private static final int BLOCK = 64;

  private NetworkSizing() {}

  /**
   * The nearest multiples of 64, or of the picture shrunk to a largest side; 64 at least. The size
   * is tested after rounding and the scale is that of the original, as in the reference.
   */
  public static ImageSize networkSize(ImageSize picture, int maxSide) {
    Check.that(maxSide >= BLOCK, "maxSide must be >= %s, was %s", BLOCK, maxSide);
    int width = rounded(picture.width());
    int height = rounded(picture.height());
    if (Math.max(width, height) > maxSide) {
      double scale = maxSide / (double) Math.max(picture.width(), picture.height());
      width = rounded(picture.width() * scale);
      height = rounded(picture.height() * scale);
    }
    return new ImageSize(Math.max(width, BLOCK), Math.max(height, BLOCK));
  }

  private static int rounded(double side) {
    return BLOCK * (int) Math.rint(side / BLOCK);
  }

  /** Every how many frames of a source one is kept to come near a lower rate, Hz. */
  public static int stride(double sourceHz, double targetHz) {
    Check.that(
        sourceHz > 0 && targetHz > 0, "rates must be > 0, were %s and %s", sourceHz, targetHz);
    return (int) Math.max(1, Math.rint(sourceHz / targetHz));
  }
}
