package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.stereo4d.backend.Backends;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.depth.DepthLookup;
import org.stereo4d.examples.console.Console;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.io.clip.Tracks2dFile;
import org.stereo4d.pipeline.DepthFolder;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.LiftOptions;
import org.stereo4d.tracking.TrackLifter;
import org.stereo4d.tracking.TrackPruner;
import org.stereo4d.tracking.TrailOverlay;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows points. */
@Command(
    name = "track",
    mixinStandardHelpOptions = true,
    description = "Dense point tracks of a view, pruned; with depth and poses also lifted to 3D.",
    footer = {
      "",
      "Examples:",
      "  stereo4d track views/left.mp4 -o tracks.npz --overlay trails.mp4",
      "  stereo4d track views/left.mp4 -o tracks.npz \\",
      "      --depth-maps depth/depth --clip poses.npz --lifted lifted.npz"
    })
public final class TrackCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private final TrackerArguments tracker = new TrackerArguments();

  @Parameters(paramLabel = "VIDEO", description = "the left view: a video or a folder of PNG")
  private Path video;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.npz",
      description = "gets tracks, visibles and query_points")
  private Path output;

  @Option(names = "--overlay", paramLabel = "FILE.mp4", description = "gets the trails as video")
  private Optional<Path> overlay = Optional.empty();

  @ArgGroup(exclusive = false)
  private final Lifting lifting = new Lifting();

  /** What lifting needs. */
  static final class Lifting {
    @Option(
        names = "--depth-maps",
        paramLabel = "FOLDER",
        description = "depth of each frame, as 'stereo4d disparity' writes it")
    private Optional<Path> depths = Optional.empty();

    @Option(names = "--clip", paramLabel = "FILE.npz", description = "poses of the left view")
    private Optional<Path> poses = Optional.empty();

    @Option(
        names = "--lifted",
        paramLabel = "FILE.npz",
        description = "gets the clip with world tracks, not optimised yet")
    private Optional<Path> output = Optional.empty();

    @Option(
        names = "--fov",
        paramLabel = "DEG",
        defaultValue = "60",
        description = "field of view of the video, degrees; default: ${DEFAULT-VALUE}")
    private double fovDegrees = 60;
  }

  @Override
  public Integer call() throws IOException {
    try (tracker) {
      return console.run(this::track);
    }
  }

  private Map<String, Object> track(Progress progress) throws IOException {
    console.claim(output);
    Tracks2d tracks;
    ImageSize size;
    QueryPoints queries;
    int frames = count();
    try (VideoReader reader = VideoFiles.open(video)) {
      size = reader.info().size();
      queries = tracker.queries().queries(size, frames);
      tracks = tracker.tracker(console.device()).track(reader, queries, progress).tracks();
    }
    Tracks2d kept = TrackPruner.DEFAULTS.prune(tracks);
    Tracks2dFile.write(output, kept);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("frames", frames);
    out.put("queries", queries.count());
    out.put("tracks", kept.count());
    out.put("file", output);
    if (overlay.isPresent()) {
      drawOverlay(kept, size, console.claim(overlay.get()), progress);
      out.put("overlay", overlay.get());
    }
    if (lifting.output.isPresent()) {
      out.put("lifted", lift(kept, size, console.claim(lifting.output.get())));
    }
    return out;
  }

  /** Headers may be wrong about the number of frames. */
  private int count() throws IOException {
    int frames = 0;
    try (VideoReader reader = VideoFiles.open(video)) {
      while (reader.next().isPresent()) {
        frames++;
        console.checkInterrupted();
      }
    }
    if (frames == 0) {
      throw new IOException(video + ": has no frames, expected at least one");
    }
    return frames;
  }

  private void drawOverlay(Tracks2d tracks, ImageSize size, Path file, Progress progress)
      throws IOException {
    try (VideoReader reader = VideoFiles.open(video);
        VideoWriter writer =
            Backends.video("ffmpeg").create(file, size, reader.framesPerSecond())) {
      Tracks2d shown =
          tracks.select(TrailOverlay.sample(tracks.count(), TrailOverlay.MOST_TRACKS, 0));
      for (Frame frame : reader) {
        writer.write(TrailOverlay.draw(frame.image(), frame.frameIndex(), shown));
        progress.finishAfter(Step.of("overlay", frame.frameIndex() + 1, tracks.frameCount()));
      }
      writer.finish();
    }
  }

  private Path lift(Tracks2d tracks, ImageSize size, Path file) throws IOException {
    Path poses = needed(lifting.poses, "--clip");
    Path depths = needed(lifting.depths, "--depth-maps");
    StereoClip posed = StereoClip.read(poses);
    PinholeCamera view = PinholeCamera.ofHorizontalFovDegrees(size, lifting.fovDegrees);
    LiftOptions options = LiftOptions.DEFAULTS.withLookup(DepthLookup.FLOOR);
    try (VideoReader reader = VideoFiles.open(video)) {
      Iterable<ByteImage> frames = () -> pictures(reader);
      Tracks3d lifted =
          new TrackLifter(view, options)
              .lift(
                  tracks,
                  new DepthFolder(depths, tracks.frameCount()),
                  posed.worldFromCameras(),
                  frames);
      posed.withTracks(lifted).write(file);
    }
    return file;
  }

  private static Path needed(Optional<Path> option, String name) {
    return option.orElseThrow(() -> new IllegalArgumentException("--lifted needs " + name));
  }

  private static java.util.Iterator<ByteImage> pictures(VideoReader reader) {
    java.util.Iterator<Frame> frames = reader.iterator();
    return new java.util.Iterator<>() {
      @Override
      public boolean hasNext() {
        return frames.hasNext();
      }

      @Override
      public ByteImage next() {
        return frames.next().image();
      }
    };
  }
}
