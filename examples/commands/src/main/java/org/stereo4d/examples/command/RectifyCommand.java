package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.stereo4d.backend.Backends;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.examples.console.Console;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.run.Progress;
import org.stereo4d.video.RectifiedVideo;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;
import org.stereo4d.warp.Rectifier;
import org.stereo4d.warp.RectifierOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes rectified views. */
@Command(
    name = "rectify",
    mixinStandardHelpOptions = true,
    description = "Perspective views of both eyes of a VR180 video, rows aligned.",
    footer = {"", "Example:", "  stereo4d rectify clip.mp4 --clip clip.npz -o views"})
public final class RectifyCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private ViewArguments view;

  @Parameters(paramLabel = "VIDEO", description = "a side-by-side VR180 video")
  private Path video;

  @Option(
      names = "--clip",
      paramLabel = "FILE.npz",
      description = "calibration of the rig, such as 'stereo4d poses' writes; default: perfect")
  private Optional<Path> clip = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FOLDER",
      description = "gets left.mp4 and right.mp4")
  private Path folder;

  @Option(
      names = "--equirect",
      description = "write equirect.mp4 instead: both eyes, rectified, still half spheres")
  private boolean equirect;

  @Override
  public Integer call() throws IOException {
    return console.run(this::rectify);
  }

  private Map<String, Object> rectify(Progress progress) throws IOException {
    Vr180Calibration calibration =
        clip.isPresent() ? StereoClip.read(clip.get()).calibration() : Vr180Calibration.IDENTITY;
    RectifierOptions options = RectifierOptions.DEFAULTS.withView(view.view());
    Map<String, Object> out = new LinkedHashMap<>();
    try (VideoReader reader = VideoFiles.open(video);
        RectifiedVideo views = new RectifiedVideo(reader, new Rectifier(calibration, options))) {
      out.put(
          "frames",
          equirect
              ? writeEquirect(reader, views, progress, out)
              : writeViews(reader, views, progress, out));
    }
    return out;
  }

  private int writeViews(
      VideoReader reader, RectifiedVideo views, Progress progress, Map<String, Object> out)
      throws IOException {
    VideoCodec codec = Backends.video("ffmpeg");
    Path left = console.claim(folder.resolve("left.mp4"));
    Path right = console.claim(folder.resolve("right.mp4"));
    out.put("left", left);
    out.put("right", right);
    ImageSize size = view.view().size();
    try (VideoWriter leftWriter = codec.create(left, size, reader.framesPerSecond());
        VideoWriter rightWriter = codec.create(right, size, reader.framesPerSecond())) {
      return views.writeViews(leftWriter, rightWriter, progress);
    }
  }

  private int writeEquirect(
      VideoReader reader, RectifiedVideo views, Progress progress, Map<String, Object> out)
      throws IOException {
    Path file = console.claim(folder.resolve("equirect.mp4"));
    out.put("equirect", file);
    try (VideoWriter writer =
        Backends.video("ffmpeg").create(file, reader.info().size(), reader.framesPerSecond())) {
      return views.writeEquirect(writer, progress);
    }
  }
}
