package org.stereo4d.synthetic;

import java.util.SplittableRandom;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.synthetic.scene.NoiseTexture;
import org.stereo4d.synthetic.scene.Surface;
import org.stereo4d.synthetic.scene.Trajectory;

/** Draws colours and places from a seed; each call takes the next numbers. */
final class ScenePainter {
  private static final double CONTRAST = 0.16;

  private final SplittableRandom random;

  ScenePainter(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A richly textured surface whose mean colour is near the given one. */
  Surface surface(int semanticClass, double red, double green, double blue) {
    return new Surface(noise(red, green, blue), semanticClass);
  }

  NoiseTexture noise(double red, double green, double blue) {
    Vec3 base = new Vec3(red + spread(0.05), green + spread(0.05), blue + spread(0.05));
    return NoiseTexture.of(random.nextLong(), base, CONTRAST);
  }

  /** Clouds on a bright sky; cells in radians. */
  NoiseTexture sky() {
    return NoiseTexture.of(random.nextLong(), new Vec3(0.62, 0.74, 0.88), 0.08, 0.15, 6);
  }

  /** A place near the given one, turned about the vertical by up to 30 degrees. */
  Trajectory place(double x, double y, double z) {
    Rotation3 turn = Rotation3.ofYawPitchRollDegrees(spread(30), 0, 0);
    return Trajectory.fixed(new Rigid3(turn, new Vec3(x + spread(0.12), y, z + spread(0.12))));
  }

  /** An even number in {@code [-half, half)}. */
  double spread(double half) {
    return half * (2 * random.nextDouble() - 1);
  }

  long nextSeed() {
    return random.nextLong();
  }
}
