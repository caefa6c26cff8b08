package org.stereo4d.examples.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.stereo4d.examples.console.Console;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.io.clip.Tracks2dFile;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.Progress;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.tracking.MotionMagnitude;
import org.stereo4d.tracking.drift.ClassMap;
import org.stereo4d.tracking.drift.ClassNames;
import org.stereo4d.tracking.drift.DriftFilter;
import org.stereo4d.tracking.drift.DriftFilterOptions;
import org.stereo4d.tracking.drift.DriftReport;
import org.stereo4d.tracking.network.DeepLabSegmenter;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Drops tracks that drift. */
@Command(
    name = "filter",
    mixinStandardHelpOptions = true,
    description = "Drops tracks on the sky, across outlines, and adrift on what cannot move.",
    footer = {
      "",
      "Without a segmentation nothing is dropped, and the answer says so.",
      "Example:",
      "  stereo4d filter tracks.npz lifted.npz --classes segmentation -o filtered.npz"
    })
public final class FilterCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private ViewArguments view;

  @Parameters(index = "0", paramLabel = "TRACKS.npz", description = "of 'stereo4d track'")
  private Path tracksFile;

  @Parameters(index = "1", paramLabel = "LIFTED.npz", description = "the same, lifted")
  private Path liftedFile;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.npz")
  private Path output;

  @ArgGroup private final Segmentation segmentation = new Segmentation();

  /** Where classes come from. */
  static final class Segmentation {
    @Option(
        names = "--classes",
        paramLabel = "FOLDER",
        description = "one gray PNG per frame, values: classes of ADE20K, 0 = background")
    private Optional<Path> folder = Optional.empty();

    @Option(
        names = "--segmenter-network",
        paramLabel = "FILE.pt",
        description = "a DeepLab-class TorchScript network, with --video")
    private Optional<Path> network = Optional.empty();
  }

  @Option(names = "--video", paramLabel = "FILE", description = "the left view, for the network")
  private Optional<Path> video = Optional.empty();

  @Override
  public Integer call() throws IOException {
    return console.run(this::filter);
  }

  private Map<String, Object> filter(Progress progress) throws IOException {
    console.claim(output);
    Tracks2d tracks = Tracks2dFile.read(tracksFile);
    StereoClip lifted = StereoClip.read(liftedFile);
    DriftReport report = judge(tracks, lifted);
    lifted.withTracks(lifted.tracks().select(report.keep())).write(output);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("tracks", tracks.count());
    out.put("kept", report.kept());
    report.skippedBecause().ifPresent(because -> out.put("skippedBecause", because));
    out.put("sky", count(report.sky()));
    out.put("boundary", count(report.boundary()));
    out.put("drifting", count(report.drifting()));
    out.put("file", output);
    return out;
  }

  private DriftReport judge(Tracks2d tracks, StereoClip lifted) throws IOException {
    Optional<Path> folder = segmentation.folder;
    Optional<Path> network = segmentation.network;
    if (folder.isPresent()) {
      return judge(tracks, lifted, ClassNames.ADE20K, maps(folder.get()));
    }
    if (network.isPresent()) {
      Path source =
          video.orElseThrow(
              () -> new IllegalArgumentException("--segmenter-network needs --video"));
      try (DeepLabSegmenter segmenter = DeepLabSegmenter.load(network.get(), console.device());
          VideoReader reader = VideoFiles.open(source)) {
        Iterator<Frame> frames = reader.iterator();
        Iterable<ClassMap> maps = () -> mapped(frames, frame -> segmenter.segment(frame.image()));
        return judge(tracks, lifted, segmenter.names(), maps);
      }
    }
    return DriftFilter.skipped(
        tracks.count(), "no segmentation; give --classes or --segmenter-network");
  }

  private DriftReport judge(
      Tracks2d tracks, StereoClip lifted, ClassNames names, Iterable<ClassMap> maps) {
    MotionMagnitude motion =
        MotionMagnitude.of(lifted.tracks(), view.view(), lifted.worldFromCameras());
    return new DriftFilter(DriftFilterOptions.DEFAULTS, names)
        .apply(tracks, lifted.tracks(), motion, maps, view.view().size());
  }

  private static Iterable<ClassMap> maps(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
    return () -> mapped(files.iterator(), FilterCommand::read);
  }

  private static ClassMap read(Path file) {
    try {
      PngImage image = PngImage.read(file);
      if (image.channels() != 1) {
        throw new IOException(file + ": has " + image.channels() + " channels, expected gray");
      }
      return ClassMap.wrap(image.toBytes().contiguous(), image.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <A, B> Iterator<B> mapped(
      Iterator<A> source, java.util.function.Function<A, B> change) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return source.hasNext();
      }

      @Override
      public B next() {
        return change.apply(source.next());
      }
    };
  }

  private static int count(boolean[] flags) {
    int n = 0;
    for (boolean flag : flags) {
      n += flag ? 1 : 0;
    }
    return n;
  }
}
