package org.stereo4d.io.container;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.stereo4d.camera.FovBounds;
import org.stereo4d.run.Check;
import org.stereo4d.run.Limits;

/** How pixels of one eye map to directions. */
public sealed interface Projection {
  /** A plain picture; Matroska only, MP4 says it by having no projection. */
  record Rectilinear() implements Projection {}

  /**
   * Longitude and latitude, with borders of the full sphere cropped away.
   *
   * @param top cropped fraction of the height at the top, in [0, 1)
   * @param bottom cropped fraction of the height at the bottom; {@code top + bottom < 1}
   * @param left cropped fraction of the width on the left, in [0, 1)
   * @param right cropped fraction of the width on the right; {@code left + right < 1}
   */
  record Equirectangular(double top, double bottom, double left, double right)
      implements Projection {
    /** The whole sphere. */
    public static final Equirectangular FULL_SPHERE = new Equirectangular(0, 0, 0, 0);

    /** Half a sphere in front. */
    public static final Equirectangular VR180 = new Equirectangular(0, 0, 0.25, 0.25);

    /** Checks the fractions. */
    public Equirectangular {
      Check.that(
          top >= 0 && bottom >= 0 && top + bottom < 1,
          "top and bottom must be >= 0 and leave something, were %s and %s",
          top,
          bottom);
      Check.that(
          left >= 0 && right >= 0 && left + right < 1,
          "left and right must be >= 0 and leave something, were %s and %s",
          left,
          right);
    }

    /** The angles covered. */
    public FovBounds bounds() {
      return new FovBounds(
          -180 + 360 * left, 180 - 360 * right, -90 + 180 * top, 90 - 180 * bottom);
    }
  }

  /**
   * Six faces.
   *
   * @param layout number of the arrangement; 0 is the only one defined
   * @param paddingPx pixels added around each face; >= 0
   */
  record Cubemap(int layout, int paddingPx) implements Projection {
    /** Checks the padding. */
    public Cubemap {
      Check.that(paddingPx >= 0, "paddingPx must be >= 0, was %s", paddingPx);
    }
  }

  /**
   * Triangle meshes, kept as they are coded.
   *
   * @param encoding {@code "raw "} or {@code "dfl8"}, deflated
   * @param data coded mesh boxes
   */
  record Mesh(String encoding, byte[] data) implements Projection {
    /** Checks and copies. */
    public Mesh {
      Check.that(
          encoding.equals("raw ") || encoding.equals("dfl8"),
          "mesh encoding must be 'raw ' or 'dfl8', was '%s'",
          encoding);
      data = data.clone();
    }

    /** Coded mesh boxes. */
    @Override
    public byte[] data() {
      return data.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Mesh that
          && encoding.equals(that.encoding)
          && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(data);
    }

    @Override
    public String toString() {
      return "Mesh[" + encoding.strip() + ", " + data.length + " bytes]";
    }

    /**
     * The meshes: one for both eyes, or one per eye.
     *
     * @throws IOException if the code is damaged, or larger than the limits when inflated
     */
    public List<ProjectionMesh> decode(Limits limits) throws IOException {
      return new MeshDecoder(encoding, data, limits).decode();
    }
  }
}
