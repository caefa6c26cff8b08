package org.stereo4d.io.container;

import java.util.List;
import org.stereo4d.run.Check;

/**
 * A mesh that carries the picture of one eye, in the axes of the container: x right, y up, -z
 * forward.
 *
 * @param vertices x, y, z, u, v of each vertex; u and v in [0, 1] from the lower left corner
 * @param strips triangles over the vertices
 */
public record ProjectionMesh(float[] vertices, List<Strip> strips) {
  /** Numbers per vertex. */
  public static final int VERTEX_SIZE = 5;

  /** Checks the vertices and that strips stay inside them. */
  public ProjectionMesh {
    Check.that(
        vertices.length % VERTEX_SIZE == 0,
        "vertices must hold 5 numbers each, held %s in all",
        vertices.length);
    int count = vertices.length / VERTEX_SIZE;
    for (Strip strip : strips) {
      for (int index : strip.indices) {
        Check.that(
            index >= 0 && index < count, "vertex index must be in [0, %s), was %s", count, index);
      }
    }
    vertices = vertices.clone();
    strips = List.copyOf(strips);
  }

  /** x, y, z, u, v of each vertex. */
  @Override
  public float[] vertices() {
    return vertices.clone();
  }

  /** Number of vertices. */
  public int vertexCount() {
    return vertices.length / VERTEX_SIZE;
  }

  /** How indices form triangles. */
  public enum Form {
    /** Each three. */
    TRIANGLES,
    /** Each with the two before. */
    TRIANGLE_STRIP,
    /** Each with the one before and the first. */
    TRIANGLE_FAN
  }

  /**
   * A list of vertex indices.
   *
   * @param textureId which picture; 0 is the video
   * @param form how indices form triangles
   * @param indices into the vertices
   */
  public record Strip(int textureId, Form form, int[] indices) {
    /** Copies the indices. */
    public Strip {
      indices = indices.clone();
    }

    /** Indices into the vertices. */
    @Override
    public int[] indices() {
      return indices.clone();
    }
  }
}
