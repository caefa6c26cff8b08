package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.stereo4d.backend.Backends;
import org.stereo4d.depth.DepthConvention;
import org.stereo4d.depth.PerFrameDepth;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.io.DepthFiles;
import org.stereo4d.network.DepthModel;
import org.stereo4d.network.Device;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TorchScriptDepthEstimator;
import org.stereo4d.stereocrafter.depth.HeuristicDepthEstimator;
import picocli.CommandLine.Option;

/** Where the depth of a video comes from. */
final class DepthArguments implements AutoCloseable {
  @Option(
      names = "--depth",
      paramLabel = "PATH",
      description = "depth computed before: an .npz, a folder of PNG or PFM, or a video")
  private Optional<Path> files = Optional.empty();

  @Option(
      names = "--depth-key",
      paramLabel = "NAME",
      defaultValue = "depth",
      description = "its array in an .npz; default: ${DEFAULT-VALUE}")
  private String key = "depth";

  @Option(
      names = "--depth-is",
      paramLabel = "WHAT",
      defaultValue = "INVERSE_DEPTH",
      description = "what its numbers mean: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private DepthConvention convention = DepthConvention.INVERSE_DEPTH;

  @Option(
      names = "--depth-network",
      paramLabel = "FILE.pt",
      description = "a TorchScript depth network, run on each frame")
  private Optional<Path> network = Optional.empty();

  @Option(
      names = "--depth-model",
      paramLabel = "NAME",
      defaultValue = "DPT-Large",
      description = "which network that is, see 'stereo4d models'; default: ${DEFAULT-VALUE}")
  private String model = "DPT-Large";

  private Optional<TorchScriptDepthEstimator> loaded = Optional.empty();

  /** Given depth, else the network, else a guess from pictorial cues. */
  VideoDepthEstimator estimator(Device device) throws IOException {
    if (files.isPresent()) {
      return given(files.get(), key, convention);
    }
    if (network.isPresent()) {
      TorchScriptDepthEstimator estimator =
          TorchScriptDepthEstimator.load(network.get(), model(model), device, Precision.FLOAT32);
      loaded = Optional.of(estimator);
      return new PerFrameDepth(estimator);
    }
    return HeuristicDepthEstimator.ofMotion(Backends.flowEstimator("opencv"));
  }

  /** What the depth is, for people. */
  String source() {
    return files
        .map(Path::toString)
        .or(() -> network.map(file -> model + " (" + file + ")"))
        .orElse("guessed from pictorial cues; give --depth or --depth-network for better");
  }

  private static VideoDepthEstimator given(Path path, String key, DepthConvention convention)
      throws IOException {
    if (Files.isDirectory(path)) {
      return DepthFiles.ofFolder(path, convention);
    }
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return path.toString().toLowerCase(Locale.ROOT).endsWith(".npz")
        ? DepthFiles.ofNpz(path, key, convention)
        : DepthFiles.ofVideo(path, Backends.video("ffmpeg"), convention);
  }

  private static DepthModel model(String name) {
    return DepthModel.KNOWN.stream()
        .filter(known -> known.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--depth-model must be one of "
                        + DepthModel.KNOWN.stream()
                            .map(DepthModel::name)
                            .collect(Collectors.joining(", "))
                        + ", was "
                        + name));
  }

  @Override
  public void close() {
    loaded.ifPresent(TorchScriptDepthEstimator::close);
  }
}
