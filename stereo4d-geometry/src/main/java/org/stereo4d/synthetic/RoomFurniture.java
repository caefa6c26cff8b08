package org.stereo4d.synthetic;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.synthetic.scene.Cuboid;
import org.stereo4d.synthetic.scene.Ellipsoid;
import org.stereo4d.synthetic.scene.Harmonic;
import org.stereo4d.synthetic.scene.Room;
import org.stereo4d.synthetic.scene.SceneObject;
import org.stereo4d.synthetic.scene.Shape;
import org.stereo4d.synthetic.scene.Surface;
import org.stereo4d.synthetic.scene.SyntheticScene;
import org.stereo4d.synthetic.scene.Trajectory;

/**
 * A room of 7 x 2.7 x 9 m with a window, furniture along its walls, and people and things that move
 * in the middle. The camera starts at the origin, 1.5 m above the floor.
 */
final class RoomFurniture {
  private static final double FLOOR_METERS = 1.5;

  private final ScenePainter painter;
  private final List<SceneObject> objects = new ArrayList<>();

  private RoomFurniture(long seed) {
    this.painter = new ScenePainter(seed);
  }

  static SyntheticScene staticRoom(long seed) {
    RoomFurniture room = new RoomFurniture(seed);
    room.addRoom();
    room.addFurniture();
    return new SyntheticScene(room.objects, room.painter.sky());
  }

  static SyntheticScene movingObjects(long seed) {
    RoomFurniture room = new RoomFurniture(seed);
    room.addRoom();
    room.addFurniture();
    room.addPeople();
    room.addThings();
    return new SyntheticScene(room.objects, room.painter.sky());
  }

  private void addRoom() {
    Room shape =
        new Room(
            new Vec3(-3.5, FLOOR_METERS - 2.7, -3),
            new Vec3(3.5, FLOOR_METERS, 6),
            new Vec3(0.3, -0.9, 0),
            new Vec3(2.0, 0.1, 0));
    List<Surface> faces =
        List.of(
            painter.surface(Surface.WALL, 0.50, 0.46, 0.42),
            painter.surface(Surface.WALL, 0.46, 0.50, 0.46),
            painter.surface(Surface.CEILING, 0.60, 0.60, 0.58),
            painter.surface(Surface.FLOOR, 0.46, 0.38, 0.32),
            painter.surface(Surface.WALL, 0.50, 0.50, 0.50),
            painter.surface(Surface.WALL, 0.48, 0.48, 0.54));
    objects.add(new SceneObject("room", shape, faces, Trajectory.fixedAt(0, 0, 0), false));
  }

  private void addFurniture() {
    still("table", Cuboid.ofHalfSides(0.6, 0.38, 0.45), Surface.TABLE, -1.7, 1.12, 3.4);
    still("cabinet", Cuboid.ofHalfSides(0.45, 1.0, 0.35), Surface.CABINET, 2.6, 0.5, 4.3);
    still("box", Cuboid.ofHalfSides(0.28, 0.28, 0.28), Surface.BOX, 1.5, 1.22, 3.1);
    still("bush", new Ellipsoid(new Vec3(0.45, 0.7, 0.45)), Surface.PLANT, -2.6, 0.8, 5.0);
    still("ball", Ellipsoid.sphere(0.24), Surface.BALL, -0.2, 1.26, 4.6);
    still("shelf", Cuboid.ofHalfSides(0.3, 0.9, 0.5), Surface.CABINET, -3.0, 0.6, 1.6);
    still("crate", Cuboid.ofHalfSides(0.35, 0.35, 0.35), Surface.BOX, 2.6, 1.15, 1.8);
  }

  private void still(String name, Shape shape, int semanticClass, double x, double y, double z) {
    objects.add(SceneObject.still(name, shape, anyColor(semanticClass), painter.place(x, y, z)));
  }

  private Surface anyColor(int semanticClass) {
    return painter.surface(
        semanticClass,
        0.5 + painter.spread(0.14),
        0.48 + painter.spread(0.14),
        0.46 + painter.spread(0.14));
  }

  private void addPeople() {
    addPerson(new Vec3(-0.55, 0, 2.2), new Vec3(0.5, 0, 0.1), 5.5);
    addPerson(new Vec3(0.6, 0, 2.6), new Vec3(-0.45, 0, 0.25), 4.6);
    addPerson(new Vec3(0.1, 0, 3.3), new Vec3(1.1, 0, -0.1), 6.5);
  }

  /** Body, legs and head move as one, to and fro and slowly turning. */
  private void addPerson(Vec3 center, Vec3 swing, double periodSeconds) {
    Trajectory motion = harmonic(center, swing, periodSeconds, 0.25);
    Surface coat = painter.surface(Surface.PERSON, 0.56, 0.38, 0.36);
    Surface skin = painter.surface(Surface.PERSON, 0.66, 0.52, 0.44);
    addPart("body", new Vec3(0.34, 0.52, 0.22), 0.3, coat, motion);
    addPart("legs", new Vec3(0.22, 0.58, 0.18), 0.92, coat, motion);
    addPart("head", new Vec3(0.14, 0.18, 0.15), -0.3, skin, motion);
  }

  private void addPart(
      String name, Vec3 radii, double downMeters, Surface surface, Trajectory motion) {
    Rigid3 bodyFromPart = new Rigid3(Rotation3.IDENTITY, new Vec3(0, downMeters, 0));
    objects.add(
        SceneObject.moving(name, new Ellipsoid(radii), surface, motion.attach(bodyFromPart)));
  }

  private void addThings() {
    move("balloon", Ellipsoid.sphere(0.36), Surface.BALL, new Vec3(-0.75, -0.5, 2.3), 4.2);
    move("kite", Cuboid.ofHalfSides(0.4, 0.28, 0.08), Surface.BOX, new Vec3(0.55, -0.62, 2.4), 5);
    move("parcel", Cuboid.ofHalfSides(0.28, 0.28, 0.28), Surface.BOX, new Vec3(0, 0.6, 2.1), 3.8);
    move("big ball", Ellipsoid.sphere(0.4), Surface.BALL, new Vec3(0.9, 0.6, 2.25), 4.5);
  }

  private void move(String name, Shape shape, int semanticClass, Vec3 center, double seconds) {
    Vec3 swing = new Vec3(0.22 + painter.spread(0.06), 0.1 + painter.spread(0.05), 0.08);
    objects.add(
        SceneObject.moving(
            name, shape, anyColor(semanticClass), harmonic(center, swing, seconds, 0.5)));
  }

  /** An ellipse with a steady turn about the vertical, some of it about the other axes. */
  private Trajectory harmonic(
      Vec3 center, Vec3 swing, double periodSeconds, double radiansPerSecond) {
    Vec3 aside = new Vec3(-0.2 * swing.y(), 0.3 * swing.y(), 0.3 * swing.x());
    Vec3 spin = new Vec3(0, radiansPerSecond * (painter.spread(1) < 0 ? -1 : 1), 0);
    return new Harmonic(center, swing, aside, periodSeconds, painter.spread(Math.PI), spin);
  }
}
