package org.stereo4d.videoloop.mpi;

/**
 * Every point of every plane is stored, planes side by side in one atlas.
 *
 * <p>Plane p lies at row {@code p / gw} and column {@code p mod gw}. Neighbouring planes share
 * their border texels: plane pixel px of column c reads {@code (c + px / (mW-1)) (Aw-1) / gw}.
 */
public final class DenseLayers implements LayerMap {
  private final PlaneGeometry geometry;
  private final int columns;
  private final int atlasWidth;
  private final int atlasHeight;
  private final double columnsPerTexel;
  private final double rowsPerTexel;
  private final double[] firstColumn;
  private final double[] firstRow;

  /** The layout of a geometry. */
  public DenseLayers(PlaneGeometry geometry) {
    this.geometry = geometry;
    this.columns = geometry.atlasColumns();
    this.atlasWidth = geometry.atlasSize().width();
    this.atlasHeight = geometry.atlasSize().height();
    double planeColumns = (atlasWidth - 1.0) / columns;
    double planeRows = (atlasHeight - 1.0) / geometry.atlasRows();
    this.columnsPerTexel = planeColumns / (geometry.planeSize().width() - 1);
    this.rowsPerTexel = planeRows / (geometry.planeSize().height() - 1);
    this.firstColumn = new double[geometry.planes()];
    this.firstRow = new double[geometry.planes()];
    for (int p = 0; p < firstColumn.length; p++) {
      int row = p / columns;
      firstColumn[p] = p % columns * planeColumns;
      firstRow[p] = row * planeRows;
    }
  }

  @Override
  public PlaneGeometry geometry() {
    return geometry;
  }

  @Override
  public void locateRun(
      int plane, int startInclusive, int endExclusive, double perAhead, SlotTaps taps) {
    int width = taps.count.length;
    int lastColumn = atlasWidth - 2;
    int lastRow = atlasHeight - 2;
    double column0 = firstColumn[plane];
    double row0 = firstRow[plane];
    for (int x = startInclusive; x < endExclusive; x++) {
      double column = column0 + taps.planeX[x] * columnsPerTexel;
      double row = row0 + taps.planeY[x] * rowsPerTexel;
      int left = Math.min((int) column, lastColumn);
      int top = Math.min((int) row, lastRow);
      int index = taps.count[x]++ * width + x;
      taps.owner[index] = plane;
      taps.texel[index] = top * atlasWidth + left;
      taps.right[index] = (float) (column - left);
      taps.below[index] = (float) (row - top);
      taps.inverseDepth[index] = (float) (taps.forward[x] * perAhead);
    }
  }

  @Override
  public int owners() {
    return geometry.planes();
  }

  @Override
  public int color(int owner) {
    return owner / columns % 2 * 2 + owner % columns % 2;
  }

  @Override
  public int colors() {
    return 4;
  }

  @Override
  public boolean isMoving(int owner) {
    return false;
  }

  @Override
  public int rowTexels(int owner) {
    return atlasWidth;
  }
}
