package org.stereo4d.tracking.drift;

import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/** The class of each pixel, 0 (background) to 255. */
public final class ClassMap {
  /** The class that stands for everything unknown. */
  public static final int BACKGROUND = 0;

  private final byte[] classes;
  private final ImageSize size;

  private ClassMap(byte[] classes, ImageSize size) {
    this.classes = classes;
    this.size = size;
  }

  /** A map on the given row-major array of unsigned bytes, which is not copied. */
  public static ClassMap wrap(byte[] classes, ImageSize size) {
    Check.that(
        classes.length == size.area(),
        "classes must hold %s pixels, held %s",
        size,
        classes.length);
    return new ClassMap(classes, size);
  }

  /** Width and height. */
  public ImageSize size() {
    return size;
  }

  /** Class of a pixel. */
  public int at(int x, int y) {
    Check.that(
        x >= 0 && x < size.width() && y >= 0 && y < size.height(),
        "(%s, %s) must lie inside %s",
        x,
        y,
        size);
    return classes[y * size.width() + x] & 0xff;
  }

  /**
   * Class at a raster place: clipped to {@code [0, side - 1]}, then rounded half to even, as the
   * reference does (spec E.2, B.6).
   */
  public int nearest(double xPx, double yPx) {
    int x = (int) Math.rint(Math.max(0, Math.min(size.width() - 1, xPx)));
    int y = (int) Math.rint(Math.max(0, Math.min(size.height() - 1, yPx)));
    return classes[y * size.width() + x] & 0xff;
  }

  /** This map at another size, nearest pixel; itself when the size is the same. */
  public ClassMap resized(ImageSize target) {
    if (target.equals(size)) {
      return this;
    }
    byte[] out = new byte[target.area()];
    for (int y = 0, k = 0; y < target.height(); y++) {
      int fromY = (int) ((y + 0.5) * size.height() / target.height());
      for (int x = 0; x < target.width(); x++, k++) {
        int fromX = (int) ((x + 0.5) * size.width() / target.width());
        out[k] = classes[fromY * size.width() + fromX];
      }
    }
    return new ClassMap(out, target);
  }
}
