package org.stereo4d.backend.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

/** Ten minutes of video pass through a process with a small heap, and native memory stays flat. */
class FFmpegMemoryTest {
  private static final ImageSize SIZE = new ImageSize(320, 240);
  private static final int FRAMES = 10 * 60 * 30;

  /** All frames at once would take this much. */
  private static final long WHOLE_VIDEO_BYTES = 3L * SIZE.area() * FRAMES;

  /** Growth of resident memory between a tenth and the end; decoders and allocators wobble. */
  private static final long MAX_GROWTH_KB = 64 * 1024;

  @TempDir Path folder;

  /** Writes and reads the video; prints the growth of resident memory in kB. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    FFmpegVideoCodec codec = new FFmpegVideoCodec();
    ByteImage image = ByteImage.create(SIZE, 3);
    try (VideoWriter writer = codec.create(file, SIZE, 30)) {
      for (int n = 0; n < FRAMES; n++) {
        image.array()[n % image.array().length] = (byte) n;
        writer.write(image);
      }
      writer.finish();
    }
    long early = 0;
    int count = 0;
    try (VideoReader reader = codec.open(file)) {
      for (Frame frame : reader) {
        count++;
        if (frame.frameIndex() == FRAMES / 10) {
          early = residentKb();
        }
      }
    }
    System.out.println(count + " " + (residentKb() - early));
  }

  private static long residentKb() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  @Test
  void tenMinutes_inASmallHeap_passWithFlatMemory() throws Exception {
    assertThat(WHOLE_VIDEO_BYTES).isGreaterThan(10L * 256 * 1024 * 1024);
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    FFmpegMemoryTest.class.getName(),
                    folder.resolve("long.mp4").toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    String[] parts = output.strip().split(" ");
    assertThat(Integer.parseInt(parts[0])).isEqualTo(FRAMES);
    assertThat(Long.parseLong(parts[1])).isLessThan(MAX_GROWTH_KB);
  }
}
