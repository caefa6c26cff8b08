package org.stereo4d.stereocrafter.format;

import java.util.Optional;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.io.container.StereoLayout;
import org.stereo4d.run.Check;

/** How both eyes share one frame. Players know a format by the end of the file's name. */
public enum StereoFormat {
  /** Left beside right, full size. */
  FULL_SIDE_BY_SIDE("_LRF_Full_SBS", StereoLayout.LEFT_RIGHT),
  /** Left beside right, each of half the width. */
  HALF_SIDE_BY_SIDE("_LR", StereoLayout.LEFT_RIGHT),
  /** Left over right, full size. */
  FULL_TOP_BOTTOM("_TBF_fulltb", StereoLayout.TOP_BOTTOM),
  /** Left over right, each of half the height. */
  HALF_TOP_BOTTOM("_TB", StereoLayout.TOP_BOTTOM),
  /** Right beside left, for viewing with crossed eyes. */
  CROSS_EYED("_RLF_cross", StereoLayout.RIGHT_LEFT),
  /** Even rows of the left eye, odd rows of the right one: passive polarised screens. */
  ROW_INTERLACED("_interlaced", StereoLayout.MONO);

  private final String suffix;
  private final StereoLayout layout;

  StereoFormat(String suffix, StereoLayout layout) {
    this.suffix = suffix;
    this.layout = layout;
  }

  /** End of the file's name before its extension. */
  public String suffix() {
    return suffix;
  }

  /** What a container can say about this format; empty for interlaced rows, which it cannot. */
  public Optional<StereoLayout> layout() {
    return layout == StereoLayout.MONO ? Optional.empty() : Optional.of(layout);
  }

  /** Size of a frame of eyes of a given size. */
  public ImageSize frameSize(ImageSize eye) {
    return switch (this) {
      case FULL_SIDE_BY_SIDE, CROSS_EYED -> eye.sideBySide();
      case HALF_SIDE_BY_SIDE -> new ImageSize(2 * ((eye.width() + 1) / 2), eye.height());
      case FULL_TOP_BOTTOM -> new ImageSize(eye.width(), 2 * eye.height());
      case HALF_TOP_BOTTOM -> new ImageSize(eye.width(), 2 * ((eye.height() + 1) / 2));
      case ROW_INTERLACED -> eye;
    };
  }

  /** One frame of both eyes. */
  public ByteImage pack(StereoPair pair) {
    return switch (this) {
      case FULL_SIDE_BY_SIDE -> pair.joinSideBySide();
      case CROSS_EYED -> pair.swapped().joinSideBySide();
      case HALF_SIDE_BY_SIDE ->
          new StereoPair(
                  PixelPairs.horizontalMeans(pair.left()), PixelPairs.horizontalMeans(pair.right()))
              .joinSideBySide();
      case FULL_TOP_BOTTOM -> stacked(pair.left(), pair.right());
      case HALF_TOP_BOTTOM ->
          stacked(PixelPairs.verticalMeans(pair.left()), PixelPairs.verticalMeans(pair.right()));
      case ROW_INTERLACED -> interlaced(pair);
    };
  }

  /** One frame of both eyes of floats, which are not rounded. */
  public FloatImage pack(FloatImage left, FloatImage right) {
    Check.that(
        left.size().equals(right.size()) && left.channels() == right.channels(),
        "left and right must have one shape, were %s and %s",
        left,
        right);
    return switch (this) {
      case FULL_SIDE_BY_SIDE -> beside(left, right);
      case CROSS_EYED -> beside(right, left);
      case HALF_SIDE_BY_SIDE ->
          beside(PixelPairs.horizontalMeans(left), PixelPairs.horizontalMeans(right));
      case FULL_TOP_BOTTOM -> stacked(left, right);
      case HALF_TOP_BOTTOM ->
          stacked(PixelPairs.verticalMeans(left), PixelPairs.verticalMeans(right));
      case ROW_INTERLACED -> interlaced(left, right);
    };
  }

  /**
   * Both eyes of a frame, of the size the frame holds: half formats give half eyes, interlaced rows
   * give eyes of half the height.
   */
  public StereoPair unpack(ByteImage frame) {
    return switch (this) {
      case FULL_SIDE_BY_SIDE, HALF_SIDE_BY_SIDE -> StereoPair.splitSideBySide(frame);
      case CROSS_EYED -> StereoPair.splitSideBySide(frame).swapped();
      case FULL_TOP_BOTTOM, HALF_TOP_BOTTOM -> StereoPair.splitTopBottom(frame);
      case ROW_INTERLACED -> new StereoPair(everySecondRow(frame, 0), everySecondRow(frame, 1));
    };
  }

  private static ByteImage stacked(ByteImage top, ByteImage bottom) {
    ByteImage out = ByteImage.create(new ImageSize(top.width(), 2 * top.height()), top.channels());
    for (int y = 0; y < top.height(); y++) {
      copyRow(top, y, out, y);
      copyRow(bottom, y, out, top.height() + y);
    }
    return out;
  }

  private static ByteImage interlaced(StereoPair pair) {
    ByteImage out = ByteImage.create(pair.left().size(), pair.left().channels());
    for (int y = 0; y < out.height(); y++) {
      copyRow(y % 2 == 0 ? pair.left() : pair.right(), y, out, y);
    }
    return out;
  }

  private static FloatImage beside(FloatImage first, FloatImage second) {
    FloatImage out = FloatImage.create(first.size().sideBySide(), first.channels());
    copyRows(first, out.crop(0, 0, first.size()), 1);
    copyRows(second, out.crop(first.width(), 0, first.size()), 1);
    return out;
  }

  private static FloatImage stacked(FloatImage top, FloatImage bottom) {
    FloatImage out =
        FloatImage.create(new ImageSize(top.width(), 2 * top.height()), top.channels());
    copyRows(top, out.crop(0, 0, top.size()), 1);
    copyRows(bottom, out.crop(0, top.height(), top.size()), 1);
    return out;
  }

  private static FloatImage interlaced(FloatImage even, FloatImage odd) {
    FloatImage out = odd.copy();
    copyRows(even, out, 2);
    return out;
  }

  /** Copies every so many rows to their places. */
  private static void copyRows(FloatImage from, FloatImage to, int step) {
    int row = from.width() * from.channels();
    for (int y = 0; y < from.height(); y += step) {
      System.arraycopy(from.array(), from.index(0, y), to.array(), to.index(0, y), row);
    }
  }

  private static ByteImage everySecondRow(ByteImage frame, int first) {
    Check.that(frame.height() >= 2, "an interlaced frame needs height >= 2, was %s", frame);
    ByteImage out =
        ByteImage.create(new ImageSize(frame.width(), frame.height() / 2), frame.channels());
    for (int y = 0; y < out.height(); y++) {
      copyRow(frame, 2 * y + first, out, y);
    }
    return out;
  }

  static void copyRow(ByteImage from, int fromY, ByteImage to, int toY) {
    System.arraycopy(
        from.array(),
        from.index(0, fromY),
        to.array(),
        to.index(0, toY),
        from.width() * from.channels());
  }
}
