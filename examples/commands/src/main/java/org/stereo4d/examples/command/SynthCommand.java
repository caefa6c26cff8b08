package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.stereo4d.backend.Backends;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.examples.console.Console;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SceneOptions;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.synthetic.scene.SurfaceMap;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes videos whose truth is known. */
@Command(
    name = "synth",
    mixinStandardHelpOptions = true,
    description = "A VR180 video of a synthetic world, with its exact truth.",
    footer = {
      "",
      "Writes vr180.mp4, left.mp4, clip.npz (times, poses, calibration), depth.npz (metres of the",
      "left view, infinite on the sky) and classes/ (what each pixel shows).",
      "Example:",
      "  stereo4d synth walking-camera --frames 60 -o demo"
    })
public final class SynthCommand implements Callable<Integer> {
  private static final int QUALITY = 14;

  @Mixin private Console console;
  @Mixin private ViewArguments view;

  @Parameters(
      paramLabel = "PRESET",
      converter = PresetName.class,
      description =
          "static-room, walking-camera, moving-objects, still-clip, mono, eyes-swapped or water")
  private Preset preset;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FOLDER")
  private Path folder;

  @Option(names = "--frames", paramLabel = "N", description = "default: as the preset has")
  private Optional<Integer> frames = Optional.empty();

  @Option(
      names = "--eye",
      paramLabel = "PX",
      defaultValue = "1024",
      description = "side of the picture of each eye; default: ${DEFAULT-VALUE}")
  private int eyeSidePx = 1024;

  @Option(
      names = "--rig-error",
      paramLabel = "DEG",
      defaultValue = "0",
      description = "how far the eyes are turned against each other; default: ${DEFAULT-VALUE}")
  private double rigErrorDegrees;

  @Option(names = "--seed", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  private long seed = 1;

  /** Reads titles with dashes. */
  static final class PresetName implements ITypeConverter<Preset> {
    @Override
    public Preset convert(String text) {
      String title = text.toLowerCase(Locale.ROOT).replace('-', ' ').replace('_', ' ');
      return Stream.of(Preset.values())
          .filter(preset -> preset.title().equals(title))
          .findFirst()
          .orElseThrow(
              () ->
                  new picocli.CommandLine.TypeConversionException(
                      "there is no preset '"
                          + text
                          + "'; there are "
                          + Stream.of(Preset.values())
                              .map(preset -> preset.title().replace(' ', '-'))
                              .collect(Collectors.joining(", "))));
    }
  }

  @Override
  public Integer call() throws IOException {
    return console.run(this::film);
  }

  private Map<String, Object> film(Progress progress) throws IOException {
    console.claimFolder(folder);
    SceneOptions options = preset.options().withSeed(seed).withRigErrorDegrees(rigErrorDegrees);
    if (frames.isPresent()) {
      options = options.withFrameCount(frames.get());
    }
    SyntheticClip clip = SyntheticClip.of(preset, options);
    ImageSize eye = new ImageSize(eyeSidePx, eyeSidePx);
    PinholeCamera camera = view.view();
    write(clip.vr180Video(eye), folder.resolve("vr180.mp4"), eye.sideBySide(), progress);
    write(clip.leftVideo(camera), folder.resolve("left.mp4"), camera.size(), progress);
    writeClip(clip);
    writeTruth(clip, camera, progress);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("preset", preset.title());
    out.put("frames", clip.frameCount());
    out.put("video", folder.resolve("vr180.mp4"));
    out.put("clip", folder.resolve("clip.npz"));
    out.put("depth", folder.resolve("depth.npz"));
    return out;
  }

  private static void write(VideoReader source, Path file, ImageSize size, Progress progress)
      throws IOException {
    EncodeOptions encode =
        EncodeOptions.DEFAULTS.withFramesPerSecond(source.framesPerSecond()).withQuality(QUALITY);
    int total = source.info().frameCount().orElse(0);
    try (source;
        VideoWriter writer = Backends.video("ffmpeg").create(file, size, encode)) {
      for (Frame frame : source) {
        writer.write(frame.image());
        progress.finishAfter(
            Step.of(String.valueOf(file.getFileName()), frame.frameIndex() + 1L, total));
      }
      writer.finish();
    }
  }

  private void writeClip(SyntheticClip clip) throws IOException {
    int n = clip.frameCount();
    long[] micros = new long[n];
    for (int t = 0; t < n; t++) {
      micros[t] = Math.round(clip.timeSeconds(t) * 1e6);
    }
    Rigid3 cameraFromWorld = clip.worldFromCamera(0).inverse();
    new StereoClip(
            preset.title().replace(' ', '-'),
            "synthetic",
            micros,
            clip.worldFromCameras().stream().map(cameraFromWorld::compose).toList(),
            Tracks3d.wrap(n, new float[0], new boolean[0], new byte[0]),
            clip.options().calibration(),
            Map.of())
        .write(folder.resolve("clip.npz"));
  }

  private void writeTruth(SyntheticClip clip, PinholeCamera camera, Progress progress)
      throws IOException {
    ImageSize size = camera.size();
    int n = clip.frameCount();
    float[] all = new float[Math.multiplyExact(n, size.area())];
    for (int t = 0; t < n; t++) {
      DepthMap depth = clip.truth().depth(clip.left(t, camera));
      float[] meters = depth.meters().contiguous();
      for (int i = 0; i < meters.length; i++) {
        // nothing but the sky is without a depth, and it is far
        all[t * size.area() + i] = Float.isNaN(meters[i]) ? Float.POSITIVE_INFINITY : meters[i];
      }
      SurfaceMap surfaces = clip.truth().surfaces(clip.left(t, camera));
      PngImage.of(ByteImage.wrap(surfaces.semanticClass(), size, 1))
          .write(folder.resolve(String.format(Locale.ROOT, "classes/frame_%06d.png", t)));
      progress.finishAfter(Step.of("truth", t + 1L, n));
    }
    NpzWriter.write(
        folder.resolve("depth.npz"),
        Map.of("depth", NpyArray.of(all, n, size.height(), size.width())));
  }
}
