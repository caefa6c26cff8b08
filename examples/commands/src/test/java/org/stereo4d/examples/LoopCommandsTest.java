package org.stereo4d.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.examples.console.Terminal;

/** The commands of loops, in their order, on synthetic water. */
class LoopCommandsTest {
  private static final long WAIT_SECONDS = 60;

  @TempDir Path folder;

  @Test
  void loop_fromWaterToPage_worksAndResumes() throws Exception {
    Path scene = folder.resolve("water é");
    Program.result("loop", "synth", "-o", scene);
    Path trained = folder.resolve("trained");
    Object[] train = {"loop", "train", scene, "-o", trained, "--preset", "DEMO", "--hold-out", "0"};
    Map<String, Object> result = Program.result(train);
    assertThat(((Number) result.get("movingTiles")).intValue()).isPositive();
    assertThat(result).containsEntry("frames", 16.0);
    Path loop = trained.resolve("loop.mtv.npz");
    byte[] first = Files.readAllBytes(loop);
    assertThat(Program.run(train).err()).contains("--overwrite");
    Program.result(
        "loop", "train", scene, "-o", trained, "--preset", "DEMO", "--hold-out", "0", "--resume");
    assertThat(Files.readAllBytes(loop)).isEqualTo(first);

    Map<String, Object> scores = Program.result("loop", "evaluate", scene, loop, "--view", "0");
    assertThat(((Number) scores.get("staticPsnrDecibels")).doubleValue()).isGreaterThan(20);
    Path video = folder.resolve("spiral.mp4");
    assertThat(Program.result("loop", "render", scene, loop, "-o", video))
        .containsEntry("frames", 128.0);
    assertThat(video).exists();
    Path page = folder.resolve("page");
    Program.result("loop", "export", scene, loop, "-o", page);
    view(page);
  }

  /** Starts the server, asks it for its page, and interrupts it. */
  private static void view(Path page) throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    java.io.StringWriter err = new java.io.StringWriter();
    Terminal terminal =
        new Terminal(
            new java.io.PrintWriter(new java.io.StringWriter()),
            new java.io.PrintWriter(err, true),
            false,
            interrupted);
    CompletableFuture<Integer> running =
        CompletableFuture.supplyAsync(
            () -> Stereo4d.run(terminal, "loop", "view", page.toString()));
    Matcher address = Pattern.compile("http://\\S+").matcher("");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (!address.reset(err.toString()).find() && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(address.group()).toURL().openConnection();
    assertThat(connection.getResponseCode()).isEqualTo(200);
    interrupted.set(true);
    assertThat(running.get(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(130);
  }

  @Test
  void flat_waterVideo_becomesALoop() {
    Path scene = folder.resolve("water");
    Program.result("loop", "synth", "-o", scene, "--cameras", "1");
    Path video = folder.resolve("flat.mp4");
    Map<String, Object> result =
        Program.result(
            "loop",
            "flat",
            scene.resolve("videos_1/0000.mp4"),
            "-o",
            video,
            "--least",
            "8",
            "--most",
            "24");
    assertThat(result).containsEntry("frames", 16.0);
    assertThat(video).exists();
  }

  @Test
  void prepare_videoWithoutColmap_saysHowToGoOn() throws IOException {
    Path scene = folder.resolve("water");
    Program.result("loop", "synth", "-o", scene, "--cameras", "1");
    Program program =
        Program.run(
            "loop",
            "prepare",
            scene.resolve("videos_1/0000.mp4"),
            "-o",
            folder.resolve("own"),
            "--colmap-model",
            folder.resolve("nothing"));
    assertThat(program.code()).isEqualTo(1);
    assertThat(program.err()).startsWith("split").contains("error: ");
    assertThat(
            Program.run("loop", "train", folder.resolve("absent"), "-o", folder.resolve("x")).err())
        .contains("absent")
        .contains("no such file");
  }

  @Test
  void help_ofEveryCommand_hasAnExample() {
    for (String command :
        List.of("synth", "prepare", "train", "render", "export", "evaluate", "view", "flat")) {
      Program program = Program.run("loop", command, "--help");
      assertThat(program.code()).isZero();
      assertThat(program.out()).contains("stereo4d loop " + command);
    }
  }
}
