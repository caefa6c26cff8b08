package org.stereo4d.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.run.Progress;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.doctor.Diagnosis;
import org.stereo4d.video.doctor.VideoDoctor;

/** Runs every stage of Stereo4D on one clip; see the package. */
public final class Stereo4dPipeline {
  private final PipelineRoles roles;
  private final PipelineOptions options;

  /** A pipeline with the given roles and options. */
  public Stereo4dPipeline(PipelineRoles roles, PipelineOptions options) {
    this.roles = roles;
    this.options = options;
  }

  /**
   * Processes a clip into a folder, which may hold an earlier, unfinished run.
   *
   * @throws IOException if the source is unusable; the message says why and what to do
   */
  public PipelineResult run(ClipInput input, Path folder, Progress progress) throws IOException {
    ClipRun run = new ClipRun(input, folder, roles, options, progress);
    examine(run);
    Path posesFile = run.output("poses.npz");
    run.stage(
        "poses",
        options.rig() + PipelineRoles.name(roles.poses()) + PipelineRoles.name(roles.tracker()),
        List.of(posesFile),
        () -> new PoseStage(run).write(posesFile));
    StereoClip posed = StereoClip.read(posesFile);
    DepthFolder depths = run.depths(posed.frameCount());
    run.stage(
        "depth",
        options.depth() + PipelineRoles.name(roles.stereo()),
        depths.files(),
        () -> new DepthStage(run).write(posed, depths));
    TrackStage tracking = new TrackStage(run);
    Path tracked = run.output("tracks2d.npz");
    run.stage(
        "tracks",
        options.queries() + " " + options.pruner() + PipelineRoles.name(roles.tracker()),
        List.of(tracked),
        () -> tracking.track(posed, tracked));
    Path filtered = run.output("tracks2d_filtered.npz");
    run.stage(
        "filter",
        options.drift() + PipelineRoles.name(roles.segmenter()),
        List.of(filtered),
        () -> tracking.filter(posed, depths, tracked, filtered));
    OptimizeStage.Outputs results = OptimizeStage.Outputs.of(run);
    run.stage(
        "optimise",
        options.lift() + " " + options.optimizer() + " " + options.quality(),
        results.all(),
        () -> new OptimizeStage(run).write(posed, depths, filtered, results));
    run.stage(
        "videos",
        options.videos(),
        VideoStage.outputs(run),
        () -> new VideoStage(run).write(posed, depths, filtered, results));
    return new PipelineResult(
        results.clip(), folder, ClipStatistics.of(run.facts("optimise")), run.stagesRun());
  }

  private void examine(ClipRun run) throws IOException {
    Diagnosis diagnosis;
    try (VideoReader reader = run.roles.video().open(run.input.video())) {
      Vr180Calibration calibration =
          run.input.clip().isPresent()
              ? StereoClip.read(run.input.clip().get()).calibration()
              : Vr180Calibration.IDENTITY;
      diagnosis = new VideoDoctor(options.doctor(), roles.flow()).examine(reader, calibration);
    }
    run.note("doctor", diagnosis.summary());
    if (options.refuseUnusable() && !diagnosis.isUsable()) {
      throw new IOException(run.input.video() + ": " + diagnosis.summary());
    }
  }
}
