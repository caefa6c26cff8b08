package org.stereo4d.videoloop.loss;

import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * Frames of one size as planes of float, (frames, 3, height, width), values in [0, 1].
 *
 * @param frames number of frames; {@code >= 1}
 * @param size of each frame
 * @param values red, green, blue plane of each frame; not copied
 */
public record ColorClip(int frames, ImageSize size, float[] values) {
  /** Checks the number of values. */
  public ColorClip {
    Check.that(frames >= 1, "frames must be >= 1, was %s", frames);
    long count = 3L * frames * size.area();
    Check.that(
        values.length == count,
        "values must be %s for %s frames of %s, were %s",
        count,
        frames,
        size,
        values.length);
  }

  /** A black clip. */
  public static ColorClip create(int frames, ImageSize size) {
    long count = 3L * frames * size.area();
    Check.that(count <= Integer.MAX_VALUE - 8, "%s frames of %s exceed an array", frames, size);
    return new ColorClip(frames, size, new float[(int) count]);
  }

  /** A copy of RGB pictures of one size. */
  public static ColorClip of(List<FloatImage> frames) {
    Check.that(!frames.isEmpty(), "frames must be >= 1, was %s", 0);
    ColorClip out = create(frames.size(), frames.get(0).size());
    for (int t = 0; t < frames.size(); t++) {
      FloatImage frame = frames.get(t);
      Check.that(
          frame.size().equals(out.size) && frame.channels() == 3,
          "frame %s must be %s RGB, was %s",
          t,
          out.size,
          frame);
      System.arraycopy(frame.planes(), 0, out.values, t * out.frameFloats(), out.frameFloats());
    }
    return out;
  }

  /** A window of 8-bit RGB frames, values over 255. */
  public static ColorClip ofBytes(List<ByteImage> frames, int left, int top, ImageSize size) {
    ColorClip out = create(frames.size(), size);
    for (int t = 0; t < frames.size(); t++) {
      ByteImage frame = frames.get(t).crop(left, top, size);
      for (int y = 0; y < size.height(); y++) {
        for (int x = 0, from = frame.index(0, y); x < size.width(); x++, from += 3) {
          for (int c = 0; c < 3; c++) {
            out.values[out.index(t, c, y) + x] = (frame.array()[from + c] & 0xff) / 255f;
          }
        }
      }
    }
    return out;
  }

  private int frameFloats() {
    return 3 * size.area();
  }

  /** Index of the first value of a row. */
  public int index(int frame, int channel, int y) {
    return ((frame * 3 + channel) * size.height() + y) * size.width();
  }

  /** One frame as a picture. */
  public FloatImage image(int frame) {
    float[] planes = new float[frameFloats()];
    System.arraycopy(values, frame * planes.length, planes, 0, planes.length);
    return FloatImage.ofPlanes(planes, size, 3);
  }

  /** This clip followed by its first frames, taken round and round. */
  public ColorClip followedByFirst(int extra) {
    ColorClip out = create(frames + extra, size);
    for (int t = 0; t < out.frames; t++) {
      System.arraycopy(
          values, t % frames * frameFloats(), out.values, t * frameFloats(), frameFloats());
    }
    return out;
  }
}
