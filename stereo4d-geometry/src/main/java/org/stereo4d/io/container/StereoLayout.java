package org.stereo4d.io.container;

/** Where the views of both eyes lie in a frame. */
public enum StereoLayout {
  /** One view. */
  MONO,
  /** Left eye on top. */
  TOP_BOTTOM,
  /** Right eye on top; Matroska only. */
  BOTTOM_TOP,
  /** Left eye on the left. */
  LEFT_RIGHT,
  /** Right eye on the left. */
  RIGHT_LEFT,
  /** As the mesh projection says; MP4 only. */
  BY_MESH
}
