package org.stereo4d.synthetic.scene;

import java.util.List;
import org.stereo4d.run.Check;

/**
 * A world of analytic bodies under a sky at infinity. Axes: x right, y down, z forward; metres.
 *
 * @param objects bodies; those listed first win ties
 * @param sky colour of a ray that meets no body, by its direction
 */
public record SyntheticScene(List<SceneObject> objects, Texture sky) {
  /** Copies the list and checks that there is a body. */
  public SyntheticScene {
    objects = List.copyOf(objects);
    Check.that(!objects.isEmpty(), "a scene needs at least one object, had %s", objects.size());
  }

  /** This scene with every body held where it is at one moment. */
  public SyntheticScene frozenAt(double timeSeconds) {
    return new SyntheticScene(objects.stream().map(o -> o.frozenAt(timeSeconds)).toList(), sky);
  }
}
