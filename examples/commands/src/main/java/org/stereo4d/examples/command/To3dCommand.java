package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.stereo4d.backend.Backends;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.examples.console.Console;
import org.stereo4d.image.ImageSize;
import org.stereo4d.nvds.flowfilter.FlowFilterOptions;
import org.stereo4d.nvds.flowfilter.SteadyVideoDepth;
import org.stereo4d.run.Progress;
import org.stereo4d.stereocrafter.ConvertOptions;
import org.stereo4d.stereocrafter.StereoConverter;
import org.stereo4d.stereocrafter.format.Anaglyph;
import org.stereo4d.stereocrafter.format.OutputNames;
import org.stereo4d.stereocrafter.format.Packing;
import org.stereo4d.stereocrafter.format.StereoFormat;
import org.stereo4d.stereocrafter.splat.View;
import org.stereo4d.video.VideoReader;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Any video to stereo. */
@Command(
    name = "to3d",
    mixinStandardHelpOptions = true,
    description = "Any 2D video to stereo 3D.",
    footer = {
      "",
      "Examples:",
      "  stereo4d to3d film.mp4",
      "  stereo4d to3d film.mp4 --depth depth.npz --format HALF_SIDE_BY_SIDE -o film_LR.mp4",
      "  stereo4d to3d film.mp4 --anaglyph DUBOIS",
      "  stereo4d to3d film.mkv --bits 10"
    })
public final class To3dCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private final DepthArguments depth = new DepthArguments();

  @Parameters(paramLabel = "VIDEO", description = "a video or a folder of PNG")
  private Path video;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "an .mp4 or .mkv; default: beside the source, named as players expect")
  private Optional<Path> output = Optional.empty();

  @ArgGroup private final Layout layout = new Layout();

  /** How the eyes are packed; one of them. */
  static final class Layout {
    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}")
    private Optional<StereoFormat> format = Optional.empty();

    @Option(names = "--anaglyph", description = "${COMPLETION-CANDIDATES}")
    private Optional<Anaglyph> anaglyph = Optional.empty();

    @Option(
        names = "--vr180",
        paramLabel = "DEG",
        description = "half spheres, the picture filling so many degrees")
    private Optional<Double> vr180Degrees = Optional.empty();
  }

  @Option(
      names = "--strength",
      paramLabel = "PERCENT",
      defaultValue = "2",
      description = "range of disparity in percent of the width; default: ${DEFAULT-VALUE}")
  private double percentOfWidth = 2;

  @Option(
      names = "--convergence",
      defaultValue = "0.5",
      description =
          "nearness in the plane of the screen, 0 far to 1 near; default: ${DEFAULT-VALUE}")
  private double convergence = 0.5;

  @Option(
      names = "--make",
      defaultValue = "RIGHT",
      description = "which eyes are made: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private View view = View.RIGHT;

  @Option(
      names = "--bits",
      defaultValue = "8",
      description =
          "bits per sample, 8 or 10; 10 keeps those of the source and its high dynamic range;"
              + " default: ${DEFAULT-VALUE}")
  private int bitsPerSample = 8;

  @Option(names = "--steady", description = "remove flicker from the depth first")
  private boolean steady;

  @Override
  public Integer call() throws IOException {
    try (depth) {
      return console.run(this::convert);
    }
  }

  private Map<String, Object> convert(Progress progress) throws IOException {
    Packing packing = packing();
    Path target =
        console.claim(output.orElseGet(() -> OutputNames.forPlayers(video, packing.suffix())));
    ConvertOptions options =
        ConvertOptions.DEFAULTS
            .withPercentOfWidth(percentOfWidth)
            .withConvergence(convergence)
            .withView(view)
            .withBitsPerSample(bitsPerSample);
    VideoDepthEstimator estimator = depth.estimator(console.device());
    if (steady) {
      estimator =
          new SteadyVideoDepth(
              estimator, Backends.flowEstimator("opencv"), FlowFilterOptions.DEFAULTS);
    }
    int frames =
        new StereoConverter(options)
            .convert(video, VideoFiles.codecOf(video), estimator, packing, target, progress);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("frames", frames);
    out.put("depth", depth.source());
    out.put("file", target);
    return out;
  }

  private Packing packing() throws IOException {
    Optional<Anaglyph> anaglyph = layout.anaglyph;
    Optional<Double> degrees = layout.vr180Degrees;
    if (anaglyph.isPresent()) {
      return Packing.of(anaglyph.get());
    }
    if (degrees.isPresent()) {
      try (VideoReader reader = VideoFiles.open(video)) {
        ImageSize size = reader.info().size();
        return Packing.ofVr180(size, degrees.get());
      }
    }
    return Packing.of(layout.format.orElse(StereoFormat.FULL_SIDE_BY_SIDE));
  }
}
