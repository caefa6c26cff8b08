package org.stereo4d.videoloop.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ByteImage;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.Json;
import org.stereo4d.run.Limits;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.TemporaryFolder;
import org.stereo4d.videoloop.mpi.PlaneGeometry;
import org.stereo4d.videoloop.mpi.Sigmoid;
import org.stereo4d.videoloop.mpi.TextureStack;
import org.stereo4d.videoloop.tile.MultiTileVideo;
import org.stereo4d.videoloop.tile.RandomVideo;

/** A folder of a viewer holds the video: its tiles, where they lie, and what is on them. */
class ViewerExportPropertyTest {
  private static final double COORDINATE = 1e-9; // texels, of a number written with all its digits
  private static final double POSITION = 1e-12; // the text of a double is the double
  private static final int TEXEL = 1; // a scaled value next to an integer

  /** A quad of the mesh: texture, corners, and texture coordinates of the corners. */
  private record Quad(boolean moving, double[][] corners, double[][] coordinates) {}

  @Property(tries = 15)
  void write_thenRead_givesTilesAndTexels(@ForAll @IntRange(min = 0, max = 10_000) int seed)
      throws Exception {
    MultiTileVideo video = RandomVideo.of(seed);
    ExportOptions options =
        ExportOptions.DEFAULTS.withTightPacking(seed % 2 == 0).withIncludeViewer(false);
    ViewerMeta meta =
        new ViewerMeta(
            24 + seed / 7.0, 40, 1, 6, new Vec3(0, -1, 0), new Vec3(0, seed, 3), new Vec3(1, 2, 3));
    try (TemporaryFolder temporary = TemporaryFolder.create()) {
      new ViewerExport(options).write(video, meta, temporary.path(), Progress.NONE);
      checkFolder(temporary.path(), video, meta);
    }
  }

  private static void checkFolder(Path folder, MultiTileVideo video, ViewerMeta meta)
      throws IOException {
    Map<String, Object> read =
        Json.object(Json.parse(Files.readString(folder.resolve("meta.json")), Limits.DEFAULTS), "");
    assertThat(read)
        .containsEntry("frame_count", (double) video.frames())
        .containsEntry("fps", meta.framesPerSecond())
        .containsEntry("lookat", List.of(0.0, meta.lookAt().y(), 3.0));
    List<Quad> quads = quads(Files.readAllLines(folder.resolve("geometry.obj")));
    assertThat(quads).hasSize(video.stillTiles() + video.movingTiles());
    checkTiles(folder, video, quads, false);
    checkTiles(folder, video, quads, true);
  }

  /** Finds the tile of every quad by where it lies, then compares every texel it shows. */
  private static void checkTiles(Path folder, MultiTileVideo video, List<Quad> all, boolean moving)
      throws IOException {
    int[] quadOfTile = moving ? video.map().movingQuads() : video.map().stillQuads();
    TextureStack texels = moving ? video.layers().moving() : video.layers().still();
    List<ByteImage> frames = new ArrayList<>();
    for (int t = 0; t < texels.frames(); t++) {
      String name = moving ? "dynamic/000" + t + ".png" : "static.png";
      frames.add(PngImage.read(folder.resolve(name)).toBytes());
    }
    Set<Integer> found = new HashSet<>();
    for (Quad quad : all) {
      if (quad.moving() == moving) {
        int tile = tileAt(video.geometry(), quadOfTile, quad.corners());
        assertThat(found.add(tile)).as("tile %s once", tile).isTrue();
        checkTexels(video, tile, quad.coordinates(), texels, frames);
      }
    }
    assertThat(found).hasSize(quadOfTile.length);
  }

  private static int tileAt(PlaneGeometry geometry, int[] quadOfTile, double[][] corners) {
    double[] vertices = geometry.vertices();
    for (int tile = 0; tile < quadOfTile.length; tile++) {
      int[] vertex = geometry.corners(quadOfTile[tile]);
      boolean same = true;
      for (int i = 0; i < 4; i++) {
        for (int axis = 0; axis < 3; axis++) {
          double off = corners[i][axis] - vertices[3 * vertex[i] + axis];
          same &= Math.abs(off) <= POSITION;
        }
      }
      if (same) {
        return tile;
      }
    }
    throw new AssertionError("no tile lies at " + Arrays.deepToString(corners));
  }

  private static void checkTexels(
      MultiTileVideo video,
      int tile,
      double[][] coordinates,
      TextureStack texels,
      List<ByteImage> frames) {
    int height = video.map().tileHeight();
    int width = video.map().tileWidth();
    ByteImage first = frames.get(0);
    double left = coordinates[0][0] * first.width() - 0.5;
    double top = (1 - coordinates[0][1]) * first.height() - 0.5;
    assertThat(coordinates[3][0] * first.width() - 0.5)
        .isCloseTo(left + width - 1, within(COORDINATE));
    assertThat((1 - coordinates[3][1]) * first.height() - 0.5)
        .isCloseTo(top + height - 1, within(COORDINATE));
    int column = (int) Math.rint(left);
    int row = (int) Math.rint(top);
    assertThat(left).isCloseTo(column, within(COORDINATE));
    assertThat(top).isCloseTo(row, within(COORDINATE));
    for (int i = 0; i < 4 * height * width; i++) {
      int c = i % 4;
      int x = i / 4 % width;
      int y = i / 4 / width;
      for (int t = 0; t < frames.size(); t++) {
        ByteImage frame = frames.get(t);
        int shown = frame.array()[frame.index(column + x, row + y) + c] & 0xff;
        int at = (((tile * height + y) * width + x) * 4 + c) * frames.size() + t;
        int expected = (int) (255 * Sigmoid.of(texels.values()[at]));
        assertThat(shown).isBetween(expected - TEXEL, expected + TEXEL);
      }
    }
  }

  /** Reads pairs of triangles (1, 2, 4) and (4, 3, 1) as the viewer does. */
  private static List<Quad> quads(List<String> lines) {
    List<double[]> positions = new ArrayList<>();
    List<double[]> coordinates = new ArrayList<>();
    List<int[][]> faces = new ArrayList<>();
    for (String line : lines) {
      String[] part = line.split(" ");
      switch (part[0]) {
        case "v" -> positions.add(numbers(part));
        case "vt" -> coordinates.add(numbers(part));
        case "f" ->
            faces.add(
                Arrays.stream(part)
                    .skip(1)
                    .map(c -> Arrays.stream(c.split("/")).mapToInt(Integer::parseInt).toArray())
                    .toArray(int[][]::new));
        default -> assertThat(line).isEmpty();
      }
    }
    List<Quad> out = new ArrayList<>();
    for (int f = 0; f < faces.size(); f += 2) {
      int[][] upper = faces.get(f);
      int[][] lower = faces.get(f + 1);
      assertThat(lower[0]).isEqualTo(upper[2]);
      assertThat(lower[2]).isEqualTo(upper[0]);
      double[][] corners = new double[4][];
      double[][] uv = new double[4][];
      int[][] order = {upper[0], upper[1], lower[1], upper[2]};
      for (int i = 0; i < 4; i++) {
        corners[i] = positions.get(order[i][0] - 1);
        uv[i] = coordinates.get(order[i][1] - 1);
      }
      out.add(new Quad(corners[0][4] == 1, corners, uv)); // still red, moving green
    }
    return out;
  }

  private static double[] numbers(String[] part) {
    return Arrays.stream(part).skip(1).mapToDouble(Double::parseDouble).toArray();
  }
}
