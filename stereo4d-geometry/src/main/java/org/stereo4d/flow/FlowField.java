package org.stereo4d.flow;

import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * Displacement of each pixel.
 *
 * @param px two channels, x and y, pixels; NaN = unknown
 */
public record FlowField(FloatImage px) {
  /** Checks for two channels. */
  public FlowField {
    Check.that(px.channels() == 2, "a flow field has 2 channels, had %s", px.channels());
  }

  /** No motion. */
  public static FlowField zero(ImageSize size) {
    return new FlowField(FloatImage.create(size, 2));
  }

  /** Width and height. */
  public ImageSize size() {
    return px.size();
  }

  /** Displacement along x. */
  public float dx(int x, int y) {
    return px.at(x, y, 0);
  }

  /** Displacement along y. */
  public float dy(int x, int y) {
    return px.at(x, y, 1);
  }
}
