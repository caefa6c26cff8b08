package org.stereo4d.stereocrafter.format;

import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.run.Check;

/**
 * Black columns beside each eye that move the eyes apart for viewers with wide or narrow set eyes.
 *
 * @param percent of the longer side, finite; positive pads the left eye more on its left
 */
public record EyeShift(double percent) {
  /** Checks the share. */
  public EyeShift {
    Check.that(Math.abs(percent) <= 50, "percent must be in [-50, 50], was %s", percent);
  }

  /** The pair with padded eyes. */
  public StereoPair apply(StereoPair pair) {
    int longer = Math.max(pair.left().width(), pair.left().height());
    int pad = (int) (Math.abs(percent) * 0.01 * longer);
    pad += pad % 2;
    if (pad == 0) {
      return pair;
    }
    int outer = percent > 0 ? 2 * pad : pad;
    int inner = 3 * pad - outer;
    return new StereoPair(padded(pair.left(), outer, inner), padded(pair.right(), inner, outer));
  }

  private static ByteImage padded(ByteImage image, int left, int right) {
    ByteImage out =
        ByteImage.create(
            new ImageSize(image.width() + left + right, image.height()), image.channels());
    ByteImage inside = out.crop(left, 0, image.size());
    for (int y = 0; y < image.height(); y++) {
      StereoFormat.copyRow(image, y, inside, y);
    }
    return out;
  }
}
