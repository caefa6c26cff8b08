package org.stereo4d.stereocrafter.inpaint;

import java.util.Optional;
import org.stereo4d.image.ByteImage;
import org.stereo4d.stereocrafter.splat.ByteSplat;
import org.stereo4d.stereocrafter.splat.RowFill;

/**
 * The plain fill: each run of holes takes the colour of its background side. Frames on their own;
 * what other fills are measured against.
 */
public final class RowBackgroundInpainter implements StereoInpainter {
  /** Creates the fill. */
  public RowBackgroundInpainter() {}

  @Override
  public Optional<ByteImage> accept(WarpedFrame frame) {
    ByteSplat splat = frame.splat();
    return Optional.of(
        new RowFill().fill(splat.image().toFloat(), splat.holes(), splat.disparity()).toBytes());
  }

  @Override
  public Optional<ByteImage> flush() {
    return Optional.empty();
  }
}
