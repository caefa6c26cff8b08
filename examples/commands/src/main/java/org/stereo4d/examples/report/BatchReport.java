package org.stereo4d.examples.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stereo4d.run.Json;
import org.stereo4d.run.Limits;

/** The report of a batch, made from the lines it left in {@code batch.jsonl}. */
public final class BatchReport {
  /** More bars than this are not told apart. */
  private static final int SHOWN_BARS = 40;

  private static final List<String> HEADS =
      List.of("clip", "state", "tracks", "moving", "median depth, m", "seconds", "what went wrong");

  private final Map<String, Map<String, Object>> lastOf;

  private BatchReport(Map<String, Map<String, Object>> lastOf) {
    this.lastOf = lastOf;
  }

  /**
   * Reads the outcomes of a batch; of several attempts at a clip the last one counts.
   *
   * @param lines holds one JSON object per attempt
   * @throws IOException naming the line that is not one
   */
  public static BatchReport read(Path lines) throws IOException {
    Map<String, Map<String, Object>> out = new LinkedHashMap<>();
    int number = 0;
    for (String line : Files.readAllLines(lines, StandardCharsets.UTF_8)) {
      number++;
      try {
        Map<String, Object> entry = Json.object(Json.parse(line, Limits.DEFAULTS), "line");
        out.put(String.valueOf(entry.get("id")), entry);
      } catch (IllegalArgumentException e) {
        throw new IOException(
            lines + ": line " + number + " must be a JSON object; " + e.getMessage(), e);
      }
    }
    return new BatchReport(out);
  }

  /**
   * Writes the page and its numbers.
   *
   * @return the page
   */
  public Path write(Path folder) throws IOException {
    int done = 0;
    double tracks = 0;
    double seconds = 0;
    List<List<Object>> rows = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Double> took = new ArrayList<>();
    for (Map.Entry<String, Map<String, Object>> clip : lastOf.entrySet()) {
      Map<String, Object> entry = clip.getValue();
      Map<String, Object> statistics =
          Json.object(entry.getOrDefault("statistics", Map.of()), "statistics");
      boolean succeeded = Boolean.TRUE.equals(entry.get("succeeded"));
      done += succeeded ? 1 : 0;
      tracks += succeeded ? number(statistics, "tracks") : 0;
      seconds += number(entry, "seconds");
      names.add(clip.getKey());
      took.add(number(entry, "seconds"));
      rows.add(
          List.of(
              clip.getKey(),
              succeeded ? "ok" : "failed",
              number(statistics, "tracks"),
              number(statistics, "dynamicShare"),
              number(statistics, "medianDepthMeters"),
              number(entry, "seconds"),
              String.valueOf(entry.getOrDefault("error", ""))));
    }
    Map<String, Object> cards = new LinkedHashMap<>();
    cards.put("clips", lastOf.size());
    cards.put("done", done);
    cards.put("failed", lastOf.size() - done);
    cards.put("tracks", (long) tracks);
    cards.put("seconds", seconds);
    HtmlPage page = new HtmlPage("Batch", lastOf.size() + " clips");
    page.section("Summary").cards(cards).section("Clips").table(HEADS, rows);
    int shown = Math.min(SHOWN_BARS, names.size());
    if (shown > 0) {
      page.section("Timings")
          .plot(
              "Seconds of each clip" + (shown < names.size() ? ", the first " + shown : ""),
              SvgPlot.bars(
                  "Seconds of each clip",
                  "s",
                  names.subList(0, shown),
                  took.stream().limit(shown).mapToDouble(Double::doubleValue).toArray()));
    }
    page.record("summary", cards).record("clips", new ArrayList<>(lastOf.values()));
    return page.write(folder);
  }

  private static double number(Map<String, Object> entry, String name) {
    return entry.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
