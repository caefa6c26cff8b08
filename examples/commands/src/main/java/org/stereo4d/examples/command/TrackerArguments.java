package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.stereo4d.network.Device;
import org.stereo4d.network.Precision;
import org.stereo4d.tracking.PointTracker;
import org.stereo4d.tracking.QueryGrid;
import org.stereo4d.tracking.klt.KltOptions;
import org.stereo4d.tracking.klt.KltTracker;
import org.stereo4d.tracking.network.TapirOptions;
import org.stereo4d.tracking.network.TapirTracker;
import org.stereo4d.tracking.opencv.OpenCvPointTracker;
import picocli.CommandLine.Option;

/** Where tracks start and who follows them. */
final class TrackerArguments implements AutoCloseable {
  enum Kind {
    KLT,
    KLT_COLOR,
    KLT_CHAINED,
    KLT_MAJORITY,
    OPENCV
  }

  @Option(
      names = "--tracker",
      defaultValue = "KLT",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private Kind kind = Kind.KLT;

  @Option(
      names = "--tracker-network",
      paramLabel = "FILE.pt",
      description = "a TAPIR-class TorchScript network instead")
  private Optional<Path> network = Optional.empty();

  @Option(
      names = "--every",
      paramLabel = "FRAMES",
      defaultValue = "10",
      description = "new tracks start every so many frames; default: ${DEFAULT-VALUE}")
  private int everyFrames = 10;

  @Option(
      names = "--stride",
      paramLabel = "PX",
      defaultValue = "4",
      description = "distance of their starts, pixels; default: ${DEFAULT-VALUE}")
  private int stridePx = 4;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "draws where tracks start; default: ${DEFAULT-VALUE}")
  private long seed;

  private Optional<TapirTracker> loaded = Optional.empty();

  QueryGrid queries() {
    return new QueryGrid(everyFrames, stridePx, true, seed);
  }

  PointTracker tracker(Device device) throws IOException {
    if (network.isPresent()) {
      TapirTracker tapir =
          TapirTracker.load(network.get(), TapirOptions.DEFAULTS, device, Precision.FLOAT32);
      loaded = Optional.of(tapir);
      return tapir;
    }
    return switch (kind) {
      case KLT -> new KltTracker(KltOptions.DEFAULTS);
      case KLT_COLOR -> new KltTracker(KltOptions.DEFAULTS.withColor(true));
      case KLT_CHAINED -> new KltTracker(KltOptions.CHAINED);
      case KLT_MAJORITY -> new KltTracker(KltOptions.MAJORITY);
      case OPENCV -> new OpenCvPointTracker();
    };
  }

  /** The file of the network, if one tracks. */
  Optional<Path> network() {
    return network;
  }

  @Override
  public void close() {
    loaded.ifPresent(TapirTracker::close);
  }
}
