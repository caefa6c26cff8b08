package org.stereo4d.video.doctor;

import java.util.List;
import java.util.stream.Collectors;
import org.stereo4d.video.VideoInfo;

/**
 * What the doctor saw.
 *
 * @param info the header
 * @param framesSeen frames looked at
 * @param layout how the eyes lie, as far as the picture tells
 * @param medianDisparityPx at 512 px and 90 degrees; NaN when not side by side
 * @param verticalMedianPx median |vertical error|, same views
 * @param verticalPercentile95Px 95th percentile of it
 * @param findings what is wrong, worst first; empty when all is well
 */
public record Diagnosis(
    VideoInfo info,
    int framesSeen,
    Layout layout,
    double medianDisparityPx,
    double verticalMedianPx,
    double verticalPercentile95Px,
    List<Finding> findings) {
  /** How the eyes lie in a frame. */
  public enum Layout {
    /** Left eye in the left half. */
    SIDE_BY_SIDE,
    /** Left eye in the upper half. */
    TOP_BOTTOM,
    /** One picture. */
    MONO,
    /** Cannot be told. */
    UNKNOWN
  }

  /** Keeps its own copy of the findings. */
  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /** Whether no finding is an error. */
  public boolean isUsable() {
    return findings.stream().noneMatch(f -> f.severity() == Finding.Severity.ERROR);
  }

  /** The findings as lines for people. */
  public String summary() {
    return findings.isEmpty()
        ? "no findings"
        : findings.stream()
            .map(f -> f.severity() + " " + f.code() + ": " + f.message() + "; " + f.advice())
            .collect(Collectors.joining("\n"));
  }
}
