package org.stereo4d.pipeline;

/** Videos a run can write beside its data (spec A.2), named as the reference names them. */
public enum ClipVideo {
  /** Rectified left views. */
  LEFT_VIEW("left_rectified"),
  /** Rectified right views. */
  RIGHT_VIEW("right_rectified"),
  /** Depth as it was matched, coloured alike in all frames. */
  MATCHED_DEPTH("raw_depth"),
  /** Depth of the optimised tracks, nearest point of each pixel. */
  TRACK_DEPTH("optimized_depth"),
  /** Trails of 2D tracks over the left view. */
  TRAILS("tapir_2d"),
  /** Trails of the moving points before optimisation, the camera's motion taken out. */
  LIFTED_TRAILS("dyna_2dtrack-original"),
  /** The same after optimisation. */
  OPTIMIZED_TRAILS("dyna_2dtrack-optimized"),
  /** The moving points in the world, before and after, beside each other. */
  WORLD_BEFORE_AFTER("dyna_3dtrack_concated");

  private final String fileName;

  ClipVideo(String fileName) {
    this.fileName = fileName;
  }

  /** Name of the file without the clip's name and ending. */
  public String fileName() {
    return fileName;
  }
}
