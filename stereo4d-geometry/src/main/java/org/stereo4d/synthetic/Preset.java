package org.stereo4d.synthetic;

import org.stereo4d.synthetic.scene.SyntheticScene;

/** Named worlds with the options that go with them. */
public enum Preset {
  /** A furnished room from a tripod: nothing moves but the noise. */
  STATIC_ROOM("static room", SceneOptions.DEFAULTS),
  /** The same room from a walking camera, 120 frames. */
  WALKING_CAMERA(
      "walking camera",
      SceneOptions.DEFAULTS.withCameraMotion(CameraMotion.WALKING).withFrameCount(120)),
  /** People, balls and boxes move before a hand-held camera, over more than 40 % of the view. */
  MOVING_OBJECTS("moving objects", SceneOptions.DEFAULTS.withCameraMotion(CameraMotion.HANDHELD)),
  /** One picture, repeated: all frames are equal. */
  STILL_CLIP("still clip", SceneOptions.DEFAULTS.withFrozen(true)),
  /** Moving objects, both eyes showing the same picture. */
  MONO("mono", MOVING_OBJECTS.options.withEyes(EyeLayout.MONO)),
  /** Moving objects, left and right exchanged. */
  EYES_SWAPPED("eyes swapped", MOVING_OBJECTS.options.withEyes(EyeLayout.SWAPPED)),
  /** A waterfall and a pond before rocks, repeating every second; see {@link SyntheticLoop}. */
  WATER("water", SceneOptions.DEFAULTS.withFramesPerSecond(25));

  private final String title;
  private final SceneOptions options;

  Preset(String title, SceneOptions options) {
    this.title = title;
    this.options = options;
  }

  /** The name for people and for command lines. */
  public String title() {
    return title;
  }

  /** The options that go with it. */
  public SceneOptions options() {
    return options;
  }

  /** The world, with places and textures drawn by the seed. */
  public SyntheticScene scene(long seed) {
    return switch (this) {
      case STATIC_ROOM, WALKING_CAMERA -> RoomFurniture.staticRoom(seed);
      case MOVING_OBJECTS, STILL_CLIP, MONO, EYES_SWAPPED -> RoomFurniture.movingObjects(seed);
      case WATER -> WaterGarden.scene(seed, 1);
    };
  }
}
