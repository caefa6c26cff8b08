package org.stereo4d.depth;

import java.util.Arrays;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.run.Check;

/** Coloured points; the frame is that of the variable's name. */
public final class PointCloud {
  private final float[] xyz;
  private final byte[] rgb;

  private PointCloud(float[] xyz, byte[] rgb) {
    this.xyz = xyz;
    this.rgb = rgb;
  }

  /** A cloud on the given arrays, which are not copied: x, y, z and r, g, b of each point. */
  public static PointCloud wrap(float[] xyz, byte[] rgb) {
    Check.that(
        xyz.length % 3 == 0 && xyz.length == rgb.length,
        "xyz and rgb must hold 3 numbers per point, held %s and %s",
        xyz.length,
        rgb.length);
    return new PointCloud(xyz, rgb);
  }

  /** Number of points. */
  public int count() {
    return xyz.length / 3;
  }

  /** x, y, z of each point, not copied. */
  public float[] xyz() {
    return xyz;
  }

  /** r, g, b of each point, not copied. */
  public byte[] rgb() {
    return rgb;
  }

  /** One point. */
  public Vec3 point(int index) {
    Check.that(index >= 0 && index < count(), "point must be in [0, %s), was %s", count(), index);
    return new Vec3(xyz[3 * index], xyz[3 * index + 1], xyz[3 * index + 2]);
  }

  /** This cloud in another frame. */
  public PointCloud transformed(Rigid3 targetFromSource) {
    float[] out = new float[xyz.length];
    for (int i = 0; i < count(); i++) {
      Vec3 p = targetFromSource.apply(point(i));
      out[3 * i] = (float) p.x();
      out[3 * i + 1] = (float) p.y();
      out[3 * i + 2] = (float) p.z();
    }
    return new PointCloud(out, rgb);
  }

  /** Starts an empty cloud. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects points. */
  public static final class Builder {
    private float[] xyz = new float[3 * 256];
    private byte[] rgb = new byte[3 * 256];
    private int length;

    private Builder() {}

    /** Adds a point with a colour of three values 0..255. */
    public Builder add(Vec3 point, int red, int green, int blue) {
      if (length == xyz.length) {
        xyz = Arrays.copyOf(xyz, 2 * length);
        rgb = Arrays.copyOf(rgb, 2 * length);
      }
      xyz[length] = (float) point.x();
      xyz[length + 1] = (float) point.y();
      xyz[length + 2] = (float) point.z();
      rgb[length] = (byte) red;
      rgb[length + 1] = (byte) green;
      rgb[length + 2] = (byte) blue;
      length += 3;
      return this;
    }

    /** The cloud so far. */
    public PointCloud build() {
      return new PointCloud(Arrays.copyOf(xyz, length), Arrays.copyOf(rgb, length));
    }
  }
}
