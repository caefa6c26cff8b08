package org.stereo4d.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.backend.Backends;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.io.clip.Tracks3dFile;
import org.stereo4d.run.Progress;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

/** The acceptance clip: moving objects, 60 frames, eyes of 1920x1920, nothing but the video. */
@Tag("load")
class Stereo4dPipelineLoadTest {
  private static final ImageSize EYE = new ImageSize(1920, 1920);
  private static final int FRAMES = 60;
  private static final long MINUTES = 40;

  @TempDir Path folder;

  static SyntheticClip clip() {
    return SyntheticClip.of(
        Preset.MOVING_OBJECTS, Preset.MOVING_OBJECTS.options().withFrameCount(FRAMES));
  }

  /** Runs in a virtual machine of 1.5 GB. */
  public static void main(String[] arguments) throws IOException {
    new Stereo4dPipeline(PipelineRoles.defaults(), PipelineOptions.DEFAULTS)
        .run(ClipInput.of("clip", Path.of(arguments[0])), Path.of(arguments[1]), Progress.NONE);
  }

  @Test
  void run_movingObjects_in1500MegabytesReducesJitterFivefold() throws Exception {
    Path video = folder.resolve("clip.mp4");
    SyntheticClip clip = clip();
    try (VideoReader reader = clip.vr180Video(EYE);
        VideoWriter writer =
            Backends.video("ffmpeg")
                .create(video, EYE.sideBySide(), EncodeOptions.DEFAULTS.withQuality(14))) {
      for (Frame frame : reader) {
        writer.write(frame.image());
      }
      writer.finish();
    }
    Path out = folder.resolve("out");
    long start = System.nanoTime();
    runElsewhere(video, out);
    double seconds = (System.nanoTime() - start) / 1e9;

    Path optimizedFile = out.resolve("clip-optimized_tracks.npz");
    Tracks3d before = Tracks3dFile.read(out.resolve("clip-lifted_tracks.npz"));
    Tracks3d after = Tracks3dFile.read(optimizedFile);
    TrackTruth truth =
        new TrackTruth(
            clip,
            PipelineOptions.DEFAULTS.view(),
            StereoClip.read(out.resolve("clip-clip.npz")).calibration(),
            Tracks3dFile.readQueries(optimizedFile));
    double[] errorsBefore = truth.sortedErrors(before, after);
    double[] errorsAfter = truth.sortedErrors(after, after);
    double jitterBefore = truth.staticJitter(before, after);
    double jitterAfter = truth.staticJitter(after, after);
    Files.writeString(
        Path.of("target", "stereo4d-load.txt"),
        String.format(
            "tracks %d, %.0f s%nEPE before %s%nEPE after %s%njitter %.5f -> %.5f m (%.1fx)%n%s%n",
            after.count(),
            seconds,
            describe(errorsBefore),
            describe(errorsAfter),
            jitterBefore,
            jitterAfter,
            jitterBefore / jitterAfter,
            Files.readString(out.resolve("manifest.json"))
                .replaceAll("\"depth/frame[^\n]*\n", "")));
    assertThat(mean(errorsAfter)).isLessThan(mean(errorsBefore));
    assertThat(jitterBefore / jitterAfter).isGreaterThanOrEqualTo(5);
  }

  private static void runElsewhere(Path video, Path out) throws Exception {
    Path log = Path.of("target", "stereo4d-load.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1500m",
                    "-cp",
                    System.getProperty("java.class.path").replace(File.pathSeparator, ":"),
                    Stereo4dPipelineLoadTest.class.getName(),
                    video.toString(),
                    out.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(() -> read(log)).isZero();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return log + " cannot be read: " + e;
    }
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static String describe(double[] sorted) {
    return String.format(
        "mean %.4f median %.4f 90%% %.4f m of %d",
        mean(sorted), sorted[sorted.length / 2], sorted[sorted.length * 9 / 10], sorted.length);
  }
}
