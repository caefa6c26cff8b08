package org.stereo4d.videoloop.tile;

import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.videoloop.GoldenScene;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.PlaneGeometry;
import org.stereo4d.videoloop.mpi.TextureStack;
import org.stereo4d.videoloop.mpi.TileLayers;

/** Reads the multi-tile models of golden files. */
public final class GoldenVideo {
  private GoldenVideo() {}

  /** The model of a file. */
  public static MultiTileVideo read(NpzFile npz) throws Exception {
    PlaneGeometry geometry = GoldenScene.geometry(npz);
    int[] grid = npz.ints("grid_static_hw");
    int[] full = npz.ints("full_static_hw");
    int tileHeight = full[0] / grid[0];
    int tileWidth = full[1] / grid[1];
    int[] still = quads(geometry, npz.ints("faces"));
    int[] moving = quads(geometry, npz.ints("faces_dyn"));
    TileLayers map = new TileLayers(geometry, tileHeight, tileWidth, still, moving);
    LayerModel model =
        new LayerModel(
            map,
            tiles(npz, "atlas", still.length, tileHeight, tileWidth),
            tiles(npz, "atlas_dyn", moving.length, tileHeight, tileWidth));
    return new MultiTileVideo(model, tileHeight, tileWidth);
  }

  /** The tiles of a packed texture (frames, 4, height, width). */
  public static TextureStack tiles(NpzFile npz, String name, int count, int height, int width)
      throws Exception {
    int[] shape = npz.shape(name);
    TextureStack atlas =
        TextureStack.ofPlanes(npz.floats(name), shape[3], shape[2], shape[1], shape[0]);
    return TileLayout.of(count).unpack(atlas, height, width);
  }

  private static int[] quads(PlaneGeometry geometry, int[] faces) {
    int[] out = new int[faces.length / 6];
    for (int i = 0; i < out.length; i++) {
      int vertex = faces[6 * i];
      int perPlane = geometry.vertexRows() * geometry.vertexColumns();
      int row = vertex % perPlane / geometry.vertexColumns();
      int column = vertex % geometry.vertexColumns();
      out[i] =
          vertex / perPlane * geometry.quadsPerPlane()
              + row * (geometry.vertexColumns() - 1)
              + column;
    }
    return out;
  }
}
