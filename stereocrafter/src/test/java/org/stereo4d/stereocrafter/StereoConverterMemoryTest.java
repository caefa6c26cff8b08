package org.stereo4d.stereocrafter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stereo4d.backend.Backends;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.stereocrafter.format.Packing;
import org.stereo4d.stereocrafter.format.StereoFormat;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoWriter;

/** A video of any length is converted in the heap of a few frames, by a process of its own. */
class StereoConverterMemoryTest {
  private static final int MINUTES = 30;

  /**
   * Writes a video of 8 or 10 bits and converts it in as many with given depth; prints frames,
   * seconds and seconds of processor time of the conversion.
   */
  public static void main(String[] args) throws IOException {
    ImageSize size = new ImageSize(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    int frames = Integer.parseInt(args[3]);
    int bits = Integer.parseInt(args[4]);
    VideoCodec codec = Backends.video("ffmpeg");
    Path source = Path.of(args[0]).resolve("in.mp4");
    EncodeOptions encoding = EncodeOptions.DEFAULTS.withFramesPerSecond(25);
    try (VideoWriter writer = codec.create(source, size, encoding.withBitsPerSample(bits))) {
      for (int t = 0; t < frames; t++) {
        writer.write(picture(size, t));
      }
      writer.finish();
    }
    long processorNanos = processorNanos();
    long nanos = System.nanoTime();
    int written =
        new StereoConverter(ConvertOptions.DEFAULTS.withBitsPerSample(bits))
            .convert(
                source,
                codec,
                depth(size),
                Packing.of(StereoFormat.FULL_SIDE_BY_SIDE),
                Path.of(args[0]).resolve("out_LRF_Full_SBS.mp4"),
                Progress.NONE);
    System.out.printf(
        "%d %.1f %.1f%n",
        written, (System.nanoTime() - nanos) / 1e9, (processorNanos() - processorNanos) / 1e9);
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  private static int near(ImageSize size, int t) {
    return size.width() / 4 + t % (size.width() / 4);
  }

  private static ByteImage picture(ImageSize size, int t) {
    ByteImage out = ByteImage.create(size, 3);
    byte[] v = out.array();
    for (int y = 0, i = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++, i += 3) {
        int distance = x - near(size, t);
        boolean inside = distance >= 0 && distance < size.width() / 5 && y > size.height() / 4;
        int texture = inside ? (distance * 7 + y) & 63 : ((x + 3 * t) * 5 ^ y * 3) & 127;
        v[i] = (byte) (60 + texture);
        v[i + 1] = (byte) (inside ? 200 : 40 + texture);
        v[i + 2] = (byte) (180 - texture);
      }
    }
    return out;
  }

  private static VideoDepthEstimator depth(ImageSize size) {
    return (frames, sink, progress) -> {
      int t = 0;
      for (ByteImage frame : frames) {
        FloatImage nearness = FloatImage.create(frame.size(), 1);
        for (int y = 0; y < size.height(); y++) {
          int row = y * size.width();
          Arrays.fill(nearness.array(), row, row + size.width(), 0.1f + 0.4f * y / size.height());
          if (y > size.height() / 4) {
            int start = row + near(size, t);
            Arrays.fill(nearness.array(), start, start + size.width() / 5, 0.8f);
          }
        }
        sink.accept(t, new InverseDepthMap(nearness));
        t++;
        if (progress.finishAfter(Step.of("depth", t, 0))) {
          return;
        }
      }
    };
  }

  private static String[] convertElsewhere(
      Path folder, String heap, ImageSize size, int frames, int bits) throws Exception {
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + heap,
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    StereoConverterMemoryTest.class.getName(),
                    folder.toString(),
                    String.valueOf(size.width()),
                    String.valueOf(size.height()),
                    String.valueOf(frames),
                    String.valueOf(bits)))
            .redirectError(errors.toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(() -> read(errors)).isZero();
    return output.strip().split(" ");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return file + " cannot be read: " + e;
    }
  }

  /** All frames as bytes are 3 times the heap, all depth 4 times. */
  @Test
  void fourHundredSmallFrames_inAHeapOfAFewOfThem_areConverted(@TempDir Path folder)
      throws Exception {
    ImageSize size = new ImageSize(480, 270);
    int frames = 400;
    long heap = 64L << 20;
    assertThat(3L * size.area() * frames).isGreaterThan(2 * heap);
    String[] result = convertElsewhere(folder, heap + "", size, frames, 8);
    assertThat(Integer.parseInt(result[0])).isEqualTo(frames);
  }

  /** All frames as bytes are over 3 GB. */
  @ParameterizedTest
  @ValueSource(ints = {8, 10})
  @Tag("load")
  void sixHundredFramesOf1080p_inOneGigabyte_areConverted(int bits, @TempDir Path folder)
      throws Exception {
    int frames = 600;
    String[] result = convertElsewhere(folder, "1g", new ImageSize(1920, 1080), frames, bits);
    assertThat(Integer.parseInt(result[0])).isEqualTo(frames);
    Files.writeString(
        Path.of("target", "conversion-load-" + bits + ".txt"),
        String.join(" ", result) + System.lineSeparator());
  }
}
