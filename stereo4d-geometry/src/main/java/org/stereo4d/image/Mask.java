package org.stereo4d.image;

import java.util.Arrays;
import org.stereo4d.run.Check;

/** A set of pixels (H, W). */
public final class Mask {
  private final boolean[] array;
  private final ImageSize size;

  private Mask(boolean[] array, ImageSize size) {
    this.array = array;
    this.size = size;
  }

  /** The empty set. */
  public static Mask none(ImageSize size) {
    return new Mask(new boolean[size.area()], size);
  }

  /** A mask on the given row-major array, which is not copied. */
  public static Mask wrap(boolean[] array, ImageSize size) {
    Check.that(
        array.length == size.area(), "array must hold %s pixels, held %s", size, array.length);
    return new Mask(array, size);
  }

  /** Width and height. */
  public ImageSize size() {
    return size;
  }

  /** The flags, row-major, not copied. */
  public boolean[] array() {
    return array;
  }

  /** Whether a pixel belongs to the set. */
  public boolean at(int x, int y) {
    Check.that(
        x >= 0 && x < size.width() && y >= 0 && y < size.height(),
        "(%s, %s) must lie inside %s",
        x,
        y,
        size);
    return array[y * size.width() + x];
  }

  /** Number of pixels in the set. */
  public int count() {
    int n = 0;
    for (boolean b : array) {
      n += b ? 1 : 0;
    }
    return n;
  }

  /** The complement. */
  public Mask not() {
    boolean[] out = new boolean[array.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = !array[i];
    }
    return new Mask(out, size);
  }

  /** The intersection with a mask of the same size. */
  public Mask and(Mask other) {
    checkSize(other);
    boolean[] out = new boolean[array.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = array[i] && other.array[i];
    }
    return new Mask(out, size);
  }

  /** The union with a mask of the same size. */
  public Mask or(Mask other) {
    checkSize(other);
    boolean[] out = new boolean[array.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = array[i] || other.array[i];
    }
    return new Mask(out, size);
  }

  private void checkSize(Mask other) {
    Check.that(
        size.equals(other.size), "masks must have one size, had %s and %s", size, other.size);
  }

  /** Intersection over union; 1 when both are empty. */
  public double intersectionOverUnion(Mask other) {
    int union = or(other).count();
    return union == 0 ? 1 : and(other).count() / (double) union;
  }

  /** 255 where set, else 0. */
  public ByteImage toImage() {
    ByteImage out = ByteImage.create(size, 1);
    for (int i = 0; i < array.length; i++) {
      out.array()[i] = (byte) (array[i] ? 255 : 0);
    }
    return out;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask that && size.equals(that.size) && Arrays.equals(array, that.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return "Mask[" + size + ", " + count() + " set]";
  }
}
