package org.stereo4d.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.stereo4d.depth.StereoMatcher;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.video.VideoCodec;

/** Finds back ends by name. */
public final class Backends {
  private Backends() {}

  /** Every back end on the class path, present or not. */
  public static List<BackendProvider> all() {
    List<BackendProvider> out = new ArrayList<>();
    ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader()).forEach(out::add);
    return out;
  }

  /**
   * The back end with a name.
   *
   * @throws BackendException if it is unknown or missing, with the reason and what is present
   */
  public static BackendProvider require(String name) {
    List<BackendProvider> all = all();
    for (BackendProvider provider : all) {
      if (provider.name().equals(name)) {
        if (provider.availability() instanceof Availability.Missing missing) {
          throw new BackendException(
              "back end '" + name + "' is missing: " + missing.reason() + "; " + present(all));
        }
        return provider;
      }
    }
    throw new BackendException("no back end is named '" + name + "'; " + present(all));
  }

  private static String present(List<BackendProvider> all) {
    return all.stream()
        .filter(provider -> provider.availability() instanceof Availability.Ready)
        .map(BackendProvider::name)
        .collect(Collectors.joining(", ", "present: ", ""));
  }

  private static <T> T service(
      String name, String service, Function<BackendProvider, Optional<T>> getter) {
    try {
      return getter
          .apply(require(name))
          .orElseThrow(() -> new BackendException("back end '" + name + "' offers no " + service));
    } catch (LinkageError e) {
      // natives are unpacked on first use, which needs a folder that can be written
      throw new BackendException(
          "back end '" + name + "' is there but does not load: " + e.getMessage(), e);
    }
  }

  /** The video codec of a back end. */
  public static VideoCodec video(String name) {
    return service(name, "video codec", BackendProvider::video);
  }

  /** The flow estimator of a back end. */
  public static FlowEstimator flowEstimator(String name) {
    return service(name, "flow estimator", BackendProvider::flowEstimator);
  }

  /** The stereo matcher of a back end. */
  public static StereoMatcher stereoMatcher(String name) {
    return service(name, "stereo matcher", BackendProvider::stereoMatcher);
  }
}
