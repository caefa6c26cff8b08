package org.stereo4d.videoloop.train;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * Windows of a picture. Starts are {@code 0, stride, 2 stride, ... < side - window + stride}.
 *
 * @param picture size of the picture
 * @param window largest size of a window; clamped to the picture side by side
 * @param strideX step between columns of windows; {@code > 0}
 * @param strideY step between rows of windows; {@code > 0}
 * @param edge what happens to windows that reach over the edge
 */
public record WindowGrid(ImageSize picture, ImageSize window, int strideX, int strideY, Edge edge) {
  /** What happens at the right and bottom edge. */
  public enum Edge {
    /** The window is cut: stage 1 of the reference. */
    CUT,
    /** The window is shifted inside. */
    INSIDE,
    /** The picture is taken to go on in black: stage 2 of the reference. */
    PAD
  }

  /**
   * A window.
   *
   * @param left first column
   * @param top first row
   * @param size of the window
   */
  public record Window(int left, int top, ImageSize size) {}

  /** Checks the strides. */
  public WindowGrid {
    Check.that(strideX > 0 && strideY > 0, "strides must be > 0, were %s and %s", strideX, strideY);
  }

  /** The windows, column by column. */
  public List<Window> windows() {
    boolean whole = picture.area() < window.area();
    int width = whole ? picture.width() : Math.min(window.width(), picture.width());
    int height = whole ? picture.height() : Math.min(window.height(), picture.height());
    List<Window> out = new ArrayList<>();
    for (int x = 0; x == 0 || x < picture.width() - width + strideX; x += strideX) {
      for (int y = 0; y == 0 || y < picture.height() - height + strideY; y += strideY) {
        out.add(place(x, y, width, height));
      }
    }
    return out;
  }

  private Window place(int x, int y, int width, int height) {
    return switch (edge) {
      case CUT ->
          new Window(
              x,
              y,
              new ImageSize(
                  Math.min(width, picture.width() - x), Math.min(height, picture.height() - y)));
      case INSIDE ->
          new Window(
              Math.min(x, picture.width() - width),
              Math.min(y, picture.height() - height),
              new ImageSize(width, height));
      case PAD -> new Window(x, y, new ImageSize(width, height));
    };
  }

  /** The picture with what padding adds. */
  public ImageSize paddedSize() {
    int width = picture.width();
    int height = picture.height();
    for (Window w : windows()) {
      width = Math.max(width, w.left() + w.size().width());
      height = Math.max(height, w.top() + w.size().height());
    }
    return new ImageSize(width, height);
  }
}
