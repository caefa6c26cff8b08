package org.stereo4d.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script as it stands in the assembled folder, beside a jar that names the class path. */
class StartScriptTest {
  @TempDir Path folder;

  private Path install() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "this system has no /bin/sh");
    Path home = folder.resolve("my programs é/stereo4d");
    Path script = home.resolve("bin/stereo4d");
    Files.createDirectories(script.getParent());
    Files.copy(Path.of("src/main/scripts/stereo4d"), script);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    copyClassPath(home.resolve("lib"));
    return script;
  }

  /** Makes a jar that stands for all jars of the test. */
  private static void copyClassPath(Path lib) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    attributes.put(
        Attributes.Name.CLASS_PATH,
        Stream.of(classPath.split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" ")));
    Files.createDirectories(lib);
    try (OutputStream out = Files.newOutputStream(lib.resolve("all.jar"))) {
      new JarOutputStream(out, manifest).close();
    }
  }

  private record Ended(int code, String out, String err) {}

  private Ended start(Path workingFolder, Path script, String... args)
      throws IOException, InterruptedException {
    Process process = process(workingFolder, script, args).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(folder.resolve("out.txt")),
        Files.readString(folder.resolve("err.txt")));
  }

  private ProcessBuilder process(Path workingFolder, Path script, String... args) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingFolder.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  @Test
  void script_fromAnotherFolderThroughALink_needsNoFlags() throws Exception {
    Path link = folder.resolve("s4d");
    Files.createSymbolicLink(link, install());
    Path elsewhere = Files.createDirectory(folder.resolve("else where"));
    Ended backends = start(elsewhere, link, "backends");
    assertThat(backends.code()).as(backends.err()).isZero();
    assertThat(backends.out()).contains("vectorKernels: on").contains("ffmpeg");
    Ended film =
        start(
            elsewhere,
            link,
            "synth",
            "mono",
            "--frames",
            "1",
            "--eye",
            "64",
            "--size",
            "64",
            "-o",
            "my out");
    assertThat(film.code()).as(film.err()).isZero();
    assertThat(elsewhere.resolve("my out/vr180.mp4")).exists();
    assertThat(start(elsewhere, link, "no-such-command").code()).isEqualTo(2);
    assertThat(start(elsewhere, link, "doctor", "absent.mp4").code()).isEqualTo(1);
  }

  /** What can be said of the Windows script without Windows. */
  @Test
  void windowsScript_text_isWhatTheShellNeeds() throws Exception {
    String windows = Files.readString(Path.of("src/main/scripts/stereo4d.bat"));
    String unix = Files.readString(Path.of("src/main/scripts/stereo4d"));
    for (String both :
        List.of(
            "org.stereo4d.examples.Stereo4d",
            "--add-modules jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow",
            "stereo4d needs Java 17 or newer; set JAVA_HOME or put java on the path")) {
      assertThat(windows).contains(both);
      assertThat(unix).contains(both);
    }
    assertThat(Class.forName("org.stereo4d.examples.Stereo4d")).isNotNull();
    // a command between quotes that holds quotes needs a pair around all of it
    assertThat(windows).containsPattern("in \\('\"\"%JAVA%\" .*\"'\\) do");
    // folders have spaces and brackets
    Matcher folders = Pattern.compile("(.)%(JAVA|HOME_FOLDER|~dp0)").matcher(windows);
    while (folders.find()) {
      assertThat(folders.group(1)).as(folders.group()).isIn("\"", "=");
    }
    assertThat(windows).contains("set \"HOME_FOLDER=%~dp0..\"", "-cp \"%HOME_FOLDER%\\lib\\*\"");
    assertThat(windows).endsWith(" %*\nexit /b %ERRORLEVEL%\n");
    assertThat(windows).isASCII();
    assertThat(Files.readString(Path.of("src/main/assembly/folder.xml")))
        .containsPattern("(?s)<include>stereo4d.bat</include>.*<lineEnding>dos</lineEnding>");
  }

  @Test
  void windowsScript_onWindows_starts() throws Exception {
    assumeTrue(File.separatorChar == '\\', "this is not Windows: the script cannot be run");
    Path script = folder.resolve("my (x86) programs/stereo4d/bin/stereo4d.bat");
    Files.createDirectories(script.getParent());
    String text = Files.readString(Path.of("src/main/scripts/stereo4d.bat"));
    Files.writeString(script, text.replace("\n", "\r\n"));
    copyClassPath(script.resolveSibling("../lib"));
    assertThat(start(folder, script, "backends").code()).isZero();
    assertThat(start(folder, script, "doctor", "ab sent.mp4").code()).isEqualTo(1);
    assertThat(start(folder, script, "no-such-command").code()).isEqualTo(2);
  }

  /** Shells start background jobs so, and their children inherit it. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("SigIgn:")) {
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0;
      }
    }
    return false;
  }

  @Test
  void interrupt_exitsWith130AndLeavesNoPart() throws Exception {
    assumeTrue(!ignoresInterrupts(), "children of this process are deaf to interrupts");
    Path script = install();
    Process process =
        process(
                folder,
                script,
                "synth",
                "walking-camera",
                "--frames",
                "2000",
                "--eye",
                "256",
                "-o",
                "long")
            .start();
    Path progress = folder.resolve("err.txt");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.readString(progress).contains("vr180.mp4 [") && System.nanoTime() < deadline) {
      Thread.sleep(100);
    }
    Process kill = new ProcessBuilder("/bin/kill", "-INT", Long.toString(process.pid())).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(Files.readString(progress)).contains("cancelled");
    try (Stream<Path> files = Files.walk(folder.resolve("long"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }
}
