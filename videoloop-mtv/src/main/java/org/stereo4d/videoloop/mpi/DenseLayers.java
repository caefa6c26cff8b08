package org.stereo4d.videoloop.mpi;

/**
 * Every point of every plane is stored, planes side by side in one atlas.
 *
 * <p>Plane p lies at row {@code p / gw} and column {@code p mod gw}. Neighbouring planes share
 * their border texels: plane pixel px of column c reads {@code (c + px / (mW-1)) (Aw-1) / gw}.
 *
 * @param geometry the planes
 */
public record DenseLayers(PlaneGeometry geometry) implements LayerMap {
  @Override
  public boolean locate(int plane, double px, double py, Tap tap) {
    int columns = geometry.atlasColumns();
    int rows = geometry.atlasRows();
    int width = geometry.planeSize().width();
    int height = geometry.planeSize().height();
    int atlasWidth = width * columns;
    int atlasHeight = height * rows;
    double column = (plane % columns + px / (width - 1)) * (atlasWidth - 1) / columns;
    int atlasRow = plane / columns;
    double row = (atlasRow + py / (height - 1)) * (atlasHeight - 1) / rows;
    tap.set(plane, column, row, atlasWidth, 0, atlasHeight);
    return true;
  }

  @Override
  public int owners() {
    return geometry.planes();
  }

  @Override
  public int color(int owner) {
    int columns = geometry.atlasColumns();
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
    return geometry.planeSize().width() * geometry.atlasColumns();
  }
}
