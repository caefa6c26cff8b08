package org.stereo4d.io.colmap;

import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * A calibrated camera of a model.
 *
 * @param id arbitrary
 * @param model meaning of the parameters
 * @param size picture size
 * @param parameters as {@code model} says, pixels; finite
 */
public record ColmapCamera(int id, ColmapCameraModel model, ImageSize size, double[] parameters) {
  /** Checks and copies the parameters. */
  public ColmapCamera {
    Check.that(
        parameters.length == model.parameters(),
        "camera %s: model %s has %s parameters, had %s",
        id,
        model,
        model.parameters(),
        parameters.length);
    for (double p : parameters) {
      Check.that(Double.isFinite(p), "camera %s: parameters must be finite, had %s", id, p);
    }
    for (int i = 0; i < model.focalLengths(); i++) {
      Check.that(
          parameters[i] > 0, "camera %s: focal length must be > 0, was %s", id, parameters[i]);
    }
    parameters = parameters.clone();
  }

  /** The parameters, as {@link #model} says. */
  @Override
  public double[] parameters() {
    return parameters.clone();
  }

  /** Focal length along x, pixels. */
  public double focalXPx() {
    return parameters[0];
  }

  /**
   * This camera without its distortion.
   *
   * @throws IllegalArgumentException if the model has distortion
   */
  public PinholeCamera toPinhole() {
    Check.that(
        model.isPinhole(),
        "camera %s must be SIMPLE_PINHOLE or PINHOLE, was %s: undistort the pictures first",
        id,
        model);
    int f = model.focalLengths();
    return new PinholeCamera(
        size, parameters[0], parameters[f - 1], parameters[f], parameters[f + 1]);
  }
}
