package org.stereo4d.stereocrafter.depth;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;

/**
 * Depth by another estimator that does not see the black bars of a video: frames are cropped before
 * and maps are extended to the size of the frame by their edges. The bars of the first frame hold
 * for all; a first frame that is dark all over has none.
 */
public final class LetterboxedDepth implements VideoDepthEstimator {
  /** Largest luma of a bar: black of limited range, with the noise of encoders. */
  private static final int DARK = 24;

  /** Share of a side that is left at least; darker frames have no bars. */
  private static final double LEAST_SHARE = 0.4;

  private final VideoDepthEstimator estimator;

  /** An estimator that sees cropped frames; it stays with the caller. */
  public LetterboxedDepth(VideoDepthEstimator estimator) {
    this.estimator = estimator;
  }

  /**
   * The part of a frame between its bars.
   *
   * @param x left column
   * @param y top row
   * @param size width and height
   */
  public record Picture(int x, int y, ImageSize size) {
    /** The picture of an RGB or gray frame. */
    public static Picture of(ByteImage frame) {
      byte[] luma = frame.luma().contiguous();
      int width = frame.width();
      int height = frame.height();
      int top = 0;
      int bottom = height;
      int left = 0;
      int right = width;
      while (top < height && isDark(luma, top * width, 1, width)) {
        top++;
      }
      while (bottom > top && isDark(luma, (bottom - 1) * width, 1, width)) {
        bottom--;
      }
      while (left < width && isDark(luma, left, width, height)) {
        left++;
      }
      while (right > left && isDark(luma, right - 1, width, height)) {
        right--;
      }
      boolean bars = bottom - top >= LEAST_SHARE * height && right - left >= LEAST_SHARE * width;
      return bars
          ? new Picture(left, top, new ImageSize(right - left, bottom - top))
          : new Picture(0, 0, frame.size());
    }

    private static boolean isDark(byte[] luma, int from, int step, int count) {
      for (int k = 0; k < count; k++) {
        if ((luma[from + k * step] & 0xff) > DARK) {
          return false;
        }
      }
      return true;
    }

    FloatImage extended(FloatImage map, ImageSize frame) {
      FloatImage out = FloatImage.create(frame, 1);
      for (int row = 0; row < frame.height(); row++) {
        int from = Math.max(0, Math.min(size.height() - 1, row - y));
        for (int column = 0; column < frame.width(); column++) {
          int at = Math.max(0, Math.min(size.width() - 1, column - x));
          out.array()[row * frame.width() + column] = map.at(at, from, 0);
        }
      }
      return out;
    }
  }

  @Override
  public void estimate(Iterable<ByteImage> frames, Sink sink, Progress progress)
      throws IOException {
    Cropped cropped = new Cropped(frames.iterator());
    estimator.estimate(
        () -> cropped,
        (t, map) -> {
          Picture picture = cropped.pictures.get(0);
          ImageSize frame = cropped.frameSize;
          boolean whole = picture.size().equals(frame);
          sink.accept(t, whole ? map : new InverseDepthMap(picture.extended(map.values(), frame)));
        },
        progress);
  }

  /** Frames without their bars. */
  private static final class Cropped implements Iterator<ByteImage> {
    private final Iterator<ByteImage> frames;

    /** Holds one picture once a frame was read. */
    private final List<Picture> pictures = new ArrayList<>();

    private ImageSize frameSize = new ImageSize(1, 1);

    Cropped(Iterator<ByteImage> frames) {
      this.frames = frames;
    }

    @Override
    public boolean hasNext() {
      return frames.hasNext();
    }

    @Override
    public ByteImage next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the video has no more frames");
      }
      ByteImage frame = frames.next();
      if (pictures.isEmpty()) {
        pictures.add(Picture.of(frame));
        frameSize = frame.size();
      }
      Picture picture = pictures.get(0);
      return picture.size().equals(frame.size())
          ? frame
          : frame.crop(picture.x(), picture.y(), picture.size()).copy();
    }
  }
}
