package org.stereo4d.synthetic.scene;

import java.util.List;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ImageSize;

/** A ball flying and a box turning in a room with a window. */
final class TestScene {
  static final PinholeCamera CAMERA =
      PinholeCamera.ofHorizontalFovDegrees(new ImageSize(96, 72), 70);

  private TestScene() {}

  static SyntheticScene scene() {
    Surface paint = new Surface(NoiseTexture.of(7, new Vec3(0.5, 0.4, 0.6), 0.16), Surface.WALL);
    Surface skin = new Surface(NoiseTexture.of(8, new Vec3(0.6, 0.5, 0.3), 0.16), Surface.BALL);
    Room room =
        new Room(
            new Vec3(-3, -2, -2),
            new Vec3(3, 2, 5),
            new Vec3(0.5, -1.5, 0),
            new Vec3(2.5, -0.2, 0));
    Harmonic flight =
        new Harmonic(new Vec3(-0.3, 0.1, 2.5), new Vec3(0.6, 0, 0.3), Vec3.ZERO, 3, 0.4, Vec3.ZERO);
    Harmonic turning =
        new Harmonic(
            new Vec3(0.7, 0.4, 3), new Vec3(0, 0.2, 0), Vec3.ZERO, 2, 0, new Vec3(0.2, 0.6, 0));
    return new SyntheticScene(
        List.of(
            SceneObject.still("room", room, paint, Trajectory.fixedAt(0, 0, 0)),
            SceneObject.moving("ball", Ellipsoid.sphere(0.45), skin, flight),
            SceneObject.moving("box", Cuboid.ofHalfSides(0.4, 0.3, 0.35), skin, turning)),
        NoiseTexture.of(9, new Vec3(0.6, 0.7, 0.9), 0.08, 0.15, 5));
  }

  /** A camera that moves and turns with time. */
  static View view(double timeSeconds) {
    Rigid3 pose =
        new Rigid3(
            Rotation3.ofYawPitchRollDegrees(3 * timeSeconds, -2 * timeSeconds, timeSeconds),
            new Vec3(0.1 * timeSeconds, 0.05 * timeSeconds, 0.2 * timeSeconds));
    return new View(CAMERA, pose, timeSeconds);
  }
}
