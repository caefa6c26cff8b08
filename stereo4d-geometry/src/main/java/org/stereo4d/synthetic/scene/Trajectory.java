package org.stereo4d.synthetic.scene;

import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;

/** How a rigid body, or a camera, moves through the world. */
@FunctionalInterface
public interface Trajectory {
  /** Pose at a time, metres; a pure function of the time. */
  Rigid3 worldFromBody(double timeSeconds);

  /** A body that stays where it is. */
  static Trajectory fixed(Rigid3 worldFromBody) {
    return timeSeconds -> worldFromBody;
  }

  /** A body that stays at a place, axes parallel to the world's. */
  static Trajectory fixedAt(double xMeters, double yMeters, double zMeters) {
    return fixed(new Rigid3(Rotation3.IDENTITY, new Vec3(xMeters, yMeters, zMeters)));
  }

  /** A part fixed to this body. */
  default Trajectory attach(Rigid3 bodyFromPart) {
    return timeSeconds -> worldFromBody(timeSeconds).compose(bodyFromPart);
  }

  /** The pose of one moment, held for ever. */
  default Trajectory frozenAt(double timeSeconds) {
    return fixed(worldFromBody(timeSeconds));
  }
}
