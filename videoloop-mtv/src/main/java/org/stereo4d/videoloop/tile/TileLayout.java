package org.stereo4d.videoloop.tile;

import org.stereo4d.run.Check;
import org.stereo4d.videoloop.mpi.TextureStack;

/**
 * Tiles in rows and columns of one texture; tile q lies at row {@code q / columns}, column {@code q
 * mod columns}. Spare cells repeat the last tile.
 *
 * @param tiles number of tiles; {@code >= 0}
 * @param rows of tiles
 * @param columns of tiles
 */
public record TileLayout(int tiles, int rows, int columns) {
  /** Checks that the tiles fit. */
  public TileLayout {
    Check.that(tiles >= 0, "tiles must be >= 0, was %s", tiles);
    Check.that(
        (long) rows * columns >= tiles && rows >= 0 && columns >= 0,
        "%sx%s cells must hold %s tiles",
        rows,
        columns,
        tiles);
  }

  /**
   * The reference's shape: between a quarter and one of the square root rows, the fewest spare
   * cells, always a spare column when the rows divide the tiles. Up to 3 tiles take one row.
   */
  public static TileLayout of(int tiles) {
    if (tiles <= 3) {
      return new TileLayout(tiles, tiles == 0 ? 0 : 1, tiles);
    }
    int best = bestRows(tiles);
    return new TileLayout(tiles, best, tiles / best + 1);
  }

  /** The same rows without the spare column. */
  public static TileLayout tight(int tiles) {
    if (tiles <= 3) {
      return of(tiles);
    }
    int best = bestRows(tiles);
    return new TileLayout(tiles, best, (tiles + best - 1) / best);
  }

  private static int bestRows(int tiles) {
    int first = (int) Math.sqrt(tiles / 4.0);
    int last = (int) Math.sqrt(tiles) - 1;
    int best = first;
    for (int rows = first; rows <= last; rows++) {
      if (rows - tiles % rows < best - tiles % best) {
        best = rows;
      }
    }
    return best;
  }

  /** Tiles one after the other, arranged in one texture. */
  public TextureStack pack(TextureStack stack, int tileHeight) {
    int width = Math.max(1, columns * stack.width());
    TextureStack out =
        TextureStack.create(width, rows * tileHeight, stack.channels(), stack.frames());
    int texel = stack.channels() * stack.frames();
    for (int cell = 0; cell < rows * columns; cell++) {
      int tile = Math.min(cell, tiles - 1);
      for (int y = 0; y < tileHeight; y++) {
        int from = (tile * tileHeight + y) * stack.width() * texel;
        int row = cell / columns * tileHeight + y;
        int to = (row * width + cell % columns * stack.width()) * texel;
        System.arraycopy(stack.values(), from, out.values(), to, stack.width() * texel);
      }
    }
    return out;
  }

  /** The tiles of a texture, one after the other. */
  public TextureStack unpack(TextureStack atlas, int tileHeight, int tileWidth) {
    Check.that(
        atlas.height() == rows * tileHeight && atlas.width() == Math.max(1, columns * tileWidth),
        "texture must be %sx%s, was %sx%s",
        columns * tileWidth,
        rows * tileHeight,
        atlas.width(),
        atlas.height());
    TextureStack out =
        TextureStack.create(tileWidth, tiles * tileHeight, atlas.channels(), atlas.frames());
    int texel = atlas.channels() * atlas.frames();
    for (int tile = 0; tile < tiles; tile++) {
      for (int y = 0; y < tileHeight; y++) {
        int row = tile / columns * tileHeight + y;
        int from = (row * atlas.width() + tile % columns * tileWidth) * texel;
        int to = (tile * tileHeight + y) * tileWidth * texel;
        System.arraycopy(atlas.values(), from, out.values(), to, tileWidth * texel);
      }
    }
    return out;
  }

  /**
   * Texture coordinates of the corners of the tiles, (tiles, 4, 2): top left, top right, bottom
   * left, bottom right, -1 and 1 at the centres of the first and last texel.
   */
  public double[] corners(int tileHeight, int tileWidth) {
    double[] out = new double[tiles * 8];
    double acrossTexels = Math.max(1, columns * tileWidth - 1);
    double downTexels = Math.max(1, rows * tileHeight - 1);
    for (int tile = 0, to = 0; tile < tiles; tile++) {
      for (int corner = 0; corner < 4; corner++) {
        int x = tile % columns * tileWidth + corner % 2 * (tileWidth - 1);
        int y = tile / columns * tileHeight + corner / 2 * (tileHeight - 1);
        out[to++] = 2 * x / acrossTexels - 1;
        out[to++] = 2 * y / downTexels - 1;
      }
    }
    return out;
  }
}
