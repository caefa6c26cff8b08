package org.stereo4d.backend;

import java.util.Optional;
import org.stereo4d.depth.StereoMatcher;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.video.VideoCodec;

/** Offers the services of one engine. Listed in {@code META-INF/services}. */
public interface BackendProvider {
  /** Lower-case name, such as "opencv". */
  String name();

  /** Whether the engine's classes and natives are there; cheap, loads nothing, never throws. */
  Availability availability();

  /** Reads and writes videos. */
  default Optional<VideoCodec> video() {
    return Optional.empty();
  }

  /** Estimates dense flow. */
  default Optional<FlowEstimator> flowEstimator() {
    return Optional.empty();
  }

  /** Matches rectified pairs. */
  default Optional<StereoMatcher> stereoMatcher() {
    return Optional.empty();
  }
}
