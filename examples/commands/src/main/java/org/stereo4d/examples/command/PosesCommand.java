package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.examples.console.Console;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.io.pose.TumTrajectory;
import org.stereo4d.optim.rig.RigEstimate;
import org.stereo4d.optim.rig.RigEstimator;
import org.stereo4d.optim.rig.RigEstimatorOptions;
import org.stereo4d.optim.rig.RigReport;
import org.stereo4d.run.Progress;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.klt.KltOptions;
import org.stereo4d.tracking.klt.KltTracker;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds calibration and poses. */
@Command(
    name = "poses",
    mixinStandardHelpOptions = true,
    description = "Calibration of the eyes and poses of the camera, from the video alone.",
    footer = {"", "Example:", "  stereo4d poses clip.mp4 -o poses.npz --tum path.txt"})
public final class PosesCommand implements Callable<Integer> {
  @Mixin private Console console;

  @Parameters(paramLabel = "VIDEO", description = "a side-by-side VR180 video, one shot")
  private Path video;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.npz",
      description = "a clip file with times, poses and calibration")
  private Path output;

  @Option(names = "--tum", paramLabel = "FILE", description = "gets the poses as TUM text")
  private Optional<Path> tum = Optional.empty();

  @Option(
      names = "--working-size",
      paramLabel = "PX",
      defaultValue = "768",
      description = "side of the views that are used; default: ${DEFAULT-VALUE}")
  private int sidePx = 768;

  @Override
  public Integer call() throws IOException {
    return console.run(this::estimate);
  }

  private Map<String, Object> estimate(Progress progress) throws IOException {
    console.claim(output);
    RigEstimatorOptions options = RigEstimatorOptions.DEFAULTS.withView(sidePx, 90);
    RigEstimate estimate =
        new RigEstimator(options, new KltTracker(KltOptions.DEFAULTS))
            .estimate(
                () -> VideoFiles.open(video),
                Vr180Calibration.IDENTITY.bounds(),
                Vr180Calibration.IDENTITY,
                progress);
    RigReport report = estimate.report();
    if (!report.isSolved()) {
      throw new IOException(video + ": poses could not be found: " + report);
    }
    StereoClip clip = clip(estimate);
    clip.write(output);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("frames", clip.frameCount());
    out.put("solvedShare", report.solvedShare());
    out.put("pathMeters", report.pathMeters());
    out.put("medianErrorPx", report.medianErrorPx());
    out.put("verticalBeforePx", report.verticalBeforePx());
    out.put("verticalAfterPx", report.verticalAfterPx());
    out.put("leftRotationDegrees", report.leftRotationDegrees());
    out.put("rightRotationDegrees", report.rightRotationDegrees());
    out.put("file", output);
    if (tum.isPresent()) {
      TumTrajectory.write(console.claim(tum.get()), clip.timedPoses());
      out.put("tum", tum.get());
    }
    return out;
  }

  private StereoClip clip(RigEstimate estimate) throws IOException {
    List<Double> times = new ArrayList<>();
    try (VideoReader reader = VideoFiles.open(video)) {
      for (Frame frame : reader) {
        times.add(frame.timeSeconds());
      }
    }
    int frames = estimate.worldFromCameras().size();
    long[] micros = new long[frames];
    for (int t = 0; t < frames; t++) {
      micros[t] = Math.round(times.get(t) * 1e6);
    }
    String id = String.valueOf(video.getFileName());
    return new StereoClip(
        id,
        id,
        micros,
        estimate.worldFromCameras(),
        Tracks3d.wrap(frames, new float[0], new boolean[0], new byte[0]),
        estimate.calibration(),
        Map.of());
  }
}
