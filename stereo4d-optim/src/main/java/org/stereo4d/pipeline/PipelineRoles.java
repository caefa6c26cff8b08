package org.stereo4d.pipeline;

import org.stereo4d.backend.Backends;
import org.stereo4d.depth.StereoFlowEstimator;
import org.stereo4d.depth.sgm.SemiGlobalMatcher;
import org.stereo4d.depth.sgm.SemiGlobalOptions;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.tracking.PointTracker;
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
 */
public record PipelineRoles(
    VideoCodec video, FlowEstimator flow, StereoFlowEstimator stereo, PointTracker tracker) {
  /** FFmpeg, OpenCV's flow, and our own matcher and tracker. */
  public static PipelineRoles defaults() {
    return new PipelineRoles(
        Backends.video("ffmpeg"),
        Backends.flowEstimator("opencv"),
        new SemiGlobalMatcher(SemiGlobalOptions.DEFAULTS.withRangePx(0, 96)),
        new KltTracker(KltOptions.DEFAULTS));
  }

  /** These roles with another matcher. */
  public PipelineRoles withStereo(StereoFlowEstimator stereo) {
    return new PipelineRoles(video, flow, stereo, tracker);
  }

  /** These roles with another tracker. */
  public PipelineRoles withTracker(PointTracker tracker) {
    return new PipelineRoles(video, flow, stereo, tracker);
  }

  /** These roles with another video back end. */
  public PipelineRoles withVideo(VideoCodec video) {
    return new PipelineRoles(video, flow, stereo, tracker);
  }
}
