package org.stereo4d.pipeline;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stereo4d.track.Tracks3d;

/**
 * What a clip holds (spec A.4).
 *
 * @param frames of the clip
 * @param tracks kept
 * @param meanTrackFrames mean number of visible frames of a track
 * @param dynamicShare tracks that move more than 16 px seen from one camera
 * @param medianDepthMeters of all known depth; NaN without any
 * @param knownDepthShare pixels with depth
 */
public record ClipStatistics(
    int frames,
    int tracks,
    double meanTrackFrames,
    double dynamicShare,
    double medianDepthMeters,
    double knownDepthShare) {
  static ClipStatistics of(
      Tracks3d tracks, boolean[] dynamic, double medianDepthMeters, double knownDepthShare) {
    int visible = 0;
    for (boolean entry : tracks.visible()) {
      visible += entry ? 1 : 0;
    }
    int moving = 0;
    for (boolean track : dynamic) {
      moving += track ? 1 : 0;
    }
    int n = tracks.count();
    return new ClipStatistics(
        tracks.frameCount(),
        n,
        n == 0 ? 0 : visible / (double) n,
        n == 0 ? 0 : moving / (double) n,
        medianDepthMeters,
        knownDepthShare);
  }

  static ClipStatistics of(Map<String, Object> facts) {
    return new ClipStatistics(
        (int) number(facts, "frames"),
        (int) number(facts, "tracks"),
        number(facts, "meanTrackFrames"),
        number(facts, "dynamicShare"),
        number(facts, "medianDepthMeters"),
        number(facts, "knownDepthShare"));
  }

  static double number(Map<String, Object> facts, String name) {
    return facts.getOrDefault(name, Double.NaN) instanceof Number number
        ? number.doubleValue()
        : Double.NaN;
  }

  /** The numbers by name, for JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("frames", frames);
    out.put("tracks", tracks);
    out.put("meanTrackFrames", meanTrackFrames);
    out.put("dynamicShare", dynamicShare);
    out.put("medianDepthMeters", medianDepthMeters);
    out.put("knownDepthShare", knownDepthShare);
    return out;
  }

  static double median(float[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 2];
  }
}
