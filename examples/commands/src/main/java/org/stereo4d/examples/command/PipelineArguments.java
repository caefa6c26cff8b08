package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.stereo4d.depth.StereoDepthOptions;
import org.stereo4d.examples.console.Console;
import org.stereo4d.io.pose.TumTrajectory;
import org.stereo4d.network.Device;
import org.stereo4d.optim.rig.RigEstimatorOptions;
import org.stereo4d.pipeline.PipelineOptions;
import org.stereo4d.pipeline.PipelineRoles;
import org.stereo4d.pipeline.Stereo4dPipeline;
import org.stereo4d.tracking.network.DeepLabSegmenter;
import org.stereo4d.video.doctor.DoctorOptions;
import org.stereo4d.video.doctor.Finding;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How clips are processed, one or many. */
final class PipelineArguments implements AutoCloseable {
  /** Views of which the rule against depth edges was made. */
  private static final double USUAL_SIDE_PX = 512;

  @Mixin private final ViewArguments view = new ViewArguments();
  @Mixin private final MatcherArguments matcher = new MatcherArguments();
  @Mixin private final TrackerArguments tracker = new TrackerArguments();

  @Option(
      names = "--working-size",
      paramLabel = "PX",
      defaultValue = "768",
      description = "side of the views for poses; default: ${DEFAULT-VALUE}")
  private int workingSidePx = 768;

  @Option(
      names = "--poses",
      paramLabel = "FILE.txt",
      description = "poses of the left view as a TUM trajectory, instead of estimated ones")
  private Optional<Path> poses = Optional.empty();

  @Option(
      names = "--segmenter-network",
      paramLabel = "FILE.pt",
      description = "a DeepLab-class TorchScript network for the drift filter")
  private Optional<Path> segmenterNetwork = Optional.empty();

  @Option(names = "--no-videos", description = "write data alone, no videos for people")
  private boolean noVideos;

  private Optional<DeepLabSegmenter> loaded = Optional.empty();

  @Option(names = "--accept-any", description = "go on although the doctor finds errors")
  private boolean acceptAny;

  @Option(names = "--resume", description = "go on with an earlier run in the same folder")
  private boolean resume;

  Stereo4dPipeline pipeline(Device device) throws IOException {
    PipelineRoles roles =
        PipelineRoles.defaults()
            .withStereo(matcher.matcher(device))
            .withTracker(tracker.tracker(device));
    if (segmenterNetwork.isPresent()) {
      DeepLabSegmenter segmenter = DeepLabSegmenter.load(segmenterNetwork.get(), device);
      loaded = Optional.of(segmenter);
      roles = roles.withSegmenter(segmenter);
    }
    if (poses.isPresent()) {
      roles = roles.withPoses(TumTrajectory.read(poses.get()));
    }
    return new Stereo4dPipeline(roles, options());
  }

  /** The options of a run. */
  PipelineOptions options() {
    double coarser = USUAL_SIDE_PX / view.view().size().width();
    PipelineOptions defaults = PipelineOptions.DEFAULTS;
    return defaults
        .withVideos(noVideos ? Set.of() : defaults.videos())
        .withView(view.view())
        .withDoctor(
            DoctorOptions.DEFAULTS.withMinHeightPx(1920, Finding.Severity.WARNING), !acceptAny)
        // the rule compares neighbouring pixels: wider pixels step farther on the same surface
        .withDepth(
            StereoDepthOptions.DEFAULTS.withGradientShare(
                StereoDepthOptions.DEFAULTS.gradientShare() * Math.max(1, coarser)))
        .withRig(RigEstimatorOptions.DEFAULTS.withView(workingSidePx, 90))
        .withQueries(tracker.queries());
  }

  /** What each network of a run does, and its file. */
  Map<String, Path> networks() {
    Map<String, Path> out = new LinkedHashMap<>();
    matcher.network().ifPresent(file -> out.put("matches the eyes", file));
    tracker.network().ifPresent(file -> out.put("tracks points", file));
    segmenterNetwork.ifPresent(file -> out.put("names what is seen", file));
    return out;
  }

  /** The folder of a run: empty, or to be resumed, or given up for replacement. */
  void claim(Console console, Path folder) throws IOException {
    if (!resume) {
      console.claimFolder(folder);
      Files.deleteIfExists(folder.resolve("manifest.json"));
    }
  }

  @Override
  public void close() {
    matcher.close();
    tracker.close();
    loaded.ifPresent(DeepLabSegmenter::close);
  }
}
