package org.stereo4d.stereocrafter.inpaint;

import java.util.Optional;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;

/** What is kept of a frame of the scene. */
final class SceneFrame {
  final ByteImage image;
  final DisparityMap disparity;
  final double shift;
  final Mask holes;
  final FloatImage smallLuma;

  /** From the frame before to this one. */
  final SimilarityMotion motion;

  Optional<ByteImage> filled = Optional.empty();

  SceneFrame(WarpedFrame frame, Mask holes, FloatImage smallLuma, SimilarityMotion motion) {
    this.image = frame.splat().image();
    this.disparity = frame.splat().disparity();
    this.shift = frame.shift();
    this.holes = holes;
    this.smallLuma = smallLuma;
    this.motion = motion;
  }
}
