package org.stereo4d.image;

import org.stereo4d.run.Check;

/**
 * Left and right view of one moment.
 *
 * @param left RGB or gray
 * @param right same size and channels as {@code left}
 */
public record StereoPair(ByteImage left, ByteImage right) {
  /** Checks that both views have one shape. */
  public StereoPair {
    Check.that(
        left.size().equals(right.size()) && left.channels() == right.channels(),
        "left and right must have one shape, were %s and %s",
        left,
        right);
  }

  /** The halves of a side-by-side frame as views on it; the left eye is columns [0, W / 2). */
  public static StereoPair splitSideBySide(ByteImage frame) {
    Check.that(frame.width() >= 2, "a side-by-side frame needs width >= 2, was %s", frame.width());
    ImageSize eye = new ImageSize(frame.width() / 2, frame.height());
    return new StereoPair(frame.crop(0, 0, eye), frame.crop(frame.width() / 2, 0, eye));
  }

  /** The halves of a top-bottom frame as views on it; the left eye is on top. */
  public static StereoPair splitTopBottom(ByteImage frame) {
    Check.that(frame.height() >= 2, "a top-bottom frame needs height >= 2, was %s", frame.height());
    ImageSize eye = new ImageSize(frame.width(), frame.height() / 2);
    return new StereoPair(frame.crop(0, 0, eye), frame.crop(0, frame.height() / 2, eye));
  }

  /** Both views beside each other in one new image. */
  public ByteImage joinSideBySide() {
    int row = left.width() * left.channels();
    ByteImage out = ByteImage.create(left.size().sideBySide(), left.channels());
    for (int y = 0; y < left.height(); y++) {
      System.arraycopy(left.array(), left.index(0, y), out.array(), out.index(0, y), row);
      System.arraycopy(right.array(), right.index(0, y), out.array(), out.index(0, y) + row, row);
    }
    return out;
  }

  /** The pair with its eyes exchanged. */
  public StereoPair swapped() {
    return new StereoPair(right, left);
  }
}
