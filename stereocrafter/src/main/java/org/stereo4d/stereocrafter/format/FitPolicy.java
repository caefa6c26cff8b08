package org.stereo4d.stereocrafter.format;

import org.stereo4d.image.Border;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.run.Check;

/** What happens to pictures whose sides are no multiples of what a network needs. */
public enum FitPolicy {
  /** Mirrored at the right and the bottom, and cropped afterwards: the size of the input stays. */
  PAD_REFLECT,
  /** Rows and columns at the bottom and right are lost, as in the reference. */
  CROP,
  /** Scaled to the nearest multiple and back. */
  RESIZE;

  /** The size that fits. */
  public ImageSize fitted(ImageSize size, int multiple) {
    Check.that(multiple > 0, "multiple must be > 0, was %s", multiple);
    return new ImageSize(fitted(size.width(), multiple), fitted(size.height(), multiple));
  }

  private int fitted(int side, int multiple) {
    int fitted =
        switch (this) {
          case PAD_REFLECT -> (side + multiple - 1) / multiple * multiple;
          case CROP -> side / multiple * multiple;
          case RESIZE -> Math.max(multiple, (int) Math.rint(side / (double) multiple) * multiple);
        };
    Check.that(fitted > 0, "a side must be >= %s to be cropped, was %s", multiple, side);
    return fitted;
  }

  /** A picture of the size that fits. */
  public ByteImage fit(ByteImage image, int multiple) {
    ImageSize size = fitted(image.size(), multiple);
    return switch (this) {
      case CROP -> image.crop(0, 0, size);
      case RESIZE -> new ImageResizer(ResizeFilter.ANTIALIASED_CUBIC).resize(image, size);
      case PAD_REFLECT -> padded(image, size, Border.REFLECT_101);
    };
  }

  /** The processed picture back at the size of the input; cropped rows stay lost. */
  public ByteImage restore(ByteImage image, ImageSize original) {
    return switch (this) {
      case CROP -> image;
      case RESIZE -> new ImageResizer(ResizeFilter.ANTIALIASED_CUBIC).resize(image, original);
      case PAD_REFLECT -> image.crop(0, 0, original);
    };
  }

  /** A picture with more rows at the bottom and columns at the right. */
  static ByteImage padded(ByteImage image, ImageSize size, Border border) {
    ByteImage out = ByteImage.create(size, image.channels());
    for (int y = 0; y < size.height(); y++) {
      int fromY = border.index(y, image.height());
      for (int x = 0; x < size.width(); x++) {
        int from = image.index(border.index(x, image.width()), fromY);
        System.arraycopy(image.array(), from, out.array(), out.index(x, y), image.channels());
      }
    }
    return out;
  }
}
