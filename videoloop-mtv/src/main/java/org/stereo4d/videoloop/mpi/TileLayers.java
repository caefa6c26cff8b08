package org.stereo4d.videoloop.mpi;

import java.util.Arrays;
import org.stereo4d.run.Check;

/**
 * Only some quads are stored, each as a tile of its own texels, tile after tile.
 *
 * <p>A plane point lies in quad column {@code j = floor(qx)} with {@code qx = px (nU-1) / (mW-1)};
 * it reads texel column {@code frac(qx) (tw-1)} of that quad's tile. Tiles hold both ends of their
 * quad, so neighbours never share texels.
 */
public final class TileLayers implements LayerMap {
  private final PlaneGeometry geometry;
  private final int tileHeight;
  private final int tileWidth;
  private final int[] stillQuads;
  private final int[] movingQuads;
  private final int[] ownerOfQuad;
  private final double quadsPerTexelX;
  private final double quadsPerTexelY;

  /**
   * A map of tiles.
   *
   * @param tileHeight rows of a tile; {@code >= 2}
   * @param tileWidth columns of a tile; {@code >= 2}
   * @param stillQuads quad of each still tile, rising
   * @param movingQuads quad of each moving tile, rising, none of them still
   */
  public TileLayers(
      PlaneGeometry geometry, int tileHeight, int tileWidth, int[] stillQuads, int[] movingQuads) {
    Check.that(
        tileHeight >= 2 && tileWidth >= 2,
        "tiles must be at least 2x2 texels, were %sx%s",
        tileWidth,
        tileHeight);
    this.geometry = geometry;
    this.tileHeight = tileHeight;
    this.tileWidth = tileWidth;
    this.stillQuads = stillQuads.clone();
    this.movingQuads = movingQuads.clone();
    this.quadsPerTexelX = (geometry.vertexColumns() - 1.0) / (geometry.planeSize().width() - 1);
    this.quadsPerTexelY = (geometry.vertexRows() - 1.0) / (geometry.planeSize().height() - 1);
    this.ownerOfQuad = new int[geometry.quads()];
    Arrays.fill(ownerOfQuad, -1);
    assign(stillQuads, 0);
    assign(movingQuads, stillQuads.length);
  }

  private void assign(int[] quads, int firstOwner) {
    for (int i = 0; i < quads.length; i++) {
      int quad = quads[i];
      Check.that(
          quad >= 0 && quad < ownerOfQuad.length && (i == 0 || quad > quads[i - 1]),
          "quads must rise within [0, %s), had %s at %s",
          ownerOfQuad.length,
          quad,
          i);
      Check.that(ownerOfQuad[quad] < 0, "quad %s must be still or moving, was both", quad);
      ownerOfQuad[quad] = firstOwner + i;
    }
  }

  @Override
  public PlaneGeometry geometry() {
    return geometry;
  }

  /** Rows of a tile. */
  public int tileHeight() {
    return tileHeight;
  }

  /** Columns of a tile. */
  public int tileWidth() {
    return tileWidth;
  }

  /** Quad of each still tile. */
  public int[] stillQuads() {
    return stillQuads.clone();
  }

  /** Quad of each moving tile. */
  public int[] movingQuads() {
    return movingQuads.clone();
  }

  /** The same tiles with another number of texels. */
  public TileLayers withTile(int height, int width) {
    return new TileLayers(geometry, height, width, stillQuads, movingQuads);
  }

  @Override
  public void locateRun(
      int plane, int startInclusive, int endExclusive, double perAhead, SlotTaps taps) {
    int width = taps.count.length;
    int columns = geometry.vertexColumns() - 1;
    int rows = geometry.vertexRows() - 1;
    for (int x = startInclusive; x < endExclusive; x++) {
      double quadX = taps.planeX[x] * quadsPerTexelX;
      double quadY = taps.planeY[x] * quadsPerTexelY;
      int column = Math.min((int) quadX, columns - 1);
      int row = Math.min((int) quadY, rows - 1);
      int owner = ownerOfQuad[(plane * rows + row) * columns + column];
      if (owner < 0) {
        continue;
      }
      int tile = owner < stillQuads.length ? owner : owner - stillQuads.length;
      double tileX = (quadX - column) * (tileWidth - 1);
      double tileY = (quadY - row) * (tileHeight - 1);
      int left = Math.min((int) tileX, tileWidth - 2);
      int top = Math.min((int) tileY, tileHeight - 2);
      int index = taps.count[x]++ * width + x;
      taps.owner[index] = owner;
      taps.texel[index] = (tile * tileHeight + top) * tileWidth + left;
      taps.right[index] = (float) (tileX - left);
      taps.below[index] = (float) (tileY - top);
      taps.inverseDepth[index] = (float) (taps.forward[x] * perAhead);
    }
  }

  @Override
  public int owners() {
    return stillQuads.length + movingQuads.length;
  }

  @Override
  public int color(int owner) {
    return 0;
  }

  @Override
  public int colors() {
    return 1;
  }

  @Override
  public boolean isMoving(int owner) {
    return owner >= stillQuads.length;
  }

  @Override
  public int rowTexels(int owner) {
    return tileWidth;
  }
}
