package org.stereo4d.stereocrafter.parts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Small videos with sound, drawn by the ffmpeg program; tests are skipped without it. */
public final class SoundVideos {
  private SoundVideos() {}

  /** A moving test picture at 25 Hz with a tone. */
  public static Path write(Path file, int width, int height, int frames) throws Exception {
    String seconds = String.valueOf(frames / 25.0);
    ProcessBuilder command =
        new ProcessBuilder(
            "ffmpeg",
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=" + width + "x" + height + ":rate=25:duration=" + seconds,
            "-f",
            "lavfi",
            "-i",
            "sine=frequency=440:duration=" + seconds,
            "-pix_fmt",
            "yuv420p",
            "-c:v",
            "mpeg4",
            "-q:v",
            "2",
            "-c:a",
            "aac",
            file.toString());
    try {
      Process process =
          command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      boolean done = process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
      Assumptions.assumeTrue(done, "ffmpeg cannot draw a video with sound");
    } catch (IOException e) {
      Assumptions.abort("ffmpeg is absent");
    }
    return file;
  }
}
