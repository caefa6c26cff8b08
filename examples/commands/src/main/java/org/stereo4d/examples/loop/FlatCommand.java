package org.stereo4d.examples.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.stereo4d.backend.Backends;
import org.stereo4d.examples.console.Console;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Progress;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;
import org.stereo4d.videoloop.flat.FlatLoop;
import org.stereo4d.videoloop.flat.FlatLoopOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Loops a single video. */
@Command(
    name = "flat",
    mixinStandardHelpOptions = true,
    description = "A single video of a still camera to a loop without a seam.",
    footer = {"", "Example:", "  stereo4d loop flat fire.mp4 -o fire_loop.mp4"})
public final class FlatCommand implements Callable<Integer> {
  @Mixin private Console console;

  @Parameters(paramLabel = "VIDEO")
  private Path video;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.mp4")
  private Path output;

  @Option(
      names = "--least",
      paramLabel = "FRAMES",
      description = "shortest loop; default: as the library has it")
  private int leastFrames = FlatLoopOptions.DEFAULTS.leastFrames();

  @Option(
      names = "--most",
      paramLabel = "FRAMES",
      description = "longest loop; default: as the library has it")
  private int mostFrames = FlatLoopOptions.DEFAULTS.mostFrames();

  @Override
  public Integer call() throws IOException {
    return console.run(this::loop);
  }

  private Map<String, Object> loop(Progress progress) throws IOException {
    console.claim(output);
    VideoCodec codec = Backends.video("ffmpeg");
    List<ByteImage> frames = new ArrayList<>();
    double rate;
    try (VideoReader reader = codec.open(video)) {
      rate = reader.framesPerSecond();
      for (Frame frame : reader) {
        frames.add(frame.image());
      }
    }
    FlatLoop.Result result =
        new FlatLoop(FlatLoopOptions.DEFAULTS.withFrames(leastFrames, mostFrames))
            .of(frames, progress);
    try (VideoWriter writer = codec.create(output, frames.get(0).size(), rate)) {
      for (ByteImage frame : result.frames()) {
        writer.write(frame);
      }
      writer.finish();
    }
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("frames", result.frames().size());
    out.put("jump", result.jump());
    out.put("jumpOfPlainCut", result.cut().seam());
    out.put("file", output);
    return out;
  }
}
