package org.stereo4d.stereocrafter.inpaint;

import org.stereo4d.image.ByteImage;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Parallel;

/**
 * Colours drawn towards the mean of their neighbours, a few times over, so that seams between fills
 * of different kinds even out: Jacobi steps of Laplace's equation,
 *
 * <pre>
 * c'(p) = (c(left) + c(right) + c(above) + c(below)) / 4
 * </pre>
 *
 * in which visible pixels hold their colours. Those that lie before the background of p, and those
 * outside the picture, count as the colour that p began with: nothing near flows in.
 */
final class Membrane {
  private static final int BLOCK = 4096;
  private static final int SIDES = 4;

  private final ByteImage image;
  private final int[] pixels;

  /** For each pixel, which of its neighbours move, as places in {@link #pixels}; -1 for others. */
  private final int[] moving;

  /** For each pixel and channel, the sum over the neighbours that do not move. */
  private final float[] still;

  /**
   * A membrane over some holes of a frame.
   *
   * @param image RGB, all its holes filled
   * @param holes pixels that move
   * @param tolerancePx how much nearer than the background a neighbour may be
   */
  Membrane(
      ByteImage image,
      Mask holes,
      SceneFrame frame,
      BackgroundFill background,
      double tolerancePx) {
    this.image = image;
    this.pixels = new int[holes.count()];
    int[] placeAfter = new int[holes.array().length]; // 1 and more; 0 for none
    int count = 0;
    for (int i = 0; i < placeAfter.length; i++) {
      if (holes.array()[i]) {
        pixels[count] = i;
        placeAfter[i] = ++count;
      }
    }
    this.moving = new int[SIDES * count];
    this.still = new float[3 * count];
    float[] px = frame.disparity.px().array();
    for (int k = 0; k < count; k++) {
      for (int side = 0; side < SIDES; side++) {
        int neighbor = neighbor(pixels[k], side);
        moving[SIDES * k + side] = placeAfter[neighbor] - 1;
        if (placeAfter[neighbor] == 0) {
          boolean near = px[neighbor] > background.behind(pixels[k]) + tolerancePx;
          int shown = near ? pixels[k] : neighbor;
          for (int c = 0; c < 3; c++) {
            still[3 * k + c] += image.array()[3 * shown + c] & 0xff;
          }
        }
      }
    }
  }

  /** The pixel on a side; the pixel itself at the border of the picture. */
  private int neighbor(int pixel, int side) {
    int width = image.width();
    int x = pixel % width;
    return switch (side) {
      case 0 -> x > 0 ? pixel - 1 : pixel;
      case 1 -> x < width - 1 ? pixel + 1 : pixel;
      case 2 -> pixel >= width ? pixel - width : pixel;
      default -> pixel < width * (image.height() - 1) ? pixel + width : pixel;
    };
  }

  /** Replaces the colours of the holes by their means with the membrane. */
  void mixInto(int steps) {
    byte[] rgb = image.array();
    float[] now = new float[still.length];
    for (int k = 0; k < now.length; k++) {
      now[k] = rgb[3 * pixels[k / 3] + k % 3] & 0xff;
    }
    float[] next = new float[now.length];
    for (int step = 0; step < steps; step++) {
      float[] from = now;
      float[] to = next;
      Parallel.blocks(pixels.length, BLOCK, (start, end) -> relax(from, to, start, end));
      now = to;
      next = from;
    }
    for (int k = 0; k < now.length; k++) {
      int at = 3 * pixels[k / 3] + k % 3;
      rgb[at] = (byte) (int) Math.rint(0.5 * ((rgb[at] & 0xff) + now[k]));
    }
  }

  private void relax(float[] from, float[] to, int start, int end) {
    for (int k = start; k < end; k++) {
      float r = still[3 * k];
      float g = still[3 * k + 1];
      float b = still[3 * k + 2];
      for (int side = 0; side < SIDES; side++) {
        int other = 3 * moving[SIDES * k + side];
        if (other >= 0) {
          r += from[other];
          g += from[other + 1];
          b += from[other + 2];
        }
      }
      to[3 * k] = r / SIDES;
      to[3 * k + 1] = g / SIDES;
      to[3 * k + 2] = b / SIDES;
    }
  }
}
