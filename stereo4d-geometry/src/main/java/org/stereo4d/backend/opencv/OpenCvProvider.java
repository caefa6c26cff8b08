package org.stereo4d.backend.opencv;

import java.util.Optional;
import org.stereo4d.backend.Availability;
import org.stereo4d.backend.BackendException;
import org.stereo4d.backend.BackendProvider;
import org.stereo4d.backend.NativeLibraries;
import org.stereo4d.backend.NativeLibraries.Preset;
import org.stereo4d.depth.StereoMatcher;
import org.stereo4d.flow.FlowEstimator;

/** Offers what OpenCV does, under the name "opencv". */
public final class OpenCvProvider implements BackendProvider {
  /** Called by {@link java.util.ServiceLoader}. */
  public OpenCvProvider() {}

  @Override
  public String name() {
    return "opencv";
  }

  @Override
  public Availability availability() {
    return NativeLibraries.availability(Preset.OPENCV, Preset.OPENBLAS, Preset.JAVACPP);
  }

  /** What to say when the engine does not load. */
  public static BackendException missing(String service, LinkageError cause) {
    String reason =
        new OpenCvProvider().availability() instanceof Availability.Missing missing
            ? missing.reason()
            : "its natives do not load on this machine: " + cause.getMessage();
    return new BackendException("OpenCV is needed for " + service + ": " + reason, cause);
  }

  @Override
  public Optional<StereoMatcher> stereoMatcher() {
    return Optional.of(new OpenCvStereoMatcher(StereoSgbmOptions.DEFAULTS));
  }

  @Override
  public Optional<FlowEstimator> flowEstimator() {
    return Optional.of(new OpenCvDisFlow(DisFlowOptions.DEFAULTS));
  }
}
