package org.stereo4d.warp;

import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.image.ImageSize;

/**
 * What a rectifier makes.
 *
 * @param view camera of both views; the reference uses 512x512 pixels and 60 degrees
 * @param rectifiedFromView direction of the views in the rectified frame; straight ahead by default
 * @param mode one interpolation or the reference's two
 * @param remap rule between pixels and border; {@link RemapMode#TWO_PASS} has its own rule
 */
public record RectifierOptions(
    PinholeCamera view, Rotation3 rectifiedFromView, RemapMode mode, RemapOptions remap) {
  /** 512x512, 60 degrees, straight ahead, composed, bilinear, black outside. */
  public static final RectifierOptions DEFAULTS =
      new RectifierOptions(
          PinholeCamera.ofHorizontalFovDegrees(new ImageSize(512, 512), 60),
          Rotation3.IDENTITY,
          RemapMode.COMPOSED,
          RemapOptions.DEFAULTS);

  /** These options with another camera. */
  public RectifierOptions withView(PinholeCamera view) {
    return new RectifierOptions(view, rectifiedFromView, mode, remap);
  }

  /** These options looking along yaw (right), pitch (up) and roll, degrees: Ry Rx Rz. */
  public RectifierOptions withDirectionDegrees(double yaw, double pitch, double roll) {
    Rotation3 direction = Rotation3.ofYawPitchRollDegrees(yaw, pitch, roll);
    return new RectifierOptions(view, direction, mode, remap);
  }

  /** These options in another mode. */
  public RectifierOptions withMode(RemapMode mode) {
    return new RectifierOptions(view, rectifiedFromView, mode, remap);
  }

  /** These options with another rule between pixels. */
  public RectifierOptions withRemap(RemapOptions remap) {
    return new RectifierOptions(view, rectifiedFromView, mode, remap);
  }
}
