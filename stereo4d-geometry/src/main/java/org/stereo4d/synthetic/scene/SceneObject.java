package org.stereo4d.synthetic.scene;

import java.util.List;
import org.stereo4d.run.Check;

/**
 * A rigid, textured body.
 *
 * @param name for people
 * @param shape its surface
 * @param faces one surface per face of the shape, or a single one for all of them
 * @param motion pose at any time
 * @param moving whether the motion is anything but rest, or the texture changes
 */
public record SceneObject(
    String name, Shape shape, List<Surface> faces, Trajectory motion, boolean moving) {
  /** Copies the faces and checks their number. */
  public SceneObject {
    faces = List.copyOf(faces);
    Check.that(
        faces.size() == 1 || faces.size() == shape.faceCount(),
        "object %s needs 1 or %s faces, had %s",
        name,
        shape.faceCount(),
        faces.size());
  }

  /** A body at rest. */
  public static SceneObject still(String name, Shape shape, Surface surface, Trajectory motion) {
    return new SceneObject(name, shape, List.of(surface), motion, false);
  }

  /** A body that moves. */
  public static SceneObject moving(String name, Shape shape, Surface surface, Trajectory motion) {
    return new SceneObject(name, shape, List.of(surface), motion, true);
  }

  /** The surface of a face. */
  public Surface surface(int face) {
    return faces.size() == 1 ? faces.get(0) : faces.get(face);
  }

  SceneObject frozenAt(double timeSeconds) {
    return new SceneObject(name, shape, faces, motion.frozenAt(timeSeconds), false);
  }
}
