package org.stereo4d.io.colmap;

import java.util.Optional;

/** Camera models of COLMAP; the ordinal is the id in binary files. */
public enum ColmapCameraModel {
  /** f, cx, cy. */
  SIMPLE_PINHOLE(3, 1),
  /** fx, fy, cx, cy. */
  PINHOLE(4, 2),
  /** f, cx, cy, k. */
  SIMPLE_RADIAL(4, 1),
  /** f, cx, cy, k1, k2. */
  RADIAL(5, 1),
  /** fx, fy, cx, cy, k1, k2, p1, p2. */
  OPENCV(8, 2),
  /** fx, fy, cx, cy, k1 to k4. */
  OPENCV_FISHEYE(8, 2),
  /** fx, fy, cx, cy, k1, k2, p1, p2, k3 to k6. */
  FULL_OPENCV(12, 2),
  /** fx, fy, cx, cy, omega. */
  FOV(5, 2),
  /** f, cx, cy, k. */
  SIMPLE_RADIAL_FISHEYE(4, 1),
  /** f, cx, cy, k1, k2. */
  RADIAL_FISHEYE(5, 1),
  /** fx, fy, cx, cy, k1, k2, p1, p2, k3, k4, sx1, sy1. */
  THIN_PRISM_FISHEYE(12, 2),
  /** fx, fy, cx, cy, k0 to k5, p0, p1, s0 to s3. */
  RAD_TAN_THIN_PRISM_FISHEYE(16, 2);

  private final int parameters;
  private final int focalLengths;

  ColmapCameraModel(int parameters, int focalLengths) {
    this.parameters = parameters;
    this.focalLengths = focalLengths;
  }

  /** The model of a binary id. */
  static Optional<ColmapCameraModel> ofId(int id) {
    return id >= 0 && id < values().length ? Optional.of(values()[id]) : Optional.empty();
  }

  /** The model of a name. */
  static Optional<ColmapCameraModel> ofName(String name) {
    for (ColmapCameraModel model : values()) {
      if (model.name().equals(name)) {
        return Optional.of(model);
      }
    }
    return Optional.empty();
  }

  /** Number of parameters. */
  public int parameters() {
    return parameters;
  }

  /** 1 when x and y share a focal length, else 2; the principal point follows. */
  public int focalLengths() {
    return focalLengths;
  }

  /** Whether the model has no distortion. */
  public boolean isPinhole() {
    return this == SIMPLE_PINHOLE || this == PINHOLE;
  }
}
