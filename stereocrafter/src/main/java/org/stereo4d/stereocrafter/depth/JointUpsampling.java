package org.stereo4d.stereocrafter.depth;

import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Parallel;

/**
 * Brings a small map to the size of its picture along the edges of the picture (Kopf et al. 2007):
 * a pixel is the mean of the 5x5 cells about it, weighed by distance and by how alike the luma of
 * the cell is to its own.
 */
final class JointUpsampling {
  private static final int RADIUS = 2;
  private static final double CELL_DEVIATION = 1;
  private static final double LUMA_DEVIATION = 8;
  private static final float[] ALIKE = alike();

  private final FloatImage map;
  private final byte[] cellLuma;

  /** Upsampling of a map of the cells of a reduced RGB picture. */
  JointUpsampling(FloatImage map, ByteImage reduced) {
    this.map = map;
    this.cellLuma = reduced.luma().contiguous();
  }

  private static float[] alike() {
    float[] out = new float[256];
    for (int d = 0; d < out.length; d++) {
      out[d] = (float) Math.max(1e-6, Math.exp(-d * d / (2 * LUMA_DEVIATION * LUMA_DEVIATION)));
    }
    return out;
  }

  FloatImage to(ByteImage picture) {
    ImageSize size = picture.size();
    byte[] luma = picture.luma().contiguous();
    FloatImage out = FloatImage.create(size, 1);
    int[] columns = nearest(size.width(), map.width());
    int[] rows = nearest(size.height(), map.height());
    float[][] across = weights(size.width(), map.width(), columns);
    float[][] down = weights(size.height(), map.height(), rows);
    Parallel.rows(
        size.height(),
        (start, end) -> {
          for (int y = start; y < end; y++) {
            for (int x = 0; x < size.width(); x++) {
              int i = y * size.width() + x;
              out.array()[i] = mean(columns[x], rows[y], across[x], down[y], luma[i] & 0xff);
            }
          }
        });
    return out;
  }

  private float mean(int column, int row, float[] across, float[] down, int luma) {
    float sum = 0;
    float total = 0;
    int width = map.width();
    for (int j = -RADIUS; j <= RADIUS; j++) {
      int line = Math.max(0, Math.min(map.height() - 1, row + j)) * width;
      for (int i = -RADIUS; i <= RADIUS; i++) {
        int cell = line + Math.max(0, Math.min(width - 1, column + i));
        int difference = Math.abs((cellLuma[cell] & 0xff) - luma);
        float w = down[j + RADIUS] * across[i + RADIUS] * ALIKE[difference];
        sum += w * map.array()[cell];
        total += w;
      }
    }
    return sum / total;
  }

  /** Cell that holds each pixel of a side. */
  private static int[] nearest(int pixels, int cells) {
    int[] out = new int[pixels];
    for (int i = 0; i < pixels; i++) {
      out[i] = Math.min(cells - 1, (int) ((i + 0.5) * cells / pixels));
    }
    return out;
  }

  private static float[][] weights(int pixels, int cells, int[] nearest) {
    float[][] out = new float[pixels][2 * RADIUS + 1];
    for (int i = 0; i < pixels; i++) {
      double place = (i + 0.5) * cells / pixels - 0.5;
      for (int k = -RADIUS; k <= RADIUS; k++) {
        double d = nearest[i] + k - place;
        out[i][k + RADIUS] = (float) Math.exp(-d * d / (2 * CELL_DEVIATION * CELL_DEVIATION));
      }
    }
    return out;
  }
}
