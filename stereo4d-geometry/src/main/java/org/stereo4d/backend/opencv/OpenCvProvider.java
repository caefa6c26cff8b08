package org.stereo4d.backend.opencv;

import java.util.Optional;
import org.stereo4d.backend.Availability;
import org.stereo4d.backend.BackendProvider;
import org.stereo4d.backend.NativeLibraries;
import org.stereo4d.backend.NativeLibraries.Preset;
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

  @Override
  public Optional<FlowEstimator> flowEstimator() {
    return Optional.of(new OpenCvDisFlow(DisFlowOptions.DEFAULTS));
  }
}
