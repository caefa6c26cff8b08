package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.StereoDepth;
import org.stereo4d.depth.StereoDepthOptions;
import org.stereo4d.depth.StereoFlow;
import org.stereo4d.depth.StereoFlowEstimator;
import org.stereo4d.depth.StereoRig;
import org.stereo4d.examples.console.Console;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ColorMap;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.io.ImageFiles;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.pipeline.DepthFolder;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Matches rectified pairs. */
@Command(
    name = "disparity",
    mixinStandardHelpOptions = true,
    description = "Disparity, checked both ways, and metric depth of rectified pictures or videos.",
    footer = {
      "",
      "Writes disparity/, depth/ (float32 .npy, NaN = unknown; pixels and metres) and colors/.",
      "Example:",
      "  stereo4d disparity views/left.mp4 views/right.mp4 -o depth"
    })
public final class DisparityCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private final MatcherArguments matcher = new MatcherArguments();
  @Mixin private ViewArguments view;

  @Parameters(index = "0", paramLabel = "LEFT", description = "picture, video or folder of PNG")
  private Path left;

  @Parameters(index = "1", paramLabel = "RIGHT", description = "the same of the right eye")
  private Path right;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FOLDER")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    try (matcher) {
      return console.run(this::matchAll);
    }
  }

  private Map<String, Object> matchAll(Progress progress) throws IOException {
    console.claimFolder(folder);
    StereoFlowEstimator estimator = matcher.matcher(console.device());
    int frames = 0;
    long known = 0;
    ImageSize size;
    if (isPicture(left)) {
      StereoPair pair = new StereoPair(ImageFiles.read(left), ImageFiles.read(right));
      size = pair.left().size();
      known = match(estimator, pair, 0);
      frames = 1;
    } else {
      try (VideoReader lefts = VideoFiles.open(left);
          VideoReader rights = VideoFiles.open(right)) {
        size = lefts.info().size();
        int total = lefts.info().frameCount().orElse(0);
        Iterator<Frame> other = rights.iterator();
        for (Frame frame : lefts) {
          if (!other.hasNext()) {
            throw new IOException(right + ": ends after " + frames + " frames, before " + left);
          }
          known += match(estimator, new StereoPair(frame.image(), other.next().image()), frames);
          if (progress.finishAfter(Step.of("disparity", ++frames, total))) {
            break;
          }
        }
      }
    }
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("frames", frames);
    out.put("size", size);
    out.put("knownDepthShare", known / ((double) size.area() * Math.max(1, frames)));
    out.put("folder", folder);
    return out;
  }

  /** One pair; the number of pixels with depth. */
  private long match(StereoFlowEstimator estimator, StereoPair pair, int frame) throws IOException {
    StereoFlow flow = estimator.estimate(pair);
    StereoRig rig = view.rig(pair.left().size());
    DepthMap depth =
        new StereoDepth(rig, StereoDepthOptions.DEFAULTS.withoutGradientRule()).left(flow);
    DisparityMap disparity = rig.disparityFrom(depth);
    ImageSize size = depth.size();
    String name = String.format(Locale.ROOT, "frame_%06d", frame);
    NpyArray.of(disparity.px().contiguous(), size.height(), size.width())
        .write(folder.resolve("disparity/" + name + ".npy"));
    new DepthFolder(folder.resolve("depth"), frame + 1).write(frame, depth);
    ByteImage colors = ColorMap.TURBO.colorize(disparity.px(), 0, 0.12 * size.width());
    PngImage.of(colors).write(folder.resolve("colors/" + name + ".png"));
    return depth.known().count();
  }

  private static boolean isPicture(Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    return !Files.isDirectory(path)
        && List.of(".png", ".jpg", ".jpeg").stream().anyMatch(name::endsWith);
  }
}
