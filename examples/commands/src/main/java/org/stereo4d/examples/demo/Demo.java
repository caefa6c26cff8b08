package org.stereo4d.examples.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.stereo4d.examples.report.HtmlPage;
import org.stereo4d.examples.report.SvgPlot;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Progress;

/** Runs the demo into a folder; see the package. */
public final class Demo {
  private final Path folder;
  private final Scores scores = new Scores();
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  private Demo(Path folder) {
    this.folder = folder;
  }

  /** A part of the demo. */
  @FunctionalInterface
  private interface Part {
    void run() throws IOException;
  }

  /** Runs into the folder given as the only argument; exits with 1 when a target is missed. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args.length > 0 ? args[0] : "target/demo").toAbsolutePath();
    Demo demo = new Demo(folder);
    Path page = demo.run();
    System.out.println();
    demo.scores.all().forEach(score -> System.out.println(score.line()));
    System.out.println();
    System.out.println("report: " + page);
    if (!demo.scores.areMet()) {
      System.err.println("a figure misses its target, see the table");
      System.exit(1);
    }
  }

  private Path run() throws IOException {
    HtmlPage page =
        new HtmlPage(
            "stereo4d-java demo",
            "Synthetic worlds with exact truth through every system, on the embedded defaults.");
    HtmlPage body = new HtmlPage("parts", "");
    Pictures pictures = new Pictures(folder);
    Progress progress =
        step -> {
          if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted");
          }
          return Progress.NONE.onStep(step);
        };
    timed("geometry", () -> GeometryPart.run(scores));
    timed("tracks", () -> TrackPart.run(body, scores, progress));
    timed("Stereo4D", () -> ClipPart.run(folder, body, scores, pictures, progress));
    timed("StereoCrafter", () -> StereoPart.run(body, scores, pictures, progress));
    timed("NVDS", () -> SteadyPart.run(body, scores, pictures, progress));
    timed("VideoLoop3D", () -> LoopPart.run(folder, body, scores, pictures, progress));
    scores.addTo(page);
    page.append(body);
    List<String> names = new ArrayList<>(seconds.keySet());
    page.section("Time taken")
        .plot(
            "Seconds of each part on "
                + Runtime.getRuntime().availableProcessors()
                + " cores, Java "
                + Runtime.version().feature(),
            SvgPlot.bars(
                "Seconds of each part",
                "s",
                names,
                names.stream().mapToDouble(seconds::get).toArray()))
        .record("seconds", seconds)
        .record("clip", ClipPart.facts());
    byte[] table = scores.markdown().getBytes(StandardCharsets.UTF_8);
    AtomicOutput.write(folder.resolve("accuracy.md"), out -> out.write(table));
    return page.write(folder);
  }

  private void timed(String name, Part part) throws IOException {
    System.out.printf(Locale.ROOT, "%s ...%n", name);
    long start = System.nanoTime();
    part.run();
    seconds.put(name, (System.nanoTime() - start) / 1e9);
    System.out.printf(Locale.ROOT, "%s: %.1f s%n", name, seconds.get(name));
  }
}
