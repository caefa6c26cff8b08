package org.stereo4d.examples.spark;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.stereo4d.run.Json;
import org.stereo4d.run.Limits;

/** What runs on an executor: brings a clip here, starts the child JVM, takes its results away. */
final class ClipTask implements Function<ClipJob, Row> {
  static final String OUTCOME = "outcome.json";
  private static final long serialVersionUID = 1L;

  private final BatchSettings settings;

  ClipTask(BatchSettings settings) {
    this.settings = settings;
  }

  @Override
  public Row call(ClipJob job) throws IOException, InterruptedException {
    int attempt = TaskContext.get().attemptNumber();
    long start = System.nanoTime();
    try {
      return attempt(job, attempt);
    } catch (IOException e) {
      if (attempt + 1 < settings.attempts()) {
        throw e; // Spark tries again
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return ClipRow.failed(job.id(), String.valueOf(e.getMessage()), attempt, seconds);
    }
  }

  private Row attempt(ClipJob job, int attempt) throws IOException, InterruptedException {
    Configuration hadoop = new Configuration();
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(settings.clipFolder(job.id()));
    FileSystem store = target.getFileSystem(hadoop);
    org.apache.hadoop.fs.Path outcome = new org.apache.hadoop.fs.Path(target, OUTCOME);
    if (!store.exists(outcome)) {
      Path scratch = Files.createTempDirectory("stereo4d-" + job.id());
      try {
        process(job, attempt, new Places(hadoop, store, target, scratch));
      } finally {
        delete(scratch);
      }
    }
    try (InputStream in = store.open(outcome)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Object> facts = Json.object(Json.parse(text, Limits.DEFAULTS), OUTCOME);
      return ClipRow.done(job.id(), facts);
    }
  }

  /** Where things are during an attempt. */
  private record Places(
      Configuration hadoop, FileSystem store, org.apache.hadoop.fs.Path target, Path scratch) {
    /** A file on this machine, copied from its file system unless it is here already. */
    Path local(String path) throws IOException {
      org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(path);
      FileSystem files = source.getFileSystem(hadoop);
      if (files.getScheme().equals("file")) {
        return Path.of(source.toUri().getPath());
      }
      Path copy = scratch.resolve(source.getName());
      files.copyToLocalFile(source, new org.apache.hadoop.fs.Path(copy.toUri()));
      return copy;
    }

    /** A folder here in which the pipeline works: the target itself when it is here. */
    Path folder() {
      return store.getScheme().equals("file")
          ? Path.of(target.toUri().getPath())
          : scratch.resolve("out");
    }

    /** Takes the folder to the target, which appears whole. */
    void publish(Path folder, int attempt) throws IOException {
      if (store.getScheme().equals("file")) {
        return;
      }
      org.apache.hadoop.fs.Path part =
          new org.apache.hadoop.fs.Path(target.getParent(), "." + target.getName() + "-" + attempt);
      store.delete(part, true);
      store.mkdirs(target.getParent());
      store.copyFromLocalFile(new org.apache.hadoop.fs.Path(folder.toUri()), part);
      if (!store.rename(part, target)) {
        throw new IOException(target + ": could not be put in place of " + part);
      }
    }
  }

  private void process(ClipJob job, int attempt, Places places)
      throws IOException, InterruptedException {
    Path video = places.local(job.video());
    String clip = job.clip().isEmpty() ? "" : places.local(job.clip()).toString();
    Path folder = places.folder();
    Path complaints = places.scratch().resolve("stderr.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + javaOptions(places.scratch()));
    command.add(ClipProcess.class.getName());
    command.addAll(List.of(job.id(), video.toString(), clip, folder.toString()));
    command.add(Integer.toString(settings.viewSidePx()));
    command.add(Integer.toString(settings.stridePx()));
    command.add(Integer.toString(attempt));
    Process child =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(complaints.toFile())
            .start();
    try {
      if (!child.waitFor(settings.limit().toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException(job.id() + ": took longer than " + settings.limit());
      }
    } finally {
      child.destroyForcibly();
    }
    if (child.exitValue() != 0) {
      String text = Files.readString(complaints).strip();
      String last = text.substring(text.lastIndexOf('\n') + 1);
      throw new IOException(
          child.exitValue() == 1
              ? last
              : job.id() + ": the child JVM ended with " + child.exitValue() + " " + last);
    }
    places.publish(folder, attempt);
  }

  /** A file of options: class paths are too long for command lines of some systems. */
  private Path javaOptions(Path folder) throws IOException {
    String classPath = classPath().replace("\\", "\\\\").replace("\"", "\\\"");
    return Files.write(
        folder.resolve("java.options"),
        List.of(
            "--add-modules=jdk.incubator.vector",
            "-Xmx" + settings.heap(),
            "-Djava.awt.headless=true",
            "-cp \"" + classPath + "\""));
  }

  /** Jars that came with the program are known to its class loader, not to the class path. */
  private static String classPath() {
    List<String> out = new ArrayList<>();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    while (loader != null) {
      if (loader instanceof URLClassLoader urls) {
        for (URL url : urls.getURLs()) {
          if (url.getProtocol().equals("file")) {
            out.add(new File(url.getPath()).getPath());
          }
        }
      }
      loader = loader.getParent();
    }
    out.add(System.getProperty("java.class.path"));
    return String.join(File.pathSeparator, out);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }
}
