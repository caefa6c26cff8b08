package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.stereo4d.backend.Backends;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.examples.console.Console;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.doctor.Diagnosis;
import org.stereo4d.video.doctor.DoctorOptions;
import org.stereo4d.video.doctor.Finding;
import org.stereo4d.video.doctor.VideoDoctor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Examines a video. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Is this file really VR180? Eyes swapped? Level? Large enough?",
    footer = {"", "Example:", "  stereo4d doctor clip.mp4", "", "Exit code 1: do not use it."})
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private Console console;

  @Parameters(paramLabel = "VIDEO", description = "a side-by-side VR180 video")
  private Path video;

  @Option(names = "--clip", paramLabel = "FILE.npz", description = "its calibration, if known")
  private Optional<Path> clip = Optional.empty();

  @Option(names = "--frames", defaultValue = "6", description = "frames to look at")
  private int frames = 6;

  @Option(names = "--step", defaultValue = "10", description = "every so manieth frame")
  private int frameStep = 10;

  private boolean usable;

  @Override
  public Integer call() throws IOException {
    int code = console.run(progress -> facts(examine()));
    return usable ? code : 1;
  }

  private Diagnosis examine() throws IOException {
    Vr180Calibration calibration =
        clip.isPresent() ? StereoClip.read(clip.get()).calibration() : Vr180Calibration.IDENTITY;
    DoctorOptions options = DoctorOptions.DEFAULTS.withFrames(frames, frameStep);
    try (VideoReader reader = VideoFiles.open(video)) {
      return new VideoDoctor(options, Backends.flowEstimator("opencv"))
          .examine(reader, calibration);
    }
  }

  private Map<String, Object> facts(Diagnosis diagnosis) {
    usable = diagnosis.isUsable();
    List<Object> findings = new ArrayList<>();
    for (Finding finding : diagnosis.findings()) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("severity", finding.severity().name());
      item.put("code", finding.code().name());
      item.put("message", finding.message());
      item.put("advice", finding.advice());
      findings.add(item);
    }
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("video", video);
    out.put("size", diagnosis.info().size());
    out.put("framesPerSecond", diagnosis.info().framesPerSecond());
    out.put("framesSeen", diagnosis.framesSeen());
    out.put("layout", diagnosis.layout().name());
    out.put("medianDisparityPx", diagnosis.medianDisparityPx());
    out.put("verticalMedianPx", diagnosis.verticalMedianPx());
    out.put("verticalPercentile95Px", diagnosis.verticalPercentile95Px());
    out.put("usable", usable);
    out.put("findings", findings);
    return out;
  }
}
