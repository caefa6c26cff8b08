package org.stereo4d.depth;

import java.util.Arrays;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;

/**
 * Metric depth along z for each pixel.
 *
 * @param meters one channel; NaN = unknown
 */
public record DepthMap(FloatImage meters) {
  /** Checks for one channel. */
  public DepthMap {
    Check.that(meters.channels() == 1, "a depth map has 1 channel, had %s", meters.channels());
  }

  /** Width and height. */
  public ImageSize size() {
    return meters.size();
  }

  /** Depth of a pixel in metres, NaN = unknown. */
  public float at(int x, int y) {
    return meters.at(x, y, 0);
  }

  /** Depth at a raster point, clipped to the map. */
  public float at(double xPx, double yPx, DepthLookup lookup) {
    return at(lookup.index(xPx, size().width()), lookup.index(yPx, size().height()));
  }

  /** Pixels with a finite value. */
  public Mask known() {
    return KnownPixels.of(meters);
  }

  /** {@code 1 / depth}: relative only in name, but of the type that stabilisers take. */
  public InverseDepthMap inverse() {
    FloatImage out = FloatImage.create(size(), 1);
    for (int y = 0; y < size().height(); y++) {
      for (int x = 0; x < size().width(); x++) {
        out.set(x, y, 0, 1 / at(x, y));
      }
    }
    return new InverseDepthMap(out);
  }

  /** The known pixels as white points of the camera frame, at pixel centres. */
  public PointCloud unproject(PinholeCamera camera) {
    ByteImage white = ByteImage.create(size(), 3);
    Arrays.fill(white.array(), (byte) 255);
    return unproject(camera, white);
  }

  /** The known pixels as points of the camera frame, with the colours of an RGB image. */
  public PointCloud unproject(PinholeCamera camera, ByteImage colors) {
    Check.that(
        camera.size().equals(size()), "camera %s and depth %s differ", camera.size(), size());
    Check.that(
        colors.size().equals(size()) && colors.channels() == 3,
        "colors must be RGB of %s, were %s",
        size(),
        colors);
    PointCloud.Builder cloud = PointCloud.builder();
    for (int y = 0; y < size().height(); y++) {
      for (int x = 0; x < size().width(); x++) {
        float depth = at(x, y);
        if (depth > 0 && Float.isFinite(depth)) {
          Vec3 p = camera.unproject(x + 0.5, y + 0.5, depth);
          cloud.add(p, colors.at(x, y, 0), colors.at(x, y, 1), colors.at(x, y, 2));
        }
      }
    }
    return cloud.build();
  }
}
