package org.stereo4d.synthetic;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.camera.Vec3;
import org.stereo4d.synthetic.scene.Cuboid;
import org.stereo4d.synthetic.scene.Ellipsoid;
import org.stereo4d.synthetic.scene.NoiseTexture;
import org.stereo4d.synthetic.scene.Room;
import org.stereo4d.synthetic.scene.SceneObject;
import org.stereo4d.synthetic.scene.Shape;
import org.stereo4d.synthetic.scene.Surface;
import org.stereo4d.synthetic.scene.SyntheticScene;
import org.stereo4d.synthetic.scene.Trajectory;
import org.stereo4d.synthetic.scene.WaveTexture;

/**
 * A walled garden with a waterfall, a pond and rocks. All bodies rest; the waves on the water
 * travel and repeat after a known time. Seen from about the origin along +z.
 */
final class WaterGarden {
  private static final double WAVE_AMPLITUDE = 0.06;

  private final ScenePainter painter;
  private final double periodSeconds;
  private final List<SceneObject> objects = new ArrayList<>();

  private WaterGarden(long seed, double periodSeconds) {
    this.painter = new ScenePainter(seed);
    this.periodSeconds = periodSeconds;
  }

  static SyntheticScene scene(long seed, double periodSeconds) {
    WaterGarden garden = new WaterGarden(seed, periodSeconds);
    garden.addWalls();
    garden.addWater("fall", Cuboid.ofHalfSides(0.75, 1.15, 0.06), 0.45, 0.2, 4.6);
    garden.addWater("pond", Cuboid.ofHalfSides(1.25, 0.05, 0.75), 0.45, 1.3, 3.75);
    garden.addRock(Cuboid.ofHalfSides(0.4, 0.45, 0.35), -1.25, 0.95, 3.5);
    garden.addRock(new Ellipsoid(new Vec3(0.35, 0.3, 0.3)), 1.75, 1.1, 3.0);
    garden.addRock(Ellipsoid.sphere(0.25), -0.75, 0.55, 2.6);
    garden.addRock(Cuboid.ofHalfSides(0.2, 0.9, 0.2), -1.9, 0.45, 4.3);
    return new SyntheticScene(garden.objects, garden.painter.sky());
  }

  private void addWalls() {
    Room shape = Room.closed(new Vec3(-4, -3, -3), new Vec3(4, 1.35, 5));
    Surface wall = painter.surface(Surface.BUILDING, 0.52, 0.5, 0.46);
    Surface ground = painter.surface(Surface.EARTH, 0.42, 0.4, 0.32);
    List<Surface> faces = List.of(wall, wall, wall, ground, wall, wall);
    objects.add(new SceneObject("walls", shape, faces, Trajectory.fixedAt(0, 0, 0), false));
  }

  private void addWater(String name, Shape shape, double x, double y, double z) {
    NoiseTexture bed = painter.noise(0.36, 0.48, 0.56);
    WaveTexture waves = WaveTexture.of(painter.nextSeed(), bed, periodSeconds, WAVE_AMPLITUDE);
    Surface water = new Surface(waves, Surface.WATER);
    objects.add(SceneObject.moving(name, shape, water, Trajectory.fixedAt(x, y, z)));
  }

  private void addRock(Shape shape, double x, double y, double z) {
    Surface stone = painter.surface(Surface.EARTH, 0.5, 0.46, 0.42);
    objects.add(SceneObject.still("rock", shape, stone, painter.place(x, y, z)));
  }
}
