package org.stereo4d.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.io.clip.StereoClip;

/** The ten most likely mistakes, and what the program says to each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MistakesTest {
  @TempDir static Path shared;
  @TempDir Path folder;
  private Path world;

  @BeforeAll
  void film() {
    world = shared.resolve("world");
    Program.result("synth", "static-room", "-o", world, "--frames", 3, "--eye", 256, "--size", 64);
  }

  private static void assertRefused(Program program, String... says) {
    assertThat(program.code()).as(program.err()).isEqualTo(1);
    assertThat(program.err()).contains("error: ").contains(says).doesNotContain("\tat ");
  }

  /** The same classes without the jars that hold natives. */
  @Test
  void noNatives_namesTheCoordinatesToAdd() throws Exception {
    List<URL> urls = new ArrayList<>();
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String entry : all.split(java.io.File.pathSeparator)) {
      boolean natives =
          entry.matches(".*(javacpp|openblas|opencv|ffmpeg)-[^/]*(x86_64|arm64)[^/]*\\.jar");
      if (!natives) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader bare =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Object[] args = {"doctor", world.resolve("vr180.mp4").toString()};
      Class<?> program = bare.loadClass("org.stereo4d.examples.Program");
      var run = program.getDeclaredMethod("run", Object[].class);
      run.setAccessible(true);
      Object result = run.invoke(null, (Object) args);
      var code = program.getDeclaredMethod("code");
      var err = program.getDeclaredMethod("err");
      code.setAccessible(true);
      err.setAccessible(true);
      assertThat(code.invoke(result)).isEqualTo(1);
      assertThat((String) err.invoke(result))
          .contains("org.bytedeco:ffmpeg:8.0.1-1.5.13")
          .contains("org.bytedeco:javacpp:1.5.13");
    }
  }

  /** Containers often have no home that can be written. */
  @Test
  void nativesThatCannotBeUnpacked_areSaid() throws Exception {
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=/dev/null",
                "-Djava.io.tmpdir=/dev/null",
                "-Dorg.bytedeco.javacpp.cachedir=/dev/null",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "org.stereo4d.examples.Stereo4d",
                "doctor",
                world.resolve("vr180.mp4").toString())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(Files.readString(err))
        .contains("error: back end 'ffmpeg' is there but does not load")
        .contains("org.bytedeco.javacpp.cachedir")
        .doesNotContain("\tat ");
  }

  @Test
  void wrongFile_isNamedWithWhatWasExpected() throws IOException {
    Path text = folder.resolve("notes.mp4");
    Files.writeString(text, "this is not a video");
    assertRefused(Program.run("doctor", text), "notes.mp4");
    assertRefused(
        Program.run("run", world.resolve("vr180.mp4"), "--clip", text, "-o", folder.resolve("o")),
        "notes.mp4");
    assertRefused(
        Program.run("doctor", folder.resolve("absent.mp4")), "absent.mp4", "no such file");
  }

  @Test
  void monoVideo_isRefusedWithTheReason() {
    Path mono = folder.resolve("mono");
    Program.result("synth", "mono", "-o", mono, "--frames", 2, "--eye", 640, "--size", 64);
    assertRefused(
        Program.run("run", mono.resolve("vr180.mp4"), "-o", folder.resolve("out")),
        "vr180.mp4",
        "MONO",
        "there is no depth to find");
  }

  @Test
  void missingWeights_areNamed() {
    assertRefused(
        Program.run(
            "stabilize",
            world.resolve("left.mp4"),
            "--depth",
            world.resolve("depth.npz"),
            "--weights",
            folder.resolve("NVDS_Stabilizer.pth"),
            "-o",
            folder.resolve("s")),
        "NVDS_Stabilizer.pth");
    assertRefused(
        Program.run(
            "to3d",
            world.resolve("left.mp4"),
            "--depth-network",
            folder.resolve("dpt.pt"),
            "-o",
            folder.resolve("x.mp4")),
        "dpt.pt");
  }

  /** Linux keeps a device that is always full. */
  @Test
  void fullDisk_leavesNoHalfFile() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    assertThat(Program.run("synth", "mono", "-o", full.resolve("x")).code()).isEqualTo(1);
    assertThat(Program.run("synth", "mono", "-o", full).err()).contains("/dev/full");
  }

  @Test
  void noWritePermission_isSaid() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeTrue(!Files.isWritable(locked), "this user may write everywhere");
      assertRefused(
          Program.run("poses", world.resolve("vr180.mp4"), "-o", locked.resolve("p.npz")),
          "locked",
          "permission denied");
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void outputThatIsAFile_isSaid() throws IOException {
    Path file = folder.resolve("taken");
    Files.writeString(file, "mine");
    assertRefused(Program.run("synth", "mono", "-o", file), "taken", "expected a folder");
    assertThat(Files.readString(file)).isEqualTo("mine");
  }

  @Test
  void cancelledRun_exitsWith130AndLeavesNoPart() throws IOException {
    Path out = folder.resolve("cancelled");
    Program program =
        Program.run(
            new AtomicBoolean(true),
            "run",
            world.resolve("vr180.mp4"),
            "-o",
            out,
            "--size",
            64,
            "--clip",
            world.resolve("clip.npz"));
    assertThat(program.code()).isEqualTo(130);
    assertThat(program.err()).contains("cancelled").contains("--resume");
    try (var files = Files.walk(out)) {
      assertThat(files.filter(file -> file.toString().contains(".part-"))).isEmpty();
    }
    assertThat(
            Program.run(
                    "run",
                    world.resolve("vr180.mp4"),
                    "-o",
                    out,
                    "--size",
                    64,
                    "--clip",
                    world.resolve("clip.npz"),
                    "--resume",
                    "--no-report")
                .code())
        .isZero();
  }

  @Test
  void oddSizes_work() {
    Path odd = folder.resolve("odd");
    Program.result("synth", "moving-objects", "-o", odd, "--frames", 2, "--eye", 255, "--size", 63);
    Path made = folder.resolve("odd.mp4");
    Program.result("to3d", odd.resolve("left.mp4"), "-o", made);
    assertThat(made).exists();
  }

  @Test
  void pathsWithSpacesAndNonAscii_work() throws IOException {
    Path strange = folder.resolve("Ein Film – 映画 ’n’ é");
    Program.result("synth", "mono", "-o", strange, "--frames", 2, "--eye", 128, "--size", 64);
    Path made = strange.resolve("über 3D.mp4");
    Program.result("to3d", strange.resolve("left.mp4"), "-o", made);
    assertThat(made).exists();
    assertThat(StereoClip.read(strange.resolve("clip.npz")).frameCount()).isEqualTo(2);
  }

  @Test
  void readOnlyInput_isNeverWrittenTo() throws IOException {
    Path input = folder.resolve("input");
    Program.result("synth", "mono", "-o", input, "--frames", 2, "--eye", 128, "--size", 64);
    Path left = input.resolve("left.mp4");
    byte[] before = Files.readAllBytes(left);
    Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("r--r--r--"));
    Program.result("to3d", left, "-o", folder.resolve("made.mp4"));
    assertThat(Files.readAllBytes(left)).isEqualTo(before);
  }

  @Test
  void wrongUsage_exitsWithTwoAndHints() {
    Program program = Program.run("doctr");
    assertThat(program.code()).isEqualTo(2);
    assertThat(program.err()).contains("doctor");
    assertThat(Program.run("synth", "swimming-pool", "-o", folder).err())
        .contains("walking-camera");
    assertThat(Program.run("run").code()).isEqualTo(2);
  }
}
