package org.stereo4d.videoloop.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.stereo4d.videoloop.mpi.PlaneGeometry;
import org.stereo4d.videoloop.tile.MultiTileVideo;
import org.stereo4d.videoloop.tile.TileLayout;

/** The quads of a video as the text of an OBJ file. */
final class TileMesh {
  private final PlaneGeometry geometry;
  private final double[] vertices;
  private final StringBuilder positions = new StringBuilder();
  private final StringBuilder coordinates = new StringBuilder();
  private final List<Face> faces = new ArrayList<>();
  private int vertexCount;
  private int coordinateCount;

  /** Two triangles at a depth. */
  private record Face(double depth, String lines) {}

  TileMesh(MultiTileVideo video, TileLayout still, TileLayout moving) {
    this.geometry = video.geometry();
    this.vertices = geometry.vertices();
    int height = video.map().tileHeight();
    int width = video.map().tileWidth();
    add(video.map().stillQuads(), still, height, width, " 1.0 0.0 0.0\n");
    add(video.map().movingQuads(), moving, height, width, " 0.0 1.0 0.0\n");
  }

  private void add(int[] quads, TileLayout layout, int height, int width, String color) {
    int[] number = numbered(quads);
    for (int v = 0; v < number.length; v++) {
      if (number[v] > 0) {
        positions.append("v ").append(vertices[3 * v]).append(' ').append(vertices[3 * v + 1]);
        positions.append(' ').append(vertices[3 * v + 2]).append(color);
      }
    }
    addCoordinates(layout, height, width);
    for (int q = 0; q < quads.length; q++) {
      int[] corner = geometry.corners(quads[q]);
      String[] c = new String[4];
      for (int i = 0; i < 4; i++) {
        c[i] = number[corner[i]] + "/" + (coordinateCount + 4 * q + i + 1);
      }
      String lines =
          "f " + c[0] + " " + c[1] + " " + c[3] + "\nf " + c[3] + " " + c[2] + " " + c[0] + "\n";
      faces.add(new Face(vertices[3 * corner[0] + 2], lines));
    }
    coordinateCount += 4 * quads.length;
  }

  /** One-based number of each used vertex, rising with its id. */
  private int[] numbered(int[] quads) {
    int[] out = new int[vertices.length / 3];
    for (int quad : quads) {
      for (int vertex : geometry.corners(quad)) {
        out[vertex] = 1;
      }
    }
    for (int v = 0; v < out.length; v++) {
      if (out[v] > 0) {
        out[v] = ++vertexCount;
      }
    }
    return out;
  }

  private void addCoordinates(TileLayout layout, int height, int width) {
    int across = layout.columns() * width;
    int down = layout.rows() * height;
    for (int tile = 0; tile < layout.tiles(); tile++) {
      for (int corner = 0; corner < 4; corner++) {
        int x = tile % layout.columns() * width + corner % 2 * (width - 1);
        int y = tile / layout.columns() * height + corner / 2 * (height - 1);
        coordinates.append("vt ").append((x + 0.5) / across).append(' ');
        coordinates.append(1 - (y + 0.5) / down).append('\n');
      }
    }
  }

  /** The file, triangles far to near. */
  String toObj() {
    faces.sort(Comparator.comparingDouble(Face::depth).reversed());
    StringBuilder out = new StringBuilder(positions).append(coordinates);
    faces.forEach(face -> out.append(face.lines()));
    return out.append('\n').toString();
  }
}
