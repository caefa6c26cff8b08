package org.stereo4d.videoloop.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The numbers of one view.
 *
 * @param settings names of the patch settings
 * @param completeness by setting, 0..255; smaller is better
 * @param coherence by setting, 0..255; smaller is better
 * @param loopQuality coherence of the seam by setting, 0..255; smaller is better
 * @param standardDeviationError 0..255 squared; smaller is better
 * @param nearestDifference mean distance to the nearest frame of the clip
 * @param slidingDifference smallest mean distance of frames in step
 * @param still PSNR and SSIM where nothing loops
 */
public record LoopScores(
    List<String> settings,
    List<Double> completeness,
    List<Double> coherence,
    List<Double> loopQuality,
    double standardDeviationError,
    double nearestDifference,
    double slidingDifference,
    StaticQuality still) {
  /** Copies the lists. */
  public LoopScores {
    settings = List.copyOf(settings);
    completeness = List.copyOf(completeness);
    coherence = List.copyOf(coherence);
    loopQuality = List.copyOf(loopQuality);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
  }

  /** Mean completeness. */
  public double meanCompleteness() {
    return mean(completeness);
  }

  /** Mean coherence. */
  public double meanCoherence() {
    return mean(coherence);
  }

  /** Mean quality of the seam. */
  public double meanLoopQuality() {
    return mean(loopQuality);
  }

  /** First line of a report. */
  public String header() {
    StringBuilder out = new StringBuilder("name, nnf, nnb, dyn, vssim, vssim_sw, loop, psnr, ssim");
    for (String kind : List.of("nnf", "nnb", "loop")) {
      settings.forEach(setting -> out.append(", ").append(kind).append('_').append(setting));
    }
    return out.toString();
  }

  /** A line of a report. */
  public String line(String name) {
    List<Double> numbers =
        new ArrayList<>(
            List.of(
                meanCompleteness(),
                meanCoherence(),
                standardDeviationError,
                nearestDifference,
                slidingDifference,
                meanLoopQuality(),
                still.psnrDecibels(),
                still.ssim()));
    numbers.addAll(completeness);
    numbers.addAll(coherence);
    numbers.addAll(loopQuality);
    StringBuilder out = new StringBuilder(name);
    numbers.forEach(v -> out.append(String.format(Locale.ROOT, ", %.6f", v)));
    return out.toString();
  }

  /**
   * A report with one line per view and a mean line, as {@code eval_metrics.txt} of the reference.
   */
  public static String report(String scene, Map<Integer, LoopScores> byView) {
    StringBuilder out = new StringBuilder();
    List<LoopScores> all = List.copyOf(byView.values());
    out.append(all.get(0).header()).append('\n');
    byView.forEach((view, scores) -> out.append(scores.line(scene + "_view" + view)).append('\n'));
    return out.append(average(all).line(scene)).append('\n').toString();
  }

  private static LoopScores average(List<LoopScores> all) {
    int settings = all.get(0).settings.size();
    List<List<Double>> lists = new ArrayList<>();
    for (int kind = 0; kind < 3; kind++) {
      List<Double> means = new ArrayList<>();
      for (int s = 0; s < settings; s++) {
        double sum = 0;
        for (LoopScores scores : all) {
          sum +=
              List.of(scores.completeness, scores.coherence, scores.loopQuality).get(kind).get(s);
        }
        means.add(sum / all.size());
      }
      lists.add(means);
    }
    return new LoopScores(
        all.get(0).settings,
        lists.get(0),
        lists.get(1),
        lists.get(2),
        all.stream().mapToDouble(LoopScores::standardDeviationError).average().orElse(Double.NaN),
        all.stream().mapToDouble(LoopScores::nearestDifference).average().orElse(Double.NaN),
        all.stream().mapToDouble(LoopScores::slidingDifference).average().orElse(Double.NaN),
        new StaticQuality(
            all.stream().mapToDouble(s -> s.still.psnrDecibels()).average().orElse(Double.NaN),
            all.stream().mapToDouble(s -> s.still.ssim()).average().orElse(Double.NaN)));
  }
}
