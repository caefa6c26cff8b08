package org.stereo4d.examples.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.backend.Backends;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.synthetic.CameraMotion;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

/**
 * Twenty clips, one of them listed twice and one corrupt, on the master {@code local[2,3]}: the
 * driver is killed in the middle and started again, and the child JVM of one clip is killed.
 */
class SparkBatchTest {
  private static final ImageSize EYE = new ImageSize(256, 256);
  private static final int FRAMES = 2;
  private static final int FILMS = 4;
  private static final int CLIPS = 20;
  private static final String CORRUPT = "clip07";
  private static final String KILLED = "clip18";
  private static final long LIMIT_MINUTES = 20;

  @TempDir Path folder;

  private void film(int number) throws IOException {
    SyntheticClip clip =
        SyntheticClip.of(
            Preset.STATIC_ROOM,
            Preset.STATIC_ROOM
                .options()
                .withSeed(number)
                .withCameraMotion(CameraMotion.HANDHELD)
                .withFrameCount(FRAMES));
    Path file = folder.resolve("film " + number + ".mp4");
    try (VideoReader reader = clip.vr180Video(EYE);
        VideoWriter writer =
            Backends.video("ffmpeg")
                .create(file, EYE.sideBySide(), EncodeOptions.DEFAULTS.withQuality(10))) {
      for (Frame frame : reader) {
        writer.write(frame.image());
      }
      writer.finish();
    }
    long[] micros = new long[FRAMES];
    for (int t = 0; t < FRAMES; t++) {
      micros[t] = Math.round(clip.timeSeconds(t) * 1e6);
    }
    new StereoClip(
            "film",
            "film",
            micros,
            clip.worldFromCameras(),
            Tracks3d.wrap(FRAMES, new float[0], new boolean[0], new byte[0]),
            clip.options().calibration(),
            Map.of())
        .write(folder.resolve("film " + number + ".npz"));
  }

  private Path list() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < CLIPS; i++) {
      String id = String.format(java.util.Locale.ROOT, "clip%02d", i);
      String film = id.equals(CORRUPT) ? "corrupt" : "film " + i % FILMS;
      String clip = "film " + i % FILMS + ".npz";
      lines.add(id + "\t" + film + ".mp4\t" + clip);
    }
    lines.add(lines.get(3)); // listed twice
    Files.writeString(folder.resolve("corrupt.mp4"), "no video");
    return Files.write(folder.resolve("clips.tsv"), lines);
  }

  private Process driver(Path list, Path out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : System.getProperty("spark.java.flags").split(" ")) {
      command.add(flag);
    }
    command.addAll(
        List.of(
            "-Xmx512m",
            "-Dspark.master=local[2,3]",
            "-Dspark.ui.enabled=false",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Dspark.driver.host=127.0.0.1",
            "-Dspark.sql.warehouse.dir=" + folder.resolve("warehouse"),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SparkBatch.class.getName(),
            list.toString(),
            out.toString(),
            "--size",
            "64",
            "--stride",
            "8",
            "--heap",
            "256m"));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("driver.log").toFile())
        .start();
  }

  private static List<Path> done(Path out) throws IOException {
    if (!Files.isDirectory(out.resolve("clips"))) {
      return List.of();
    }
    // not a walk: temporary files of clips at work come and go
    try (Stream<Path> clips = Files.list(out.resolve("clips"))) {
      return clips.map(clip -> clip.resolve(ClipTask.OUTCOME)).filter(Files::exists).toList();
    }
  }

  @Test
  void run_killedDriverAndChild_losesNothingAndDoesNothingTwice() throws Exception {
    for (int i = 0; i < FILMS; i++) {
      film(i);
    }
    Path list = list();
    Path out = folder.resolve("out");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(LIMIT_MINUTES);

    Process first = driver(list, out);
    while (done(out).size() < 3 && first.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(100);
    }
    first.destroyForcibly().waitFor();
    Map<Path, FileTime> before = new LinkedHashMap<>();
    for (Path outcome : done(out)) {
      before.put(outcome, Files.getLastModifiedTime(outcome));
    }
    assertThat(before).as(Files.readString(folder.resolve("driver.log"))).hasSizeBetween(3, 12);

    Process second = driver(list, out);
    boolean killed = false;
    while (second.isAlive() && System.nanoTime() < deadline) {
      if (!killed) {
        killed = killChildOf(second, KILLED);
      }
      Thread.sleep(20);
    }
    assertThat(killed).as(Files.readString(folder.resolve("driver.log"))).isTrue();
    assertThat(second.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(second.exitValue())
        .as("one clip is corrupt: " + Files.readString(folder.resolve("driver.log")))
        .isEqualTo(1);

    assertThat(done(out)).as(log()).hasSize(CLIPS - 1);
    for (Map.Entry<Path, FileTime> entry : before.entrySet()) {
      assertThat(Files.getLastModifiedTime(entry.getKey())).isEqualTo(entry.getValue());
    }
    checkTable(out);
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("driver.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean killChildOf(Process driver, String clip) {
    return driver
        .descendants()
        .filter(child -> List.of(child.info().arguments().orElse(new String[0])).contains(clip))
        .anyMatch(ProcessHandle::destroyForcibly);
  }

  private void checkTable(Path out) throws IOException {
    try (Stream<Path> files = Files.list(out.resolve("results"))) {
      List<Path> json = files.filter(file -> file.toString().endsWith(".json")).toList();
      assertThat(json).hasSize(1);
      assertThat(Files.readAllLines(json.get(0))).hasSize(CLIPS);
    }
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
            .getOrCreate()) {
      List<Row> rows =
          spark.read().parquet(out.resolve("statistics").toString()).orderBy("id").collectAsList();
      assertThat(rows).hasSize(CLIPS);
      assertThat(rows).extracting(row -> row.<String>getAs("id")).doesNotHaveDuplicates();
      for (Row row : rows) {
        String id = row.getAs("id");
        boolean good = !id.equals(CORRUPT);
        assertThat(row.<Boolean>getAs("succeeded")).as(id).isEqualTo(good);
        if (good) {
          assertThat(row.<Integer>getAs("frames")).isEqualTo(FRAMES);
          assertThat(row.<Double>getAs("knownDepthShare")).isGreaterThan(0.3);
        } else {
          assertThat(row.<String>getAs("message")).contains("corrupt.mp4");
          assertThat(row.<Integer>getAs("attempt")).as("tried three times").isEqualTo(2);
        }
        if (id.equals(KILLED)) {
          assertThat(row.<Integer>getAs("attempt")).isEqualTo(1);
        }
      }
    }
  }
}
