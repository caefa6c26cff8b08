package org.stereo4d.stereocrafter.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * Cuts a large picture into overlapping tiles and joins their latents, eight pixels to a cell.
 *
 * <p>A band of the overlap runs linearly from the tile before, which has been blended itself, to
 * the tile: weight k / n at cell k of n.
 *
 * @param picture size in pixels
 * @param tile size of each tile in pixels
 * @param count tiles along each side
 * @param overlapXPx columns shared by neighbours
 * @param overlapYPx rows shared by neighbours
 */
public record LatentTiles(
    ImageSize picture, ImageSize tile, int count, int overlapXPx, int overlapYPx) {
  /** Pixels shared in the reference. */
  public static final int REFERENCE_OVERLAP_PX = 128;

  private static final int CELL = 8;

  /** Pixels that one step of the network's pyramid needs. */
  private static final int BLOCK = 64;

  /** Checks that the tiles cover the picture exactly. */
  public LatentTiles {
    Check.that(count >= 1, "count must be >= 1, was %s", count);
    Check.that(
        covers(picture.width(), tile.width(), count, overlapXPx)
            && covers(picture.height(), tile.height(), count, overlapYPx),
        "%s tiles of %s with %s and %s px shared must cover %s exactly, in cells of 8 px",
        count,
        tile,
        overlapXPx,
        overlapYPx,
        picture);
  }

  private static boolean covers(int side, int tile, int count, int overlap) {
    return tile % CELL == 0
        && overlap % CELL == 0
        && overlap < tile
        && tile * count - overlap * (count - 1) == side;
  }

  /** The reference's tiles: 128 pixels shared. */
  public static LatentTiles ofReference(ImageSize picture, int count) {
    int shared = REFERENCE_OVERLAP_PX * (count - 1);
    if (count == 1) {
      return new LatentTiles(picture, picture, 1, 0, 0);
    }
    ImageSize tile =
        new ImageSize((picture.width() + shared) / count, (picture.height() + shared) / count);
    return new LatentTiles(picture, tile, count, REFERENCE_OVERLAP_PX, REFERENCE_OVERLAP_PX);
  }

  /**
   * Tiles that the network can take: the smallest whose sides are multiples of 64 and that share at
   * least 128 pixels. They are the reference's where those are feasible.
   *
   * @throws IllegalArgumentException if the picture's sides are no multiples of 64, or it is too
   *     small for so many tiles
   */
  public static LatentTiles feasible(ImageSize picture, int count) {
    int width = feasible(picture.width(), count);
    int height = feasible(picture.height(), count);
    return new LatentTiles(
        picture,
        new ImageSize(width, height),
        count,
        shared(picture.width(), width, count),
        shared(picture.height(), height, count));
  }

  private static int feasible(int side, int count) {
    if (count == 1) {
      return side;
    }
    for (int tile = BLOCK; tile < side; tile += BLOCK) {
      int surplus = tile * count - side;
      boolean even = surplus % (CELL * (count - 1)) == 0;
      if (even && surplus >= REFERENCE_OVERLAP_PX * (count - 1)) {
        return tile;
      }
    }
    throw new IllegalArgumentException(
        count
            + " tiles with sides of multiples of 64 that share at least 128 pixels cannot cover "
            + side
            + " pixels; use fewer");
  }

  private static int shared(int side, int tile, int count) {
    return count == 1 ? 0 : (tile * count - side) / (count - 1);
  }

  /** Whether the network can take the tiles, whose sides must be multiples of 64. */
  public boolean isFeasible() {
    return tile.width() % BLOCK == 0 && tile.height() % BLOCK == 0;
  }

  /**
   * One tile in pixels.
   *
   * @param x left column
   * @param y top row
   */
  public record Place(int x, int y) {}

  /** Where the tiles lie, row after row. */
  public List<Place> places() {
    List<Place> out = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      for (int i = 0; i < count; i++) {
        out.add(new Place(i * (tile.width() - overlapXPx), j * (tile.height() - overlapYPx)));
      }
    }
    return out;
  }

  /**
   * Joins the latents of all tiles.
   *
   * @param latents planes of the tiles in the order of {@link #places}; not changed
   * @return as many planes of the picture
   */
  public float[] join(List<float[]> latents) {
    Check.that(
        latents.size() == count * count,
        "%s tiles are needed, were %s",
        count * count,
        latents.size());
    int width = tile.width() / CELL;
    int height = tile.height() / CELL;
    int sharedX = overlapXPx / CELL;
    int sharedY = overlapYPx / CELL;
    List<float[]> blended = new ArrayList<>();
    for (int n = 0; n < latents.size(); n++) {
      float[] own = latents.get(n).clone();
      if (n >= count) {
        blendRows(blended.get(n - count), own, width, height, sharedY);
      }
      if (n % count > 0) {
        blendColumns(blended.get(n - 1), own, width, sharedX);
      }
      blended.add(own);
    }
    return assembled(blended, width, height);
  }

  private float[] assembled(List<float[]> tiles, int width, int height) {
    int outWidth = picture.width() / CELL;
    int outHeight = picture.height() / CELL;
    int planes = tiles.get(0).length / (width * height);
    float[] out = new float[planes * outWidth * outHeight];
    List<Place> places = places();
    for (int n = 0; n < places.size(); n++) {
      int x = places.get(n).x() / CELL;
      int y = places.get(n).y() / CELL;
      // later tiles overwrite the cells they share, which they have blended
      for (int p = 0; p < planes; p++) {
        for (int row = 0; row < height; row++) {
          System.arraycopy(
              tiles.get(n),
              (p * height + row) * width,
              out,
              (p * outHeight + y + row) * outWidth + x,
              width);
        }
      }
    }
    return out;
  }

  /** Blends the last columns of one block into the first of the next, in place. */
  static void blendColumns(float[] left, float[] right, int width, int shared) {
    for (int row = 0; row < right.length; row += width) {
      for (int k = 0; k < shared; k++) {
        float weight = k / (float) shared;
        right[row + k] = (1 - weight) * left[row + width - shared + k] + weight * right[row + k];
      }
    }
  }

  /** Blends the last rows of one block into the first of the next, in place. */
  static void blendRows(float[] top, float[] bottom, int width, int height, int shared) {
    int plane = width * height;
    for (int p = 0; p < bottom.length; p += plane) {
      for (int k = 0; k < shared; k++) {
        float weight = k / (float) shared;
        for (int x = 0; x < width; x++) {
          int to = p + k * width + x;
          float above = top[p + (height - shared + k) * width + x];
          bottom[to] = (1 - weight) * above + weight * bottom[to];
        }
      }
    }
  }
}
