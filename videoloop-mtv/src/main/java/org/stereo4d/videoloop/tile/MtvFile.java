package org.stereo4d.videoloop.tile;

import java.io.IOException;
import java.nio.file.Path;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.run.Check;
import org.stereo4d.run.Limits;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.PlaneGeometry;
import org.stereo4d.videoloop.mpi.TextureStack;
import org.stereo4d.videoloop.mpi.TileLayers;

/**
 * Multi-tile videos as {@code .mtv.npz} archives of NumPy arrays.
 *
 * <table>
 * <caption>Arrays</caption>
 * <tr><th>name</th><th>type and shape</th><th>meaning</th></tr>
 * <tr><td>version</td><td>int32 (1)</td><td>1</td></tr>
 * <tr><td>picture_hw, plane_hw, vertices_hw, tile_hw, full_tile_hw</td><td>int32 (2)</td>
 *   <td>rows and columns of pictures, planes, vertex grid, tiles, tiles at full detail</td></tr>
 * <tr><td>planes, atlas_rows</td><td>int32 (1)</td><td>planes, rows of planes in an atlas</td></tr>
 * <tr><td>camera</td><td>float64 (4)</td><td>fx, fy, cx, cy of the reference camera</td></tr>
 * <tr><td>reference_from_world</td><td>float64 (3, 4)</td><td>its pose</td></tr>
 * <tr><td>bounds</td><td>float64 (2)</td><td>near and far</td></tr>
 * <tr><td>still_quads, moving_quads</td><td>int32 (n)</td><td>quad of each tile, rising</td></tr>
 * <tr><td>still</td><td>float32 (n, tile rows, tile columns, 4, 1)</td><td>raw texels</td></tr>
 * <tr><td>moving</td><td>float32 (n, tile rows, tile columns, 4, T)</td><td>raw texels</td></tr>
 * </table>
 */
public final class MtvFile {
  private static final int VERSION = 1;

  private MtvFile() {}

  /** Writes a video; the file appears when it is complete. */
  public static void write(MultiTileVideo video, Path path) throws IOException {
    NpzWriter.write(path, NpzWriter.Compression.STORED, npz -> write(video, npz));
  }

  private static void write(MultiTileVideo video, NpzWriter npz) throws IOException {
    PlaneGeometry geometry = video.geometry();
    PinholeCamera camera = geometry.camera();
    TileLayers map = video.map();
    npz.add("version", NpyArray.of(new int[] {VERSION}));
    npz.add("picture_hw", rowsColumns(camera.size()));
    npz.add("plane_hw", rowsColumns(geometry.planeSize()));
    npz.add(
        "vertices_hw", NpyArray.of(new int[] {geometry.vertexRows(), geometry.vertexColumns()}));
    npz.add("tile_hw", NpyArray.of(new int[] {map.tileHeight(), map.tileWidth()}));
    npz.add("full_tile_hw", NpyArray.of(new int[] {video.fullTileHeight(), video.fullTileWidth()}));
    npz.add("planes", NpyArray.of(new int[] {geometry.planes()}));
    npz.add("atlas_rows", NpyArray.of(new int[] {geometry.atlasRows()}));
    double[] lens = {camera.focalXPx(), camera.focalYPx(), camera.centerXPx(), camera.centerYPx()};
    npz.add("camera", NpyArray.of(lens));
    npz.add("reference_from_world", NpyArray.of(geometry.referenceFromWorld().toMatrix34(), 3, 4));
    npz.add("bounds", NpyArray.of(new double[] {geometry.nearBound(), geometry.farBound()}));
    npz.add("still_quads", NpyArray.of(map.stillQuads()));
    npz.add("moving_quads", NpyArray.of(map.movingQuads()));
    npz.add("still", texels(video.layers().still(), video.stillTiles(), map));
    npz.add("moving", texels(video.layers().moving(), video.movingTiles(), map));
  }

  private static NpyArray rowsColumns(ImageSize size) {
    return NpyArray.of(new int[] {size.height(), size.width()});
  }

  private static NpyArray texels(TextureStack stack, int tiles, TileLayers map) {
    return NpyArray.of(stack.values(), tiles, map.tileHeight(), map.tileWidth(), 4, stack.frames());
  }

  /** Reads a video under the default limits. */
  public static MultiTileVideo read(Path path) throws IOException {
    return read(path, Limits.DEFAULTS);
  }

  /**
   * Reads a video.
   *
   * @throws IOException naming file and field when something is missing or contradicts itself
   */
  public static MultiTileVideo read(Path path, Limits limits) throws IOException {
    try (NpzFile npz = NpzFile.open(path, limits)) {
      return read(npz, limits);
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  private static MultiTileVideo read(NpzFile npz, Limits limits) throws IOException {
    long version = npz.integer("version");
    Check.that(version == VERSION, "version must be %s, was %s", VERSION, version);
    ImageSize picture = size(npz, "picture_hw", limits);
    ImageSize plane = size(npz, "plane_hw", limits);
    ImageSize vertices = size(npz, "vertices_hw", limits);
    ImageSize tile = size(npz, "tile_hw", limits);
    ImageSize full = size(npz, "full_tile_hw", limits);
    int planes = count(npz, "planes");
    limits.requireBytes(
        4L * planes * vertices.area(), npz.path() + ": field 'planes' times vertices");
    double[] lens = numbers(npz, "camera", 4);
    double[] bounds = numbers(npz, "bounds", 2);
    npz.requireShape("reference_from_world", 3, 4);
    PlaneGeometry geometry =
        new PlaneGeometry(
            new PinholeCamera(picture, lens[0], lens[1], lens[2], lens[3]),
            Rigid3.ofMatrix34(npz.doubles("reference_from_world")),
            bounds[0],
            bounds[1],
            planes,
            plane,
            vertices.height(),
            vertices.width(),
            count(npz, "atlas_rows"));
    int[] stillQuads = npz.ints("still_quads");
    int[] movingQuads = npz.ints("moving_quads");
    TileLayers map = new TileLayers(geometry, tile.height(), tile.width(), stillQuads, movingQuads);
    TextureStack still = texels(npz, "still", stillQuads.length, tile);
    TextureStack moving = texels(npz, "moving", movingQuads.length, tile);
    return new MultiTileVideo(new LayerModel(map, still, moving), full.height(), full.width());
  }

  private static ImageSize size(NpzFile npz, String name, Limits limits) throws IOException {
    npz.requireShape(name, 2);
    int[] sides = npz.ints(name);
    limits.requireImage(sides[1], sides[0], 1, npz.path() + ": field '" + name + "'");
    return new ImageSize(sides[1], sides[0]);
  }

  private static int count(NpzFile npz, String name) throws IOException {
    long value = npz.integer(name);
    Check.that(value >= 1 && value <= 1 << 20, "%s must be in [1, 2^20], was %s", name, value);
    return (int) value;
  }

  private static double[] numbers(NpzFile npz, String name, int count) throws IOException {
    npz.requireShape(name, count);
    return npz.doubles(name);
  }

  private static TextureStack texels(NpzFile npz, String name, int tiles, ImageSize tile)
      throws IOException {
    int[] shape = npz.requireShape(name, tiles, tile.height(), tile.width(), 4, -1);
    return TextureStack.wrap(npz.floats(name), tile.width(), tiles * tile.height(), 4, shape[4]);
  }
}
