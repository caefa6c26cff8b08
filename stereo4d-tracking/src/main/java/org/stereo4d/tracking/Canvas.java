package org.stereo4d.tracking;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ColorMap;
import org.stereo4d.image.ImageSize;

/** An RGB picture to draw on with smooth edges. Raster coordinates are those of the library. */
final class Canvas {
  private final BufferedImage image;
  private final Graphics2D graphics;

  private Canvas(ImageSize size) {
    image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  /** A copy of an RGB or gray picture. */
  static Canvas over(ByteImage picture) {
    Canvas canvas = new Canvas(picture.size());
    boolean color = picture.channels() >= 3;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0, i = picture.index(0, y); x < picture.width(); x++, i += picture.channels()) {
        int r = picture.array()[i] & 0xff;
        int g = color ? picture.array()[i + 1] & 0xff : r;
        int b = color ? picture.array()[i + 2] & 0xff : r;
        canvas.image.setRGB(x, y, r << 16 | g << 8 | b);
      }
    }
    return canvas;
  }

  /** A white picture. */
  static Canvas blank(ImageSize size) {
    Canvas canvas = new Canvas(size);
    canvas.graphics.setColor(Color.WHITE);
    canvas.graphics.fillRect(0, 0, size.width(), size.height());
    return canvas;
  }

  /** Colour of item i of n on the cyclic map: {@code i / (n - 1)}. */
  static int cyclic(int i, int n) {
    return ColorMap.HSV.rgb(ColorMap.entryOf(n > 1 ? i / (n - 1.0) : 0));
  }

  /** Sets colour and opacity of what is drawn next. */
  void ink(int rgb, double opacity) {
    graphics.setColor(new Color(rgb));
    graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
  }

  /** Sets width of lines, px, and dashes. */
  void pen(double widthPx, boolean dashed) {
    float width = (float) widthPx;
    graphics.setStroke(
        dashed
            ? new BasicStroke(
                width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {4, 3}, 0)
            : new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  void line(double x0, double y0, double x1, double y1) {
    graphics.draw(new Line2D.Double(x0, y0, x1, y1));
  }

  void dot(double x, double y, double diameterPx) {
    double r = diameterPx / 2;
    graphics.fill(new Ellipse2D.Double(x - r, y - r, diameterPx, diameterPx));
  }

  /** What was drawn, RGB; the canvas is done with. */
  ByteImage finish() {
    graphics.dispose();
    ByteImage out = ByteImage.create(new ImageSize(image.getWidth(), image.getHeight()), 3);
    for (int y = 0, k = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++, k += 3) {
        int rgb = image.getRGB(x, y);
        out.array()[k] = (byte) (rgb >> 16);
        out.array()[k + 1] = (byte) (rgb >> 8);
        out.array()[k + 2] = (byte) rgb;
      }
    }
    return out;
  }
}
