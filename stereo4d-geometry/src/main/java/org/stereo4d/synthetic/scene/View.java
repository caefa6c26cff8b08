package org.stereo4d.synthetic.scene;

import org.stereo4d.camera.Camera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;

/**
 * A camera at a place and a moment.
 *
 * @param camera any model
 * @param worldFromCamera its pose, metres
 * @param timeSeconds when it looks
 */
public record View(Camera camera, Rigid3 worldFromCamera, double timeSeconds) {
  /** The same camera displaced along its own +x: the right view of a rectified pair. */
  public View displacedRight(double baselineMeters) {
    Rigid3 leftFromRight = new Rigid3(Rotation3.IDENTITY, new Vec3(baselineMeters, 0, 0));
    return new View(camera, worldFromCamera.compose(leftFromRight), timeSeconds);
  }
}
