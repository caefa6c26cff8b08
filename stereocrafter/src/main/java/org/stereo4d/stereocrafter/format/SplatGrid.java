package org.stereo4d.stereocrafter.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ColorMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpyType;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.run.Check;

/**
 * The four pictures that the reference hands from splatting to inpainting in one frame:
 *
 * <pre>
 * left   | depth in colours
 * mask   | warped right view
 * </pre>
 *
 * @param left source view, RGB
 * @param depth colour-mapped depth, RGB
 * @param mask gray; 255 = nothing arrived
 * @param right warped view, RGB
 */
public record SplatGrid(ByteImage left, ByteImage depth, ByteImage mask, ByteImage right) {
  /** Sides that the reference's inpainting accepts are multiples of this. */
  public static final int BLOCK = 128;

  /** Checks for one size. */
  public SplatGrid {
    Check.that(
        left.size().equals(depth.size())
            && left.size().equals(mask.size())
            && left.size().equals(right.size()),
        "the pictures of a grid must have one size, were %s, %s, %s and %s",
        left,
        depth,
        mask,
        right);
    Check.that(mask.channels() == 1, "mask must have 1 channel, had %s", mask.channels());
  }

  /**
   * A grid of float pictures: {@code floor(255 v)}, clamped.
   *
   * @param occlusion one channel, 1 = nothing arrived
   */
  public static SplatGrid of(
      ByteImage left, FloatImage depth, FloatImage occlusion, FloatImage right) {
    return new SplatGrid(left, floored(depth), floored(occlusion), floored(right));
  }

  /** Depth in [0, 1] in the colours of a map: entry {@code floor(255 d)}; black where unknown. */
  public static ByteImage colored(FloatImage depth, ColorMap colors) {
    Check.that(depth.channels() == 1, "depth must have 1 channel, had %s", depth.channels());
    ByteImage out = ByteImage.create(depth.size(), 3);
    for (int y = 0; y < depth.height(); y++) {
      for (int x = 0; x < depth.width(); x++) {
        float d = depth.at(x, y, 0);
        if (!Float.isNaN(d)) {
          int rgb = colors.rgb((int) Math.max(0, Math.min(255, 255 * d)));
          out.set(x, y, 0, rgb >> 16);
          out.set(x, y, 1, rgb >> 8 & 0xff);
          out.set(x, y, 2, rgb & 0xff);
        }
      }
    }
    return out;
  }

  static ByteImage floored(FloatImage image) {
    ByteImage out = ByteImage.create(image.size(), image.channels());
    float[] in = image.contiguous();
    for (int i = 0; i < in.length; i++) {
      out.array()[i] = (byte) (int) Math.max(0, Math.min(255, 255 * in[i]));
    }
    return out;
  }

  /** One frame of all four, the mask repeated in three channels. */
  public ByteImage pack() {
    ImageSize quarter = left.size();
    ByteImage out = ByteImage.create(new ImageSize(2 * quarter.width(), 2 * quarter.height()), 3);
    place(left, out, 0, 0);
    place(depth, out, quarter.width(), 0);
    place(mask.grayToRgb(), out, 0, quarter.height());
    place(right, out, quarter.width(), quarter.height());
    return out;
  }

  /**
   * Writes grids as the fork's archive: {@code video_grid} of (T, 2H, 2W, 3) in [0, 1]. One grid is
   * in memory at a time.
   *
   * @param size of each of the four pictures
   * @param frames number of grids
   * @param isDouble whether values are float64, as the fork's are, instead of float32
   */
  public static void write(
      Path target, ImageSize size, int frames, boolean isDouble, Iterator<SplatGrid> grids)
      throws IOException {
    NpzWriter.write(
        target,
        NpzWriter.Compression.DEFLATED,
        npz ->
            npz.add(
                "video_grid",
                isDouble ? NpyType.FLOAT64 : NpyType.FLOAT32,
                new int[] {frames, 2 * size.height(), 2 * size.width(), 3},
                () -> {
                  SplatGrid grid = grids.next();
                  Check.that(
                      grid.left.size().equals(size),
                      "grids must be of %s, one was of %s",
                      size,
                      grid.left.size());
                  return grid.pack().toFloat().array();
                }));
  }

  private static void place(ByteImage from, ByteImage to, int x, int y) {
    ByteImage part = to.crop(x, y, from.size());
    for (int row = 0; row < from.height(); row++) {
      StereoFormat.copyRow(from, row, part, row);
    }
  }

  /**
   * The pictures of a frame, as views on it but for the mask, which is the mean of its channels
   * rounded to a level; a last odd row or column is dropped.
   */
  public static SplatGrid unpack(ByteImage frame) {
    Check.that(
        frame.width() >= 2 && frame.height() >= 2 && frame.channels() == 3,
        "a grid needs 2x2 RGB pixels at least, was %s",
        frame);
    ImageSize quarter = new ImageSize(frame.width() / 2, frame.height() / 2);
    FloatImage mean = meanMask(frame.crop(0, quarter.height(), quarter));
    return new SplatGrid(
        frame.crop(0, 0, quarter),
        frame.crop(quarter.width(), 0, quarter),
        mean.toBytes(),
        frame.crop(quarter.width(), quarter.height(), quarter));
  }

  /** The mean of the channels of a mask, in [0, 1]. */
  public static FloatImage meanMask(ByteImage mask) {
    FloatImage out = FloatImage.create(mask.size(), 1);
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        int sum = 0;
        for (int c = 0; c < mask.channels(); c++) {
          sum += mask.at(x, y, c);
        }
        out.set(x, y, 0, sum / (255f * mask.channels()));
      }
    }
    return out;
  }
}
