package org.stereo4d.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.stereo4d.depth.StereoRig;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.run.Fingerprint;
import org.stereo4d.run.Manifest;
import org.stereo4d.run.Progress;
import org.stereo4d.video.RectifiedVideo;
import org.stereo4d.video.VideoReader;
import org.stereo4d.warp.Rectifier;
import org.stereo4d.warp.RectifierOptions;

/** What the stages of one run share: source, folder, options, and what is done already. */
final class ClipRun {
  final ClipInput input;
  final PipelineRoles roles;
  final PipelineOptions options;
  final Progress progress;

  private final Path folder;
  private final Manifest manifest;
  private final Fingerprint chain = new Fingerprint();
  private int stages;

  ClipRun(
      ClipInput input, Path folder, PipelineRoles roles, PipelineOptions options, Progress progress)
      throws IOException {
    this.input = input;
    this.folder = folder;
    this.roles = roles;
    this.options = options;
    this.progress = progress;
    this.manifest = Manifest.open(folder);
    chain
        .withFile("video", input.video())
        .with("span", input.span())
        .with("view", options.view())
        .with("baseline", options.baselineMeters());
    if (input.clip().isPresent()) {
      chain.withFile("clip", input.clip().get());
    }
  }

  /**
   * Runs a stage unless it is done. A stage depends on everything before it.
   *
   * @param inputs what else its outputs depend on
   */
  void stage(String name, Object inputs, List<Path> outputs, Manifest.Stage work)
      throws IOException {
    chain.with(name, inputs);
    try {
      stages += manifest.runUnlessDone(name, chain.hex(), outputs, work) ? 1 : 0;
    } catch (UncheckedIOException e) {
      throw new IOException(input.id() + ": " + name + ": " + e.getMessage(), e);
    }
  }

  /** Stages that ran in this call. */
  int stagesRun() {
    return stages;
  }

  Path output(String name) {
    return folder.resolve(input.id() + "-" + name);
  }

  DepthFolder depths(int frames) {
    return new DepthFolder(folder.resolve("depth"), frames);
  }

  void note(String name, Object value) throws IOException {
    manifest.put(name, value);
  }

  Map<String, Object> facts(String stage) {
    return manifest.facts(stage).orElse(Map.of());
  }

  VideoReader open() throws IOException {
    return input.open(roles.video());
  }

  /** The rectified views, from the first frame. */
  RectifiedVideo views(StereoClip posed) throws IOException {
    Rectifier rectifier =
        new Rectifier(posed.calibration(), RectifierOptions.DEFAULTS.withView(options.view()));
    return new RectifiedVideo(open(), rectifier);
  }

  StereoRig rig() {
    return new StereoRig(options.view(), options.baselineMeters());
  }

  /** Frames per second of a clip. */
  static double rate(StereoClip clip) {
    double[] times = clip.timesSeconds();
    return times.length < 2 ? 30 : (times.length - 1) / (times[times.length - 1] - times[0]);
  }
}
