package org.stereo4d.stereocrafter.diffusion;

import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;

/** How a mask of pixels becomes one of latent cells of 8x8 pixels. */
public enum MaskReduction {
  /** The top-left pixel of a cell decides, as in the reference: thin holes are lost. */
  TOP_LEFT,
  /** Any hole in the cell counts. */
  ANY;

  private static final int CELL = 8;
  private static final float THRESHOLD = 0.5f;

  /** Holes of a mask with values in [0, 1]: at least one half. */
  public static Mask binary(FloatImage mask) {
    Check.that(mask.channels() == 1, "mask must have 1 channel, had %s", mask.channels());
    float[] values = mask.contiguous();
    boolean[] out = new boolean[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i] >= THRESHOLD;
    }
    return Mask.wrap(out, mask.size());
  }

  /** The mask of cells; sides must be multiples of 8. */
  public Mask reduce(Mask mask) {
    int width = mask.size().width();
    int height = mask.size().height();
    Check.that(
        width % CELL == 0 && height % CELL == 0,
        "sides must be multiples of 8, were %s",
        mask.size());
    ImageSize size = new ImageSize(width / CELL, height / CELL);
    boolean[] out = new boolean[size.area()];
    int reach = this == TOP_LEFT ? 1 : CELL;
    for (int i = 0; i < out.length; i++) {
      int x = i % size.width() * CELL;
      int y = i / size.width() * CELL;
      for (int k = 0; k < reach * reach; k++) {
        out[i] |= mask.array()[(y + k / reach) * width + x + k % reach];
      }
    }
    return Mask.wrap(out, size);
  }
}
