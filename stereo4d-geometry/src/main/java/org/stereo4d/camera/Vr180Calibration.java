package org.stereo4d.camera;

import org.stereo4d.image.ImageSize;

/**
 * How the two eyes of a VR180 source look at the rectified frame.
 *
 * <p>{@code rawRay = leftFromRectified.apply(rectifiedRay)}: the {@code rectified2rig} matrices of
 * the released data.
 *
 * @param bounds angles of each eye image
 * @param leftFromRectified rotation of a rectified ray into the raw left eye
 * @param rightFromRectified rotation of a rectified ray into the raw right eye
 */
public record Vr180Calibration(
    FovBounds bounds, Rotation3 leftFromRectified, Rotation3 rightFromRectified) {
  /** A source that needs no rectification: identity rotations, half-sphere bounds. */
  public static final Vr180Calibration IDENTITY =
      new Vr180Calibration(FovBounds.VR180, Rotation3.IDENTITY, Rotation3.IDENTITY);

  /** The camera of one raw eye image. */
  public EquirectCamera eye(ImageSize eyeSize) {
    return EquirectCamera.of(eyeSize, bounds);
  }
}
