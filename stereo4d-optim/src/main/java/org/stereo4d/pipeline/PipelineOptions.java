package org.stereo4d.pipeline;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.depth.DepthLookup;
import org.stereo4d.depth.StereoDepthOptions;
import org.stereo4d.image.ImageSize;
import org.stereo4d.optim.quality.QualityOptions;
import org.stereo4d.optim.rig.RigEstimatorOptions;
import org.stereo4d.optim.track.TrackOptimizerOptions;
import org.stereo4d.tracking.LiftOptions;
import org.stereo4d.tracking.QueryGrid;
import org.stereo4d.tracking.TrackPruner;
import org.stereo4d.tracking.drift.DriftFilterOptions;
import org.stereo4d.video.doctor.DoctorOptions;

/**
 * How a clip is processed.
 *
 * @param view camera of the views; 512x512 and 60 degrees
 * @param baselineMeters distance of the eyes; 0.063
 * @param doctor limits of the examination
 * @param refuseUnusable whether an error of the doctor ends the run
 * @param rig estimation of poses, without a clip file
 * @param depth which matches become depth
 * @param queries where tracks start
 * @param pruner which tracks are redundant
 * @param lift reading of depth; FLOOR, which is consistent with raster coordinates
 * @param optimizer of the tracks
 * @param drift rules of the drift filter
 * @param quality which optimised tracks are kept
 * @param videos written beside the data
 */
public record PipelineOptions(
    PinholeCamera view,
    double baselineMeters,
    DoctorOptions doctor,
    boolean refuseUnusable,
    RigEstimatorOptions rig,
    StereoDepthOptions depth,
    QueryGrid queries,
    TrackPruner pruner,
    LiftOptions lift,
    TrackOptimizerOptions optimizer,
    DriftFilterOptions drift,
    QualityOptions quality,
    Set<ClipVideo> videos) {
  /** The values named at each component. */
  public static final PipelineOptions DEFAULTS =
      new PipelineOptions(
          PinholeCamera.ofHorizontalFovDegrees(new ImageSize(512, 512), 60),
          0.063,
          DoctorOptions.DEFAULTS,
          true,
          RigEstimatorOptions.DEFAULTS,
          StereoDepthOptions.DEFAULTS,
          QueryGrid.DEFAULTS,
          TrackPruner.DEFAULTS,
          LiftOptions.DEFAULTS.withLookup(DepthLookup.FLOOR),
          TrackOptimizerOptions.DEFAULTS,
          DriftFilterOptions.DEFAULTS,
          QualityOptions.DEFAULTS,
          EnumSet.of(
              ClipVideo.LEFT_VIEW,
              ClipVideo.MATCHED_DEPTH,
              ClipVideo.TRACK_DEPTH,
              ClipVideo.TRAILS,
              ClipVideo.OPTIMIZED_TRAILS,
              ClipVideo.WORLD_BEFORE_AFTER));

  /** Copies the set, in the order of the videos. */
  public PipelineOptions {
    videos = videos.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(videos));
  }

  /** These options with other views. */
  public PipelineOptions withView(PinholeCamera view) {
    return new PipelineOptions(
        view,
        baselineMeters,
        doctor,
        refuseUnusable,
        rig,
        depth,
        queries,
        pruner,
        lift,
        optimizer,
        drift,
        quality,
        videos);
  }

  /** These options with another examination. */
  public PipelineOptions withDoctor(DoctorOptions doctor, boolean refuseUnusable) {
    return new PipelineOptions(
        view,
        baselineMeters,
        doctor,
        refuseUnusable,
        rig,
        depth,
        queries,
        pruner,
        lift,
        optimizer,
        drift,
        quality,
        videos);
  }

  /** These options with another estimation of poses. */
  public PipelineOptions withRig(RigEstimatorOptions rig) {
    return new PipelineOptions(
        view,
        baselineMeters,
        doctor,
        refuseUnusable,
        rig,
        depth,
        queries,
        pruner,
        lift,
        optimizer,
        drift,
        quality,
        videos);
  }

  /** These options with other rules for depth. */
  public PipelineOptions withDepth(StereoDepthOptions depth) {
    return new PipelineOptions(
        view,
        baselineMeters,
        doctor,
        refuseUnusable,
        rig,
        depth,
        queries,
        pruner,
        lift,
        optimizer,
        drift,
        quality,
        videos);
  }

  /** These options with other queries. */
  public PipelineOptions withQueries(QueryGrid queries) {
    return new PipelineOptions(
        view,
        baselineMeters,
        doctor,
        refuseUnusable,
        rig,
        depth,
        queries,
        pruner,
        lift,
        optimizer,
        drift,
        quality,
        videos);
  }

  /** These options with another optimisation. */
  public PipelineOptions withOptimizer(TrackOptimizerOptions optimizer) {
    return new PipelineOptions(
        view,
        baselineMeters,
        doctor,
        refuseUnusable,
        rig,
        depth,
        queries,
        pruner,
        lift,
        optimizer,
        drift,
        quality,
        videos);
  }

  /** These options with other rules of the drift filter. */
  public PipelineOptions withDrift(DriftFilterOptions drift) {
    return new PipelineOptions(
        view,
        baselineMeters,
        doctor,
        refuseUnusable,
        rig,
        depth,
        queries,
        pruner,
        lift,
        optimizer,
        drift,
        quality,
        videos);
  }

  /** These options with other limits of track quality. */
  public PipelineOptions withQuality(QualityOptions quality) {
    return new PipelineOptions(
        view,
        baselineMeters,
        doctor,
        refuseUnusable,
        rig,
        depth,
        queries,
        pruner,
        lift,
        optimizer,
        drift,
        quality,
        videos);
  }

  /** These options with other videos; none for data alone. */
  public PipelineOptions withVideos(Set<ClipVideo> videos) {
    return new PipelineOptions(
        view,
        baselineMeters,
        doctor,
        refuseUnusable,
        rig,
        depth,
        queries,
        pruner,
        lift,
        optimizer,
        drift,
        quality,
        videos);
  }
}
