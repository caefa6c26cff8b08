package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.stereo4d.depth.StereoFlowEstimator;
import org.stereo4d.depth.sgm.SemiGlobalMatcher;
import org.stereo4d.depth.sgm.SemiGlobalOptions;
import org.stereo4d.network.Device;
import org.stereo4d.network.Precision;
import org.stereo4d.network.RaftStereo;
import org.stereo4d.network.TorchScriptFlow;
import picocli.CommandLine.Option;

/** Who matches the views of a pair. */
final class MatcherArguments implements AutoCloseable {
  @Option(
      names = "--range",
      paramLabel = "PX",
      defaultValue = "96",
      description = "largest disparity that is searched, pixels; default: ${DEFAULT-VALUE}")
  private int rangePx = 96;

  @Option(
      names = "--matcher-network",
      paramLabel = "FILE.pt",
      description = "a RAFT-class TorchScript network instead of the embedded matcher")
  private Optional<Path> network = Optional.empty();

  private Optional<RaftStereo> loaded = Optional.empty();

  StereoFlowEstimator matcher(Device device) throws IOException {
    if (network.isEmpty()) {
      return new SemiGlobalMatcher(SemiGlobalOptions.DEFAULTS.withRangePx(0, rangePx));
    }
    RaftStereo raft =
        RaftStereo.load(network.get(), TorchScriptFlow.Options.DEFAULTS, device, Precision.FLOAT32);
    loaded = Optional.of(raft);
    return raft;
  }

  /** The file of the network, if one matches. */
  Optional<Path> network() {
    return network;
  }

  @Override
  public void close() {
    loaded.ifPresent(RaftStereo::close);
  }
}
