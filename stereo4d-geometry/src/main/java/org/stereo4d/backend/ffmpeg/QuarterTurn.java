package org.stereo4d.backend.ffmpeg;

import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

/** The rotation flag of a container, counter-clockwise as the display matrix states it. */
enum QuarterTurn {
  NONE,
  LEFT,
  HALF,
  RIGHT;

  /** The nearest quarter turn that makes a picture upright. */
  static QuarterTurn ofDegrees(double displayRotationDegrees) {
    if (!Double.isFinite(displayRotationDegrees)) {
      return NONE;
    }
    return values()[Math.floorMod((int) Math.rint(displayRotationDegrees / 90), 4)];
  }

  ImageSize apply(ImageSize size) {
    return switch (this) {
      case NONE, HALF -> size;
      case LEFT, RIGHT -> new ImageSize(size.height(), size.width());
    };
  }

  ByteImage apply(ByteImage image) {
    if (this == NONE) {
      return image;
    }
    ByteImage out = ByteImage.create(apply(image.size()), image.channels());
    for (int y = 0; y < out.height(); y++) {
      for (int x = 0; x < out.width(); x++) {
        int from = image.index(sourceX(x, y, image.size()), sourceY(x, y, image.size()));
        System.arraycopy(image.array(), from, out.array(), out.index(x, y), image.channels());
      }
    }
    return out;
  }

  FloatImage apply(FloatImage image) {
    if (this == NONE) {
      return image;
    }
    FloatImage out = FloatImage.create(apply(image.size()), image.channels());
    for (int y = 0; y < out.height(); y++) {
      for (int x = 0; x < out.width(); x++) {
        int from = image.index(sourceX(x, y, image.size()), sourceY(x, y, image.size()));
        System.arraycopy(image.array(), from, out.array(), out.index(x, y), image.channels());
      }
    }
    return out;
  }

  private int sourceX(int x, int y, ImageSize source) {
    return switch (this) {
      case NONE -> x;
      case LEFT -> source.width() - 1 - y;
      case HALF -> source.width() - 1 - x;
      case RIGHT -> y;
    };
  }

  private int sourceY(int x, int y, ImageSize source) {
    return switch (this) {
      case NONE -> y;
      case LEFT -> x;
      case HALF -> source.height() - 1 - y;
      case RIGHT -> source.height() - 1 - x;
    };
  }
}
