package org.stereo4d.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.testing.ProjectFolder;

/** Java blocks of the documents compile; shell blocks are what the build's own script runs. */
class DocumentationTest {
  private static final Path ROOT = ProjectFolder.root();
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** Blocks fenced as text, by their first words, and why no test runs them. */
  private static final Map<String, String> NOT_RUN =
      Map.of(
          "mvn -B -ntp -Pbench", "timings take minutes; the smoke test runs each benchmark once",
          "mvn -B -ntp -Pspeed", "timings take minutes; the smoke test runs each benchmark once",
          "spark-submit", "needs a cluster; a test runs the same class on a local master");

  private static final String PROGRAM = "stereo4d ";
  private static final long COMMAND_MINUTES = 5;

  @TempDir Path folder;

  private record Block(Path document, String language, String text) {}

  private static List<Block> blocks() throws IOException {
    List<Block> out = new ArrayList<>();
    for (Path document : documents()) {
      Matcher matcher = BLOCK.matcher(Files.readString(document));
      while (matcher.find()) {
        out.add(new Block(document, matcher.group(1), matcher.group(2)));
      }
    }
    return out;
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|\\..*)/.*"))
          .sorted()
          .toList();
    }
  }

  @Test
  void javaBlocks_compile() throws IOException {
    List<Block> blocks = blocks().stream().filter(b -> b.language().equals("java")).toList();
    assertThat(blocks).isNotEmpty();
    List<Path> sources = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      Path source = folder.resolve("Block" + i + ".java");
      Files.writeString(source, wrap("Block" + i, blocks.get(i).text()));
      sources.add(source);
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(problems, Locale.ROOT, StandardCharsets.UTF_8)) {
      String classPath =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      compiler
          .getTask(
              null,
              files,
              problems,
              List.of("-d", folder.toString(), "-cp", classPath, "-proc:none"),
              null,
              files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    assertThat(
            problems.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .map(d -> d.getMessage(Locale.ROOT) + " in " + d.getSource())
                .toList())
        .isEmpty();
  }

  /** What blocks may take as given: a pair, frames with initial depth, and somebody's estimator. */
  private static String wrap(String name, String body) throws IOException {
    String imports =
        packages().stream().map(p -> "import " + p + ".*;\n").collect(Collectors.joining());
    return "import java.nio.file.Path;\nimport java.util.*;\n"
        + imports
        + "class "
        + name
        + " {\n  void save(int frame, InverseDepthMap map) {}\n"
        + "  void run(StereoPair pair, List<ByteImage> frames, List<InverseDepthMap> initial,\n"
        + "      DepthEstimator estimator) throws Exception {\n"
        + body
        + "  }\n}\n";
  }

  /** Packages of the library; where two hold a type of one name, a block names it in full. */
  private static TreeSet<String> packages() throws IOException {
    TreeSet<String> out = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .filter(file -> file.endsWith("package-info.java"))
          .filter(DocumentationTest::hasTypes)
          .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.contains("/src/main/java/"))
          .filter(file -> !file.startsWith("benchmarks") && !file.startsWith("examples"))
          .map(file -> file.substring(file.indexOf("/src/main/java/") + 15))
          .map(file -> file.substring(0, file.lastIndexOf('/')).replace('/', '.'))
          .forEach(out::add);
    }
    return out;
  }

  private static boolean hasTypes(Path packageInfo) {
    String[] sources =
        packageInfo.getParent().toFile().list((folder, name) -> name.endsWith(".java"));
    return sources != null && sources.length > 1;
  }

  @Test
  void shellBlocks_areRunByTheBuildScript() throws IOException {
    String script = Files.readString(ROOT.resolve(".ci/run"));
    for (Block block : blocks()) {
      if (block.language().equals("sh")) {
        for (String line : block.text().strip().split("\n")) {
          if (line.startsWith(PROGRAM)) {
            continue; // run below
          }
          assertThat(script).as("%s: %s", block.document(), line).contains(line);
        }
      }
    }
  }

  /** Blocks of one document follow each other in one folder, each line in a process of its own. */
  @Test
  void programBlocks_run() throws IOException, InterruptedException {
    int lines = 0;
    for (Block block : blocks()) {
      if (!block.language().equals("sh")) {
        continue;
      }
      String name = ROOT.relativize(block.document()).toString().replaceAll("\\W", "_");
      Path workingFolder = Files.createDirectories(folder.resolve(name));
      for (String line : block.text().strip().split("\n")) {
        if (line.startsWith(PROGRAM)) {
          runProgram(line, workingFolder);
          lines++;
        }
      }
    }
    assertThat(lines).isPositive();
  }

  private static void runProgram(String line, Path workingFolder)
      throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-Djava.awt.headless=true",
                "-cp",
                classPath,
                "org.stereo4d.examples.Stereo4d"));
    command.addAll(List.of(line.substring(PROGRAM.length()).split(" ")));
    Path log = workingFolder.resolve("log.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(workingFolder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(COMMAND_MINUTES, java.util.concurrent.TimeUnit.MINUTES))
          .as(line)
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as("%s%n%s", line, Files.readString(log)).isZero();
  }

  /** Pictures and pages that documents refer to by relative paths. */
  @Test
  void links_leadSomewhere() throws IOException {
    Pattern link = Pattern.compile("\\]\\(([^)#:]+)\\)");
    for (Path document : documents()) {
      Matcher matcher = link.matcher(Files.readString(document));
      while (matcher.find()) {
        assertThat(document.resolveSibling(matcher.group(1))).as("%s: link", document).exists();
      }
    }
  }

  @Test
  void otherBlocks_areListedWithTheirReason() throws IOException {
    for (Block block : blocks()) {
      switch (block.language()) {
        case "java", "sh", "xml" -> {}
        case "text" ->
            assertThat(NOT_RUN.keySet().stream().anyMatch(block.text()::startsWith))
                .as("%s: %s", block.document(), block.text())
                .isTrue();
        default ->
            assertThat(block.language()).as("%s: fence", block.document()).isIn("java", "sh");
      }
    }
  }
}
