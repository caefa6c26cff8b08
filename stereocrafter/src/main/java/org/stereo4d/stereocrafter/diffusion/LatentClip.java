package org.stereo4d.stereocrafter.diffusion;

import java.util.Arrays;
import java.util.List;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * Planes of numbers that a network computes with, frame after frame (T, C, h, w).
 *
 * @param frames T
 * @param channels C
 * @param size w and h: one cell for 8x8 pixels
 * @param values not copied
 */
public record LatentClip(int frames, int channels, ImageSize size, float[] values) {
  /** Checks the number of values. */
  public LatentClip {
    Check.that(
        frames > 0 && channels > 0 && values.length == frames * channels * size.area(),
        "%s frames of %s planes of %s are needed, were %s values",
        frames,
        channels,
        size,
        values.length);
  }

  /** Zeros. */
  public static LatentClip zeros(int frames, int channels, ImageSize size) {
    return new LatentClip(frames, channels, size, new float[frames * channels * size.area()]);
  }

  /** Pictures of one size as planes. */
  public static LatentClip ofImages(List<FloatImage> images) {
    FloatImage first = images.get(0);
    LatentClip out = zeros(images.size(), first.channels(), first.size());
    int length = out.frameLength();
    for (int t = 0; t < images.size(); t++) {
      Check.that(
          images.get(t).size().equals(first.size()),
          "pictures must have one size, were %s and %s",
          first,
          images.get(t));
      System.arraycopy(images.get(t).planes(), 0, out.values, t * length, length);
    }
    return out;
  }

  /** One frame as a picture. */
  public FloatImage image(int frame) {
    int length = frameLength();
    return FloatImage.ofPlanes(
        Arrays.copyOfRange(values, frame * length, (frame + 1) * length), size, channels);
  }

  /** Values of one frame. */
  public int frameLength() {
    return channels * size.area();
  }

  /** Some of the frames, copied. */
  public LatentClip slice(int startInclusive, int endExclusive) {
    int length = frameLength();
    return new LatentClip(
        endExclusive - startInclusive,
        channels,
        size,
        Arrays.copyOfRange(values, startInclusive * length, endExclusive * length));
  }

  /** These frames followed by others. */
  public LatentClip then(LatentClip next) {
    Check.that(
        channels == next.channels && size.equals(next.size),
        "clips must have one shape, were %s and %s",
        this,
        next);
    float[] both = Arrays.copyOf(values, values.length + next.values.length);
    System.arraycopy(next.values, 0, both, values.length, next.values.length);
    return new LatentClip(frames + next.frames, channels, size, both);
  }

  /** The planes of each frame followed by those of the same frame of another clip. */
  public LatentClip beside(LatentClip other) {
    Check.that(
        frames == other.frames && size.equals(other.size),
        "clips must have one length and size, were %s and %s",
        this,
        other);
    LatentClip out = zeros(frames, channels + other.channels, size);
    int mine = frameLength();
    int theirs = other.frameLength();
    for (int t = 0; t < frames; t++) {
      System.arraycopy(values, t * mine, out.values, t * (mine + theirs), mine);
      System.arraycopy(other.values, t * theirs, out.values, t * (mine + theirs) + mine, theirs);
    }
    return out;
  }

  /** All values times a factor. */
  public LatentClip times(double factor) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (values[i] * factor);
    }
    return new LatentClip(frames, channels, size, out);
  }

  /** Whether every value is finite. */
  public boolean isFinite() {
    for (float v : values) {
      if (!Float.isFinite(v)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LatentClip that
        && frames == that.frames
        && channels == that.channels
        && size.equals(that.size)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "LatentClip[" + frames + "x" + channels + "x" + size + "]";
  }
}
