package org.stereo4d.examples.demo;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.examples.report.HtmlPage;

/** The figures of the demo, in order. */
final class Scores {
  private final List<Score> all = new ArrayList<>();

  void add(Score score) {
    all.add(score);
  }

  List<Score> all() {
    return List.copyOf(all);
  }

  boolean areMet() {
    return all.stream().allMatch(Score::isMet);
  }

  /** The table as it stands in the documents. */
  String markdown() {
    StringBuilder out =
        new StringBuilder("| system | measure | reached | target |\n| --- | --- | --- | --- |\n");
    all.forEach(score -> out.append(score.markdown()).append('\n'));
    return out.toString();
  }

  /** The table of the page and its numbers. */
  void addTo(HtmlPage page) {
    List<List<Object>> rows = new ArrayList<>();
    for (Score s : all) {
      String bound = (s.atMost() ? "at most " : "at least ") + s.target() + " " + s.unit();
      rows.add(List.of(s.system(), s.what(), s.reached(), bound, s.verdict()));
    }
    page.section("Accuracy against exact truth")
        .table(List.of("system", "measure", "reached", "target", ""), rows)
        .record("scores", all.stream().map(Score::toMap).toList());
  }
}
