package org.stereo4d.optim.rig;

import java.util.List;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vr180Calibration;

/**
 * Calibration and poses of a clip.
 *
 * @param calibration rotations of both eyes
 * @param worldFromCameras poses of the left rectified view, the first is the identity; empty when
 *     nothing could be solved
 * @param report how it went
 */
public record RigEstimate(
    Vr180Calibration calibration, List<Rigid3> worldFromCameras, RigReport report) {
  /** Keeps its own copy of the poses. */
  public RigEstimate {
    worldFromCameras = List.copyOf(worldFromCameras);
  }
}
