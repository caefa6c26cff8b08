package org.stereo4d.examples.command;

import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.depth.StereoRig;
import org.stereo4d.image.ImageSize;
import picocli.CommandLine.Option;

/** The rectified views. */
final class ViewArguments {
  @Option(
      names = "--size",
      paramLabel = "PX",
      defaultValue = "512",
      description = "side of the square views, pixels; default: ${DEFAULT-VALUE}")
  private int sidePx = 512;

  @Option(
      names = "--fov",
      paramLabel = "DEG",
      defaultValue = "60",
      description = "their field of view, degrees; default: ${DEFAULT-VALUE}")
  private double fovDegrees = 60;

  @Option(
      names = "--baseline",
      paramLabel = "M",
      defaultValue = "0.063",
      description = "distance of the eyes, metres; default: ${DEFAULT-VALUE}")
  private double baselineMeters = StereoRig.VR180_BASELINE_METERS;

  PinholeCamera view() {
    return view(new ImageSize(sidePx, sidePx));
  }

  /** A view of the given field of view whose size is that of existing pictures. */
  PinholeCamera view(ImageSize size) {
    return PinholeCamera.ofHorizontalFovDegrees(size, fovDegrees);
  }

  StereoRig rig(ImageSize size) {
    return new StereoRig(view(size), baselineMeters);
  }
}
