package org.stereo4d.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.backend.Backends;
import org.stereo4d.io.ImageFiles;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.io.clip.Tracks2dFile;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.Json;
import org.stereo4d.run.Limits;
import org.stereo4d.video.VideoReader;

/** Every command on one small clip, in the order of the pipeline. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsTest {
  private static final int FRAMES = 6;

  @TempDir static Path shared;
  @TempDir Path folder;
  private Path world;
  private Path video;

  @BeforeAll
  void film() {
    world = shared.resolve("ein Ort é");
    Map<String, Object> result =
        Program.result(
            "synth",
            "static-room",
            "-o",
            world,
            "--frames",
            FRAMES,
            "--eye",
            512,
            "--size",
            128,
            "--rig-error",
            1);
    assertThat(result).containsEntry("frames", (double) FRAMES);
    video = world.resolve("vr180.mp4");
  }

  private static double number(Map<String, Object> result, String name) {
    return ((Number) result.get(name)).doubleValue();
  }

  private static Object[] with(Object[] first, Object... more) {
    Object[] out = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, out, first.length, more.length);
    return out;
  }

  @Test
  void synth_truth_isThere() throws IOException {
    StereoClip clip = StereoClip.read(world.resolve("clip.npz"));
    assertThat(clip.frameCount()).isEqualTo(FRAMES);
    assertThat(clip.worldFromCameras().get(0).translation().norm()).isLessThan(1e-12);
    assertThat(world.resolve("classes/frame_000005.png")).exists();
    assertThat(world.resolve("left.mp4")).exists();
  }

  @Test
  void doctor_goodVideo_isUsable() {
    Map<String, Object> result = Program.result("doctor", video);
    assertThat(result).containsEntry("usable", true).containsEntry("layout", "SIDE_BY_SIDE");
  }

  @Test
  void doctor_monoVideo_exitsWithOne() {
    Path mono = folder.resolve("mono");
    Program.result("synth", "mono", "-o", mono, "--frames", 1, "--eye", 640, "--size", 64);
    Program program = Program.run("doctor", mono.resolve("vr180.mp4"));
    assertThat(program.code()).isEqualTo(1);
    assertThat(program.out()).contains("MONO").contains("both eyes show one picture");
  }

  @Test
  void rectify_disparity_track_filter_optimize_workAfterEachOther() throws IOException {
    Path views = folder.resolve("views");
    Path clip = world.resolve("clip.npz");
    assertThat(Program.result("rectify", video, "--clip", clip, "-o", views, "--size", 128))
        .containsEntry("frames", (double) FRAMES);
    Path depth = folder.resolve("depth");
    Map<String, Object> matched =
        Program.result(
            "disparity",
            views.resolve("left.mp4"),
            views.resolve("right.mp4"),
            "-o",
            depth,
            "--range",
            32);
    assertThat(number(matched, "knownDepthShare")).isGreaterThan(0.6);
    assertThat(ImageFiles.read(depth.resolve("colors/frame_000000.png")).width()).isEqualTo(128);

    Path tracks = folder.resolve("tracks.npz");
    Path lifted = folder.resolve("lifted.npz");
    Path overlay = folder.resolve("overlay.mp4");
    Map<String, Object> tracked =
        Program.result(
            "track",
            views.resolve("left.mp4"),
            "-o",
            tracks,
            "--every",
            3,
            "--stride",
            8,
            "--overlay",
            overlay,
            "--depth-maps",
            depth.resolve("depth"),
            "--clip",
            clip,
            "--lifted",
            lifted);
    assertThat(number(tracked, "tracks")).isGreaterThan(100);
    assertThat(Tracks2dFile.read(tracks).frameCount()).isEqualTo(FRAMES);
    assertThat(overlay).exists();
    assertThat(StereoClip.read(lifted).tracks().count()).isEqualTo((int) number(tracked, "tracks"));

    Path filtered = folder.resolve("filtered.npz");
    Map<String, Object> kept =
        Program.result(
            "filter",
            tracks,
            lifted,
            "--classes",
            world.resolve("classes"),
            "-o",
            filtered,
            "--size",
            128);
    assertThat(number(kept, "kept")).isBetween(1.0, number(tracked, "tracks"));
    assertThat(kept).doesNotContainKey("skippedBecause");
    assertThat(StereoClip.read(filtered).tracks().count()).isEqualTo((int) number(kept, "kept"));
    assertThat(Program.result("filter", tracks, lifted, "-o", folder.resolve("all.npz")))
        .containsKey("skippedBecause")
        .containsEntry("kept", tracked.get("tracks"));

    Path optimised = folder.resolve("optimised.npz");
    Path glb = folder.resolve("tracks.glb");
    Path ply = folder.resolve("tracks.ply");
    Map<String, Object> result =
        Program.result(
            "optimize", filtered, "-o", optimised, "--size", 128, "--glb", glb, "--ply", ply);
    assertThat(number(result, "noisePx")).isBetween(0.001, 5.0);
    assertThat(StereoClip.read(optimised).tracks().count()).isEqualTo((int) number(kept, "kept"));
    assertThat(glb).exists();
    assertThat(ply).exists();
    assertThat(Program.result("evaluate", "tracks", tracks, tracks, "--size", 128))
        .containsEntry("averageJaccard", 1.0);
  }

  @Test
  void disparity_pictures_areEvaluatedAgainstTruth() throws IOException {
    Path views = folder.resolve("views");
    Program.result(
        "rectify", video, "--clip", world.resolve("clip.npz"), "-o", views, "--size", 128);
    Path depth = folder.resolve("depth");
    Path left = folder.resolve("left.png");
    PngImage.of(ImageFiles.read(world.resolve("classes/frame_000000.png"))).write(left);
    assertThat(Program.result("disparity", left, left, "-o", depth, "--range", 16))
        .containsEntry("frames", 1.0);
    Path map = depth.resolve("disparity/frame_000000.npy");
    assertThat(Program.run("evaluate", "disparity", map, map).code()).isZero();
  }

  @Test
  void poses_misalignedRig_areNearTheTruth() throws IOException {
    Path walk = folder.resolve("walk");
    Program.result(
        "synth", "walking-camera", "-o", walk, "--frames", 8, "--eye", 640, "--size", 64);
    Path poses = folder.resolve("poses.npz");
    Path tum = folder.resolve("poses.txt");
    Map<String, Object> found =
        Program.result(
            "poses", walk.resolve("vr180.mp4"), "-o", poses, "--tum", tum, "--working-size", 384);
    assertThat(number(found, "solvedShare")).isEqualTo(1);
    Map<String, Object> errors =
        Program.result("evaluate", "poses", poses, walk.resolve("clip.npz"));
    assertThat(number(errors, "absoluteMeters")).isLessThan(0.02);
    Map<String, Object> same = Program.result("evaluate", "poses", tum, poses);
    assertThat(number(same, "absoluteMeters")).isLessThan(1e-6);
  }

  @Test
  void run_thenResume_doesNothingTwice() throws IOException {
    Path out = folder.resolve("run");
    Object[] command = {
      "run",
      video,
      "--no-videos",
      "--clip",
      world.resolve("clip.npz"),
      "-o",
      out,
      "--size",
      128,
      "--stride",
      8,
      "--every",
      3
    };
    Map<String, Object> first = Program.result(command);
    assertThat(number(first, "stagesRun")).isEqualTo(6);
    assertThat(number(first, "tracks")).isGreaterThan(100);
    assertThat(Files.readString(out.resolve("report/index.html")))
        .contains("Sum over all tracks after each iteration", "<title>Energy over iterations")
        .contains("As filmed, frame 3", "Rectified left view", "as lifted, and optimised")
        .contains("Histogram of disparity", "Histogram of vertical error", "Seconds of each stage")
        .contains("<canvas", "data:video/mp4", "<h2>Doctor</h2>")
        .contains("No network took part");
    Map<String, Object> report =
        Json.object(
            Json.parse(Files.readString(out.resolve("report/report.json")), Limits.DEFAULTS),
            "report");
    assertThat(report).containsKeys("statistics", "doctor", "stages");
    Map<String, Object> optimise =
        Json.object(Json.object(report.get("stages"), "stages").get("optimise"), "optimise");
    List<Object> energies =
        Json.list(Json.object(optimise.get("facts"), "facts").get("energies"), "energies");
    assertThat(energies.size()).isGreaterThan(2);
    assertThat((double) energies.get(energies.size() - 1)).isLessThan((double) energies.get(0));

    Program refused = Program.run(command);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("--overwrite");
    assertThat(number(Program.result(with(command, "--resume", "--no-report")), "stagesRun"))
        .isZero();
    assertThat(number(Program.result(with(command, "--overwrite", "--no-report")), "stagesRun"))
        .isEqualTo(6);
  }

  @Test
  void run_oneAndManyThreads_giveTheSameTracks() throws IOException {
    Path one = folder.resolve("one");
    Path many = folder.resolve("many");
    for (Path out : List.of(one, many)) {
      Program.result(
          "run",
          video,
          "--clip",
          world.resolve("clip.npz"),
          "-o",
          out,
          "--size",
          96,
          "--stride",
          12,
          "--no-report",
          "--no-videos",
          "--threads",
          out.equals(one) ? 1 : 3,
          "--id",
          "x");
    }
    assertThat(StereoClip.read(one.resolve("x-clip.npz")).tracks().xyz())
        .isEqualTo(StereoClip.read(many.resolve("x-clip.npz")).tracks().xyz());
  }

  @Test
  void batch_badClip_isListedAndTheRestIsDone() throws IOException {
    Path list = folder.resolve("clips.tsv");
    Path bad = folder.resolve("bad.mp4");
    Files.writeString(bad, "no video");
    Files.writeString(
        list, "bad\tbad.mp4\ngood\t" + video + "\t" + world.resolve("clip.npz") + "\n");
    Path out = folder.resolve("batch");
    Program program =
        Program.run("batch", list, "-o", out, "--size", 96, "--stride", 12, "--json", "--quiet");
    assertThat(program.code()).isEqualTo(1);
    Map<String, Object> result = Json.object(Json.parse(program.out(), Limits.DEFAULTS), "result");
    assertThat(number(result, "done")).isEqualTo(1);
    assertThat(String.valueOf(result.get("failed"))).contains("bad.mp4");
    assertThat(out.resolve("good/good-clip.npz")).exists();
    assertThat(Files.readString(out.resolve("report/index.html")))
        .contains("<td>good</td><td class=\"good\">ok</td>")
        .contains("<td>bad</td><td class=\"bad\">failed</td>")
        .contains("bad.mp4");
    assertThat(Files.readString(out.resolve("report/report.json"))).contains("\"failed\": 1");
    assertThat(
            number(
                Program.result(
                    "batch",
                    list,
                    "-o",
                    out,
                    "--size",
                    96,
                    "--stride",
                    12,
                    "--shard",
                    "1/2",
                    "--resume"),
                "done"))
        .isEqualTo(1);
  }

  @Test
  void to3d_everyKindOfOutput_isWritten() throws IOException {
    Path left = world.resolve("left.mp4");
    Path depth = world.resolve("depth.npz");
    Path wide = folder.resolve("wide.mp4");
    assertThat(Program.result("to3d", left, "-o", wide)).containsEntry("frames", (double) FRAMES);
    for (Object[] layout :
        new Object[][] {
          {"--format", "HALF_SIDE_BY_SIDE"}, {"--anaglyph", "dubois"}, {"--vr180", 90}
        }) {
      Path file = folder.resolve(layout[0].toString().substring(2) + ".mp4");
      Program.result(
          with(
              new Object[] {
                "to3d", left, "--depth", depth, "--depth-is", "DEPTH", "-o", file, "--steady"
              },
              layout));
      assertThat(file).exists();
    }
    Path deep = folder.resolve("deep.mp4");
    Program.result("to3d", left, "--bits", 10, "-o", deep);
    try (VideoReader reader = Backends.video("ffmpeg").open(deep)) {
      assertThat(reader.info().bitsPerSample()).isEqualTo(10);
    }
    Program twelve = Program.run("to3d", left, "--bits", 12, "-o", folder.resolve("12.mp4"));
    assertThat(twelve.code()).isEqualTo(1);
    assertThat(twelve.err()).contains("8 or 10, was 12");
    Program again = Program.run("to3d", left, "-o", wide);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("wide.mp4").contains("--overwrite");
  }

  @Test
  void stabilize_flickeringDepth_isSteadierAndReportsErrorsOfEveryStage() throws IOException {
    Path out = folder.resolve("steady");
    Path flicker = folder.resolve("flicker.npz");
    try (var npz = org.stereo4d.io.npy.NpzFile.open(world.resolve("depth.npz"))) {
      float[] values = npz.floats("depth");
      java.util.Random random = new java.util.Random(5);
      for (int i = 0; i < values.length; i++) {
        values[i] *= (float) (1 + 0.1 * random.nextDouble());
      }
      org.stereo4d.io.npy.NpzWriter.write(
          flicker, Map.of("depth", org.stereo4d.io.npy.NpyArray.of(values, npz.shape("depth"))));
    }
    Map<String, Object> result =
        Program.result(
            "stabilize",
            world.resolve("left.mp4"),
            "--depth",
            flicker,
            "--depth-is",
            "DEPTH",
            "-o",
            out,
            "--floats");
    Map<String, Object> opw = Json.object(result.get("opw"), "opw");
    assertThat(number(opw, "mix")).isLessThan(number(opw, "initial") / 2);
    assertThat(out.resolve("mix/pfm/frame_000000.pfm")).exists();
    assertThat(Files.readString(out.resolve("report/index.html")))
        .contains("<title>OPW", "Depth as given, and made steady", "Seconds of each step");
    assertThat(Files.readString(out.resolve("report/report.json"))).contains("\"opw\"");
  }

  @Test
  void evaluate_depthOfItself_isPerfect() throws IOException {
    Path inverse = folder.resolve("inverse.npz");
    try (var npz = org.stereo4d.io.npy.NpzFile.open(world.resolve("depth.npz"))) {
      float[] values = npz.floats("depth");
      for (int i = 0; i < values.length; i++) {
        values[i] = 1 / values[i];
      }
      org.stereo4d.io.npy.NpzWriter.write(
          inverse, Map.of("depth", org.stereo4d.io.npy.NpyArray.of(values, npz.shape("depth"))));
    }
    Map<String, Object> result =
        Program.result("evaluate", "depth", inverse, world.resolve("depth.npz"));
    assertThat(number(result, "delta1")).isGreaterThan(0.999);
  }

  @Test
  void models_andBackends_tellWhatIsThere() {
    assertThat(Program.run("models").out())
        .contains("NVDS_Stabilizer.pth, MIT")
        .contains("CC BY-NC");
    Program backends = Program.run("backends");
    assertThat(backends.out()).contains("ffmpeg").contains("opencv").contains("pytorch");
    assertThat(backends.code()).isZero();
  }

  @Test
  void completion_isAScriptOfAllCommands() {
    Program program = Program.run("generate-completion");
    assertThat(program.code()).isZero();
    assertThat(program.out()).contains("complete").contains("stabilize").contains("to3d");
  }

  @Test
  void help_ofEveryCommand_hasAnExample() {
    for (String command :
        List.of(
            "doctor",
            "rectify",
            "disparity",
            "track",
            "filter",
            "optimize",
            "poses",
            "run",
            "batch",
            "to3d",
            "stabilize",
            "synth",
            "evaluate",
            "models",
            "backends")) {
      Program program = Program.run(command, "--help");
      assertThat(program.code()).isZero();
      assertThat(program.out()).as(command).contains("Example").contains("stereo4d " + command);
    }
  }
}
