package org.stereo4d.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.StereoMatcher;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;

/** What every stereo matcher keeps; subclasses only say which matcher. */
public abstract class StereoMatcherContract {
  private static final int SHIFT_PX = 6;
  private static final ImageSize SIZE = new ImageSize(160, 96);

  /** Sub-pixel fits scatter on noise; a quarter pixel still tells 6 from its neighbours. */
  private static final double TOLERANCE_PX = 0.25;

  /** A matcher for disparities 0 to 31. */
  protected abstract StereoMatcher matcher();

  /** A random texture and the same moved to the left by a constant in the right view. */
  protected static StereoPair shifted(ImageSize size, int shiftPx) {
    Random random = new Random(7);
    ByteImage left = ByteImage.create(size, 3);
    ByteImage right = ByteImage.create(size, 3);
    for (int y = 0; y < size.height(); y++) {
      byte[] row = new byte[3 * (size.width() + shiftPx)];
      random.nextBytes(row);
      System.arraycopy(row, 0, left.array(), left.index(0, y), 3 * size.width());
      System.arraycopy(row, 3 * shiftPx, right.array(), right.index(0, y), 3 * size.width());
    }
    return new StereoPair(left, right);
  }

  @Test
  void match_constantShift_givesThatDisparity() {
    DisparityMap map = matcher().match(shifted(SIZE, SHIFT_PX));
    int known = 0;
    for (int y = 8; y < SIZE.height() - 8; y++) {
      for (int x = 40; x < SIZE.width() - 8; x++) {
        if (!Float.isNaN(map.at(x, y))) {
          known++;
          assertThat((double) map.at(x, y))
              .isBetween(SHIFT_PX - TOLERANCE_PX, SHIFT_PX + TOLERANCE_PX);
        }
      }
    }
    assertThat(known).isGreaterThan((SIZE.width() - 48) * (SIZE.height() - 16) * 9 / 10);
  }

  @Test
  void match_twice_sameBits() {
    StereoPair pair = shifted(SIZE, 3);
    StereoMatcher matcher = matcher();
    assertThat(matcher.match(pair)).isEqualTo(matcher.match(pair));
  }

  @Test
  void match_grayPair_works() {
    StereoPair pair = shifted(SIZE, SHIFT_PX);
    StereoPair gray = new StereoPair(pair.left().luma(), pair.right().luma());
    assertThat((double) matcher().match(gray).at(80, 48)).isBetween(5.75, 6.25);
  }

  @Test
  void match_imageNarrowerThanRange_knowsNothingOrStaysInRange() {
    DisparityMap map = matcher().match(shifted(new ImageSize(20, 16), 2));
    assertThat(map.size()).isEqualTo(new ImageSize(20, 16));
    for (float px : map.px().array()) {
      assertThat(Float.isNaN(px) || (px >= -0.5 && px <= 31.5)).isTrue();
    }
  }

  @Test
  void match_cropOfALargerPicture_isTheSameAsItsCopy() {
    StereoPair pair = shifted(SIZE, SHIFT_PX);
    ImageSize part = new ImageSize(120, 80);
    StereoPair crop = new StereoPair(pair.left().crop(9, 5, part), pair.right().crop(9, 5, part));
    StereoPair copy = new StereoPair(crop.left().copy(), crop.right().copy());
    assertThat(matcher().match(crop)).isEqualTo(matcher().match(copy));
  }

  @Test
  void match_leavesInputsUntouched() {
    StereoPair pair = shifted(SIZE, 4);
    StereoPair before = new StereoPair(pair.left().copy(), pair.right().copy());
    matcher().match(pair);
    assertThat(pair).isEqualTo(before);
  }
}
