package org.stereo4d.pipeline;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.depth.StereoDepth;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.run.Step;
import org.stereo4d.video.RectifiedVideo;
import org.stereo4d.video.StereoFrame;

/** Matches the views of every frame. The kept maps are without the rule against depth edges. */
final class DepthStage {
  private final ClipRun run;

  DepthStage(ClipRun run) {
    this.run = run;
  }

  Map<String, Object> write(StereoClip posed, DepthFolder depths) throws IOException {
    StereoDepth stage = new StereoDepth(run.rig(), run.options.depth().withoutGradientRule());
    float[] medians = new float[posed.frameCount()];
    int n = 0;
    long known = 0;
    int t = 0;
    try (RectifiedVideo video = run.views(posed)) {
      for (Optional<StereoFrame> frame = video.next(); frame.isPresent(); frame = video.next()) {
        DepthMap depth = stage.left(run.roles.stereo().estimate(frame.get().pair()));
        depths.write(t++, depth);
        int count = depth.known().count();
        known += count;
        if (count > 0) {
          medians[n++] = (float) median(depth);
        }
        run.progress.finishAfter(Step.of("depth", t, posed.frameCount()));
      }
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("medianDepthMeters", ClipStatistics.median(Arrays.copyOf(medians, n)));
    facts.put("knownDepthShare", known / ((double) run.options.view().size().area() * t));
    return facts;
  }

  private static double median(DepthMap depth) {
    float[] all = depth.meters().contiguous();
    float[] known = new float[all.length];
    int n = 0;
    for (float d : all) {
      if (!Float.isNaN(d)) {
        known[n++] = d;
      }
    }
    return ClipStatistics.median(Arrays.copyOf(known, n));
  }
}
