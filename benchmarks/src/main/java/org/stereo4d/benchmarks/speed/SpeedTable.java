package org.stereo4d.benchmarks.speed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Json;
import org.stereo4d.run.Limits;

/**
 * The figures of a JMH run as Markdown. A document holds a table between the lines {@code <!--
 * speed: brief -->} or {@code <!-- speed: full -->} and {@code <!-- end of speed -->}.
 */
public final class SpeedTable {
  static final String END = "<!-- end of speed -->";

  private static final String UNKNOWN = "–";

  private final Map<String, Double> secondsOf;
  private final String machine;

  private SpeedTable(Map<String, Double> secondsOf, String machine) {
    this.secondsOf = secondsOf;
    this.machine = machine;
  }

  /**
   * Writes the tables of a run that is done.
   *
   * @param args {@code jmh.json}, then the documents
   */
  public static void main(String[] args) throws IOException {
    SpeedTable table = read(Path.of(args[0]));
    for (String document : List.of(args).subList(1, args.length)) {
      table.insertInto(Path.of(document));
    }
  }

  /**
   * Reads what JMH wrote.
   *
   * @throws IOException naming the file and what it lacks
   */
  public static SpeedTable read(Path jmhJson) throws IOException {
    Map<String, Double> seconds = new LinkedHashMap<>();
    String java = "";
    try {
      String text = Files.readString(jmhJson, StandardCharsets.UTF_8);
      for (Object entry : Json.list(Json.parse(text, Limits.DEFAULTS), "results")) {
        Map<String, Object> result = Json.object(entry, "result");
        Map<String, Object> metric = Json.object(result.get("primaryMetric"), "primaryMetric");
        seconds.put(
            key(
                String.valueOf(result.get("benchmark")),
                Json.object(result.getOrDefault("params", Map.of()), "params")),
            ((Number) metric.get("score")).doubleValue()
                * secondsPer(String.valueOf(metric.get("scoreUnit"))));
        java = String.valueOf(result.get("jdkVersion"));
      }
    } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
      throw new IOException(jmhJson + ": must be the JSON of a JMH run; " + e.getMessage(), e);
    }
    return new SpeedTable(
        seconds, seconds.isEmpty() ? "Not measured yet on an idle machine." : machine(java));
  }

  private static double secondsPer(String unit) {
    return switch (unit) {
      case "s/op" -> 1;
      case "ms/op" -> 1e-3;
      case "us/op" -> 1e-6;
      default -> throw new IllegalArgumentException("scoreUnit must be a time per op, was " + unit);
    };
  }

  private static String machine(String java) throws IOException {
    String cpu = System.getProperty("os.arch");
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      cpu =
          Files.readAllLines(info).stream()
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .findFirst()
              .orElse(cpu);
    }
    int cores = Runtime.getRuntime().availableProcessors();
    return cpu + ", " + cores + " cores, Java " + java + " with the vector module.";
  }

  /** Parameters that a row does not name do not count: they have one value. */
  private static String key(String benchmark, Map<String, Object> parameters) {
    Map<String, Object> sorted = new java.util.TreeMap<>(parameters);
    return benchmark + sorted;
  }

  private double seconds(String method, Kernel kernel) {
    Map<String, Object> parameters = new LinkedHashMap<>(kernel.parameters());
    return method.isEmpty()
        ? Double.NaN
        : secondsOf.getOrDefault(key(method, parameters), Double.NaN);
  }

  /** Kernel, threads, rival, both times and their ratio. */
  public String brief() {
    List<String> lines = new ArrayList<>();
    lines.add("| kernel | threads | time | rival | its time | over ours |");
    lines.add("| --- | --- | --- | --- | --- | --- |");
    for (Kernel kernel : Kernel.ALL) {
      double ours = seconds(kernel.ours(), kernel);
      double rival = seconds(kernel.rival(), kernel);
      lines.add(
          row(
              kernel.name(),
              kernel.threads(),
              time(ours),
              rivalName(kernel),
              time(rival),
              factor(rival / ours)));
    }
    return String.join("\n", lines) + "\n\n*" + machine + "*\n";
  }

  /** The same with what the work takes at least, and how close that comes. */
  public String full() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| kernel | benchmark | threads | must move, MB | operations, millions | time | GB/s |"
            + " Gop/s | rival | its time |");
    lines.add("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (Kernel kernel : Kernel.ALL) {
      double ours = seconds(kernel.ours(), kernel);
      lines.add(
          row(
              kernel.name(),
              "`" + kernel.benchmark() + "`",
              kernel.threads(),
              number(kernel.movedMegabytes()),
              number(kernel.megaOperations()),
              time(ours),
              number(kernel.movedMegabytes() / 1000 / ours),
              number(kernel.megaOperations() / 1000 / ours),
              rivalName(kernel),
              time(seconds(kernel.rival(), kernel))));
    }
    return String.join("\n", lines) + "\n\n*" + machine + "*\n";
  }

  private static String rivalName(Kernel kernel) {
    return kernel.rivalName().isEmpty() ? UNKNOWN : kernel.rivalName();
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String time(double seconds) {
    if (Double.isNaN(seconds)) {
      return UNKNOWN;
    }
    return seconds < 1 ? number(1000 * seconds) + " ms" : number(seconds) + " s";
  }

  private static String factor(double value) {
    return Double.isNaN(value) ? UNKNOWN : number(value) + "x";
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return UNKNOWN;
    }
    int decimals = value >= 10 ? 0 : value >= 1 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /**
   * Replaces the tables of a document.
   *
   * @throws IOException if it has none
   */
  public void insertInto(Path document) throws IOException {
    String text = Files.readString(document, StandardCharsets.UTF_8);
    String replaced = replace(replace(text, "brief", brief()), "full", full());
    if (!text.contains(start("brief")) && !text.contains(start("full"))) {
      throw new IOException(document + ": has no line " + start("brief") + " or its like");
    }
    AtomicOutput.write(document, out -> out.write(replaced.getBytes(StandardCharsets.UTF_8)));
  }

  static String start(String kind) {
    return "<!-- speed: " + kind + " -->";
  }

  private static String replace(String text, String kind, String table) {
    int from = text.indexOf(start(kind));
    int to = text.indexOf(END, Math.max(0, from));
    if (from < 0 || to < 0) {
      return text;
    }
    return text.substring(0, from + start(kind).length())
        + "\n\n"
        + table
        + "\n"
        + text.substring(to);
  }
}
