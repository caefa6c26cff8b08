package org.stereo4d.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.depth.StereoDepth;
import org.stereo4d.io.Glb;
import org.stereo4d.io.Ply;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.io.clip.Tracks2dFile;
import org.stereo4d.io.clip.Tracks3dFile;
import org.stereo4d.optim.quality.QualityReport;
import org.stereo4d.optim.quality.TrackQuality;
import org.stereo4d.optim.track.TrackOptimizer;
import org.stereo4d.optim.track.TrackProblem;
import org.stereo4d.optim.track.TrackSolution;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.MotionMagnitude;
import org.stereo4d.tracking.TrackLifter;
import org.stereo4d.video.RectifiedVideo;

/** Lifts tracks, optimises them, drops what cannot be trusted, and writes the results. */
final class OptimizeStage {
  private final ClipRun run;

  /** Files of the stage. */
  record Outputs(Path clip, Path lifted, Path optimized, Path ply, Path glb) {
    static Outputs of(ClipRun run) {
      return new Outputs(
          run.output("clip.npz"),
          run.output("lifted_tracks.npz"),
          run.output("optimized_tracks.npz"),
          run.output("tracks.ply"),
          run.output("tracks.glb"));
    }

    List<Path> all() {
      return List.of(clip, lifted, optimized, ply, glb);
    }
  }

  OptimizeStage(ClipRun run) {
    this.run = run;
  }

  Map<String, Object> write(StereoClip posed, DepthFolder depths, Path tracksFile, Outputs out)
      throws IOException {
    Tracks2d tracks = Tracks2dFile.read(tracksFile);
    Tracks3d raw;
    try (RectifiedVideo video = run.views(posed)) {
      raw =
          new TrackLifter(run.options.view(), run.options.lift())
              .lift(tracks, withoutJumps(depths), posed.worldFromCameras(), new LeftViews(video));
    }
    TrackProblem problem = TrackProblem.of(raw, posed.worldFromCameras(), run.rig());
    TrackSolution solution =
        new TrackOptimizer(run.options.optimizer()).optimize(problem, run.progress);
    double rate = ClipRun.rate(posed);
    QualityReport quality = new TrackQuality(run.options.quality()).judge(problem, solution, rate);
    Tracks3d result = solution.tracks().select(quality.keep());
    // before and after hold the same tracks in the same order
    save(out.lifted(), raw.select(quality.keep()), tracks, quality, posed);
    save(out.optimized(), result, tracks, quality, posed);
    posed.withTracks(result).write(out.clip());
    Ply.writeMerged(out.ply(), result);
    Glb.write(out.glb(), result, rate);
    return facts(posed, solution, quality, result);
  }

  private void save(
      Path file, Tracks3d kept, Tracks2d tracks, QualityReport quality, StereoClip posed)
      throws IOException {
    Tracks3dFile.write(
        file,
        kept,
        tracks.queries().select(quality.keep()),
        run.options.view(),
        posed.worldFromCameras());
  }

  private Map<String, Object> facts(
      StereoClip posed, TrackSolution solution, QualityReport quality, Tracks3d result) {
    boolean[] dynamic =
        MotionMagnitude.of(result, run.options.view(), posed.worldFromCameras())
            .dynamic(MotionMagnitude.DYNAMIC_PX);
    Map<String, Object> depthFacts = run.facts("depth");
    ClipStatistics statistics =
        ClipStatistics.of(
            result,
            dynamic,
            ClipStatistics.number(depthFacts, "medianDepthMeters"),
            ClipStatistics.number(depthFacts, "knownDepthShare"));
    Map<String, Object> facts = new LinkedHashMap<>(statistics.toMap());
    facts.put("noisePx", solution.noisePx());
    facts.put("quality", quality.counts());
    TrackSolution.EnergyCurve curve = solution.energyCurve();
    facts.put("energyIterations", Arrays.stream(curve.iterations()).boxed().toList());
    facts.put("energies", Arrays.stream(curve.energies()).boxed().toList());
    return facts;
  }

  /** Depth as lifting wants it: the kept maps are without the rule against depth edges. */
  private Iterable<DepthMap> withoutJumps(DepthFolder depths) {
    double share = run.options.depth().gradientShare();
    if (Double.isInfinite(share)) {
      return depths;
    }
    return () -> {
      Iterator<DepthMap> all = depths.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public DepthMap next() {
          return StereoDepth.withoutJumps(all.next(), share);
        }
      };
    };
  }
}
