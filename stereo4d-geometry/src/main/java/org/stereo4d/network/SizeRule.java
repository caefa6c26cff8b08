package org.stereo4d.network;

import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * How the input size of a network follows from that of a picture.
 *
 * <p>With {@code sw = target / width} and {@code sh = target / height}, a rule chooses one scale
 * for both sides; each side becomes {@code round(scale side / multiple) multiple}, halves to even.
 * A side below the target is rounded up under {@link #LOWER_BOUND}, one above it down under {@link
 * #UPPER_BOUND}. No side gets shorter than one multiple, where the reference would return 0.
 */
public enum SizeRule {
  /** The scale nearer to 1; sh when both are as near. */
  MINIMAL,
  /** The smaller scale: both sides at most the target. */
  UPPER_BOUND,
  /** The larger scale: both sides at least the target. */
  LOWER_BOUND,
  /** Both sides the target; the aspect ratio is not kept. */
  SQUARE;

  /**
   * The input size.
   *
   * @param targetPx side the network was trained for, > 0
   * @param multiplePx what both sides must be a multiple of, > 0
   */
  public ImageSize sizeFor(ImageSize picture, int targetPx, int multiplePx) {
    Check.that(
        targetPx > 0 && multiplePx > 0,
        "targetPx and multiplePx must be > 0, were %s and %s",
        targetPx,
        multiplePx);
    double scaleX = (double) targetPx / picture.width();
    double scaleY = (double) targetPx / picture.height();
    double scale =
        switch (this) {
          case MINIMAL -> Math.abs(1 - scaleX) < Math.abs(1 - scaleY) ? scaleX : scaleY;
          case UPPER_BOUND -> Math.min(scaleX, scaleY);
          case LOWER_BOUND -> Math.max(scaleX, scaleY);
          case SQUARE -> Double.NaN;
        };
    if (this == SQUARE) {
      int side = side(targetPx, targetPx, multiplePx);
      return new ImageSize(side, side);
    }
    return new ImageSize(
        side(scale * picture.width(), targetPx, multiplePx),
        side(scale * picture.height(), targetPx, multiplePx));
  }

  private int side(double length, int targetPx, int multiplePx) {
    double multiples = length / multiplePx;
    double rounded = Math.rint(multiples);
    if (this == LOWER_BOUND && rounded * multiplePx < targetPx) {
      rounded = Math.ceil(multiples);
    } else if (this == UPPER_BOUND && rounded * multiplePx > targetPx) {
      rounded = Math.floor(multiples);
    }
    double side = Math.max(1, rounded) * multiplePx;
    Check.that(
        side <= 64.0 * targetPx,
        "a picture this long and thin needs a network input of %s pixels, target %s",
        side,
        targetPx);
    return (int) side;
  }
}
