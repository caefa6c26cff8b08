package org.stereo4d.optim.track;

import java.util.List;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.depth.StereoRig;
import org.stereo4d.run.Check;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.MotionMagnitude;

/**
 * Lifted tracks and what is known about them.
 *
 * @param raw lifted points, world frame, metres
 * @param mask n x T frames to optimise: visibility eroded in time (spec F.2)
 * @param dynamicShare n weights w of the dynamic terms, in [0, 1]; NaN for tracks to skip
 * @param worldFromCameras T poses of the left view
 * @param rig camera and baseline the depth came from
 */
public record TrackProblem(
    Tracks3d raw,
    boolean[] mask,
    double[] dynamicShare,
    List<Rigid3> worldFromCameras,
    StereoRig rig) {
  private static final int EROSION_FRAMES = 5;
  private static final double MOTION_SHARE = 0.9;
  private static final double MOTION_MIDDLE_PX = 20;

  /** Checks the sizes. */
  public TrackProblem {
    Check.that(
        mask.length == (long) raw.count() * raw.frameCount(),
        "mask must hold %s x %s flags, held %s",
        raw.count(),
        raw.frameCount(),
        mask.length);
    Check.that(
        dynamicShare.length == raw.count(),
        "dynamicShare must hold %s weights, held %s",
        raw.count(),
        dynamicShare.length);
    Check.that(
        worldFromCameras.size() == raw.frameCount(),
        "%s frames need as many poses, had %s",
        raw.frameCount(),
        worldFromCameras.size());
    worldFromCameras = List.copyOf(worldFromCameras);
  }

  /**
   * The problem as the reference poses it: visibility eroded by 5 frames, and a weight of the
   * dynamic terms of {@code 1 / (1 + exp(20 - m))}, where m is the 90th percentile of the motion of
   * the track in pixels (spec F.4).
   */
  public static TrackProblem of(Tracks3d raw, List<Rigid3> worldFromCameras, StereoRig rig) {
    boolean[] mask = raw.erodedVisibility(EROSION_FRAMES);
    MotionMagnitude motion = MotionMagnitude.of(raw, rig.view(), worldFromCameras);
    double[] share = new double[raw.count()];
    for (int i = 0; i < share.length; i++) {
      double percentile = motion.percentilePx(i, mask, MOTION_SHARE);
      share[i] = 1 / (1 + Math.exp(MOTION_MIDDLE_PX - percentile));
    }
    return new TrackProblem(raw, mask, share, worldFromCameras, rig);
  }
}
