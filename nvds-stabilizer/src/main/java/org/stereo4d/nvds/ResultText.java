package org.stereo4d.nvds;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.stereo4d.nvds.metric.DepthErrors;
import org.stereo4d.nvds.metric.OpwScore;
import org.stereo4d.run.Check;
import org.stereo4d.run.Json;

/** Reports as the reference writes them, and as JSON. */
public final class ResultText {
  private ResultText() {}

  /**
   * The text of {@code result.txt}: four blocks, lines end with a line feed, none after the last.
   * Means are sums divided by the number of frames.
   */
  public static String ofScores(ClipScores scores) {
    StringBuilder out = new StringBuilder();
    block(out, "initial", scores.initial());
    block(out.append('\n'), "forward", scores.forward());
    block(out.append('\n'), "backward", scores.backward());
    block(out.append('\n'), "Mixing", scores.mix());
    return out.toString();
  }

  private static void block(StringBuilder out, String name, OpwScore score) {
    title(out, name);
    out.append("all:").append(score.sum());
    out.append(",mean:").append(score.meanOverFrames());
    out.append(",frames:").append(score.frames());
  }

  private static void title(StringBuilder out, String name) {
    out.append("**********").append(name).append("**********\n");
  }

  /** Both means and every pair, for machines. */
  public static String json(StabilizedClip clip) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("frames", clip.mix().size());
    out.put("branch", clip.branch().name());
    clip.scores()
        .ifPresent(
            scores -> {
              out.put("initial", json(scores.initial()));
              out.put("forward", json(scores.forward()));
              out.put("backward", json(scores.backward()));
              out.put("mix", json(scores.mix()));
            });
    out.put("warnings", clip.warnings());
    return Json.format(out);
  }

  private static Map<String, Object> json(OpwScore score) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("sum", score.sum());
    out.put("meanOverFrames", score.meanOverFrames());
    out.put("meanOverPairs", score.meanOverPairs());
    out.put("pairs", score.pairs());
    return out;
  }

  /**
   * The text of {@code accuracy.txt}: the initial maps, every numbered pass, the mix.
   *
   * @param stages errors of those, in this order; at least 2
   */
  public static String ofAccuracy(List<DepthErrors> stages) {
    Check.that(stages.size() >= 2, "initial and mix are needed, got %s stages", stages.size());
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < stages.size(); i++) {
      String name = i == 0 ? "Initial" : i + 1 == stages.size() ? "Mixing" : "Looping";
      DepthErrors e = stages.get(i);
      title(out.append('\n'), name);
      out.append("d1:").append(rounded(e.delta1()));
      out.append(",d2:").append(rounded(e.delta2()));
      out.append(",d3:").append(rounded(e.delta3()));
      out.append(",absrel:").append(rounded(e.absRel())).append('\n');
    }
    return out.toString();
  }

  /** Three decimals at most, at least one. */
  private static String rounded(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    String text = String.format(Locale.ROOT, "%.3f", value);
    while (text.endsWith("0") && !text.endsWith(".0")) {
      text = text.substring(0, text.length() - 1);
    }
    return text;
  }

  /**
   * Averages over a folder of videos what their {@code result.txt} say: the means of the initial
   * maps, the forward pass, the backward pass and the mix, read from non-empty lines 1, 3, the
   * third from the end and the last (counted from 0).
   */
  public static List<Double> summary(List<String> results) {
    double[] sum = new double[4];
    for (String result : results) {
      List<String> lines = new ArrayList<>(result.lines().filter(l -> !l.isBlank()).toList());
      Check.that(lines.size() >= 8, "a result has 8 lines, had %s", lines.size());
      int[] places = {1, 3, lines.size() - 3, lines.size() - 1};
      for (int k = 0; k < places.length; k++) {
        sum[k] += mean(lines.get(places[k]));
      }
    }
    List<Double> out = new ArrayList<>();
    for (double s : sum) {
      out.add(s / results.size());
    }
    return out;
  }

  private static double mean(String line) {
    int start = line.indexOf("mean:");
    int end = line.indexOf(',', Math.max(0, start));
    Check.that(start >= 0 && end > start, "line must hold mean:VALUE, was '%s'", line);
    return Double.parseDouble(line.substring(start + 5, end));
  }
}
