package org.stereo4d.pipeline;

import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.depth.DepthLookup;
import org.stereo4d.depth.StereoDepthOptions;
import org.stereo4d.image.ImageSize;
import org.stereo4d.optim.rig.RigEstimatorOptions;
import org.stereo4d.optim.track.TrackOptimizerOptions;
import org.stereo4d.tracking.LiftOptions;
import org.stereo4d.tracking.QueryGrid;
import org.stereo4d.tracking.TrackPruner;
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
    TrackOptimizerOptions optimizer) {
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
          TrackOptimizerOptions.DEFAULTS);

  /** These options with other views. */
  public PipelineOptions withView(PinholeCamera view) {
    return new PipelineOptions(
        view, baselineMeters, doctor, refuseUnusable, rig, depth, queries, pruner, lift, optimizer);
  }

  /** These options with another examination. */
  public PipelineOptions withDoctor(DoctorOptions doctor, boolean refuseUnusable) {
    return new PipelineOptions(
        view, baselineMeters, doctor, refuseUnusable, rig, depth, queries, pruner, lift, optimizer);
  }

  /** These options with another estimation of poses. */
  public PipelineOptions withRig(RigEstimatorOptions rig) {
    return new PipelineOptions(
        view, baselineMeters, doctor, refuseUnusable, rig, depth, queries, pruner, lift, optimizer);
  }

  /** These options with other rules for depth. */
  public PipelineOptions withDepth(StereoDepthOptions depth) {
    return new PipelineOptions(
        view, baselineMeters, doctor, refuseUnusable, rig, depth, queries, pruner, lift, optimizer);
  }

  /** These options with other queries. */
  public PipelineOptions withQueries(QueryGrid queries) {
    return new PipelineOptions(
        view, baselineMeters, doctor, refuseUnusable, rig, depth, queries, pruner, lift, optimizer);
  }

  /** These options with another optimisation. */
  public PipelineOptions withOptimizer(TrackOptimizerOptions optimizer) {
    return new PipelineOptions(
        view, baselineMeters, doctor, refuseUnusable, rig, depth, queries, pruner, lift, optimizer);
  }
}
