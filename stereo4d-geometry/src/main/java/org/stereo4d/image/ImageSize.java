package org.stereo4d.image;

import org.stereo4d.run.Check;

/**
 * Width and height in pixels.
 *
 * @param width > 0
 * @param height > 0
 */
public record ImageSize(int width, int height) {
  /** Checks that both sides are positive and the area fits an array. */
  public ImageSize {
    Check.that(width > 0 && height > 0, "image size must be > 0, was %sx%s", width, height);
    Check.that(
        (long) width * height <= Integer.MAX_VALUE - 8,
        "image area must fit an array, was %sx%s",
        width,
        height);
  }

  /** Number of pixels. */
  public int area() {
    return width * height;
  }

  /** Two such images beside each other. */
  public ImageSize sideBySide() {
    return new ImageSize(2 * width, height);
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
