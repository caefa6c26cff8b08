package org.stereo4d.pipeline;

import java.util.Optional;
import org.stereo4d.backend.Backends;
import org.stereo4d.camera.PoseSource;
import org.stereo4d.depth.StereoFlowEstimator;
import org.stereo4d.depth.sgm.SemiGlobalMatcher;
import org.stereo4d.depth.sgm.SemiGlobalOptions;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.tracking.PointTracker;
import org.stereo4d.tracking.drift.Segmenter;
import org.stereo4d.tracking.klt.KltOptions;
import org.stereo4d.tracking.klt.KltTracker;
import org.stereo4d.video.VideoCodec;

/**
 * Who does what.
 *
 * @param video reads the source
 * @param flow measures disparity for the doctor
 * @param stereo matches the views
 * @param tracker follows points
 * @param segmenter feeds the drift filter; without one the filter says it was skipped
 * @param poses of the left rectified view, in place of those of a clip file or of estimated ones;
 *     without a clip file the rig then counts as aligned
 */
public record PipelineRoles(
    VideoCodec video,
    FlowEstimator flow,
    StereoFlowEstimator stereo,
    PointTracker tracker,
    Optional<Segmenter> segmenter,
    Optional<PoseSource> poses) {
  /** FFmpeg, OpenCV's flow, and our own matcher and tracker. */
  public static PipelineRoles defaults() {
    return new PipelineRoles(
        Backends.video("ffmpeg"),
        Backends.flowEstimator("opencv"),
        new SemiGlobalMatcher(SemiGlobalOptions.DEFAULTS.withRangePx(0, 96)),
        new KltTracker(KltOptions.DEFAULTS),
        Optional.empty(),
        Optional.empty());
  }

  /** These roles with another matcher. */
  public PipelineRoles withStereo(StereoFlowEstimator stereo) {
    return new PipelineRoles(video, flow, stereo, tracker, segmenter, poses);
  }

  /** These roles with another tracker. */
  public PipelineRoles withTracker(PointTracker tracker) {
    return new PipelineRoles(video, flow, stereo, tracker, segmenter, poses);
  }

  /** These roles with another video back end. */
  public PipelineRoles withVideo(VideoCodec video) {
    return new PipelineRoles(video, flow, stereo, tracker, segmenter, poses);
  }

  /** These roles with a segmentation for the drift filter. */
  public PipelineRoles withSegmenter(Segmenter segmenter) {
    return new PipelineRoles(video, flow, stereo, tracker, Optional.of(segmenter), poses);
  }

  /** These roles with given poses, such as those of a COLMAP model or a TUM trajectory. */
  public PipelineRoles withPoses(PoseSource poses) {
    return new PipelineRoles(video, flow, stereo, tracker, segmenter, Optional.of(poses));
  }

  /** What a role is played by, as far as a resumed run can tell. */
  static String name(Object role) {
    Object player = role instanceof Optional<?> optional ? optional.orElse(null) : role;
    return player == null ? " none" : " " + player.getClass().getName();
  }
}
