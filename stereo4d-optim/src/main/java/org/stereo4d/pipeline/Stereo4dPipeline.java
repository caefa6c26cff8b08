package org.stereo4d.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.depth.StereoDepth;
import org.stereo4d.depth.StereoRig;
import org.stereo4d.io.Glb;
import org.stereo4d.io.Ply;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.io.clip.Tracks2dFile;
import org.stereo4d.optim.rig.RigEstimate;
import org.stereo4d.optim.rig.RigEstimator;
import org.stereo4d.optim.track.TrackOptimizer;
import org.stereo4d.optim.track.TrackProblem;
import org.stereo4d.optim.track.TrackSolution;
import org.stereo4d.run.Fingerprint;
import org.stereo4d.run.Manifest;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.MotionMagnitude;
import org.stereo4d.tracking.TrackLifter;
import org.stereo4d.video.Frame;
import org.stereo4d.video.RectifiedVideo;
import org.stereo4d.video.StereoFrame;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.doctor.Diagnosis;
import org.stereo4d.video.doctor.VideoDoctor;
import org.stereo4d.warp.Rectifier;
import org.stereo4d.warp.RectifierOptions;

/** Runs every stage of Stereo4D on one clip; see the package. */
public final class Stereo4dPipeline {
  private final PipelineRoles roles;
  private final PipelineOptions options;

  /** A pipeline with the given roles and options. */
  public Stereo4dPipeline(PipelineRoles roles, PipelineOptions options) {
    this.roles = roles;
    this.options = options;
  }

  /**
   * Processes a clip into a folder, which may hold an earlier, unfinished run.
   *
   * @throws IOException if the source is unusable; the message says why and what to do
   */
  public PipelineResult run(ClipInput input, Path folder, Progress progress) throws IOException {
    return new Run(input, folder, progress).run();
  }

  /** One call. */
  private final class Run {
    private final ClipInput input;
    private final Path folder;
    private final Progress progress;
    private final Manifest manifest;
    private final Fingerprint chain = new Fingerprint();
    private int stages;

    Run(ClipInput input, Path folder, Progress progress) throws IOException {
      this.input = input;
      this.folder = folder;
      this.progress = progress;
      this.manifest = Manifest.open(folder);
      chain.withFile("video", input.video()).with("view", options.view());
      if (input.clip().isPresent()) {
        chain.withFile("clip", input.clip().get());
      }
    }

    PipelineResult run() throws IOException {
      examine();
      Path posesFile = output("poses.npz");
      stage("poses", options.rig(), List.of(posesFile), () -> poses(posesFile));
      StereoClip posed = StereoClip.read(posesFile);
      DepthFolder depths = new DepthFolder(folder.resolve("depth"), posed.frameCount());
      stage("depth", options.depth(), depths.files(), () -> depth(posed, depths));
      Path tracksFile = output("tracks2d.npz");
      stage(
          "tracks",
          options.queries() + " " + options.pruner(),
          List.of(tracksFile),
          () -> tracks(posed, tracksFile));
      Path clipFile = output("clip.npz");
      Path ply = output("tracks.ply");
      Path glb = output("tracks.glb");
      stage(
          "optimise",
          options.lift() + " " + options.optimizer(),
          List.of(clipFile, ply, glb),
          () -> optimise(posed, depths, tracksFile, clipFile, ply, glb));
      return new PipelineResult(clipFile, folder, statistics(), stages);
    }

    private Path output(String name) {
      return folder.resolve(input.id() + "-" + name);
    }

    private void stage(String name, Object stageOptions, List<Path> outputs, Manifest.Stage work)
        throws IOException {
      // a stage depends on everything before it
      chain.with(name, stageOptions);
      try {
        stages += manifest.runUnlessDone(name, chain.hex(), outputs, work) ? 1 : 0;
      } catch (UncheckedIOException e) {
        throw new IOException(input.id() + ": " + name + ": " + e.getMessage(), e);
      }
    }

    private RectifiedVideo views(StereoClip posed) throws IOException {
      Rectifier rectifier =
          new Rectifier(posed.calibration(), RectifierOptions.DEFAULTS.withView(options.view()));
      return new RectifiedVideo(input.open(roles.video()), rectifier);
    }

    private void examine() throws IOException {
      Diagnosis diagnosis;
      try (VideoReader reader = roles.video().open(input.video())) {
        Vr180Calibration calibration =
            input.clip().isPresent()
                ? StereoClip.read(input.clip().get()).calibration()
                : Vr180Calibration.IDENTITY;
        diagnosis = new VideoDoctor(options.doctor(), roles.flow()).examine(reader, calibration);
      }
      manifest.put("doctor", diagnosis.summary());
      if (options.refuseUnusable() && !diagnosis.isUsable()) {
        throw new IOException(input.video() + ": " + diagnosis.summary());
      }
    }

    private Map<String, Object> poses(Path file) throws IOException {
      if (input.clip().isPresent()) {
        StereoClip given = StereoClip.read(input.clip().get());
        given.withTracks(noTracks(given.frameCount())).write(file);
        return Map.of("from", "clip file");
      }
      RigEstimate estimate =
          new RigEstimator(options.rig(), roles.tracker())
              .estimate(
                  () -> input.open(roles.video()),
                  Vr180Calibration.IDENTITY.bounds(),
                  Vr180Calibration.IDENTITY,
                  progress);
      if (!estimate.report().isSolved()) {
        throw new IOException(
            input.video()
                + ": poses could not be estimated: "
                + estimate.report()
                + "; give a clip file with poses");
      }
      long[] micros = timestampsMicros(estimate.worldFromCameras().size());
      new StereoClip(
              input.id(),
              input.id(),
              micros,
              estimate.worldFromCameras(),
              noTracks(micros.length),
              estimate.calibration(),
              Map.of())
          .write(file);
      return Map.of("from", "video", "report", estimate.report().toString());
    }

    private long[] timestampsMicros(int frames) throws IOException {
      long[] out = new long[frames];
      try (VideoReader reader = input.open(roles.video())) {
        for (int t = 0; t < frames; t++) {
          Optional<Frame> frame = reader.next();
          out[t] = Math.round(frame.orElseThrow().timeSeconds() * 1e6);
        }
      }
      return out;
    }

    private static Tracks3d noTracks(int frames) {
      return Tracks3d.wrap(frames, new float[0], new boolean[0], new byte[0]);
    }

    private Map<String, Object> depth(StereoClip posed, DepthFolder depths) throws IOException {
      StereoDepth stage =
          new StereoDepth(
              new StereoRig(options.view(), options.baselineMeters()),
              options.depth().withoutGradientRule());
      List<Float> medians = new ArrayList<>();
      long known = 0;
      int t = 0;
      try (RectifiedVideo video = views(posed)) {
        for (Optional<StereoFrame> frame = video.next(); frame.isPresent(); frame = video.next()) {
          DepthMap depth = stage.left(roles.stereo().estimate(frame.get().pair()));
          depths.write(t++, depth);
          known += depth.known().count();
          medians.add((float) median(depth));
          progress.finishAfter(Step.of("depth", t, posed.frameCount()));
        }
      }
      float[] values = new float[medians.size()];
      int n = 0;
      for (float value : medians) {
        if (!Float.isNaN(value)) {
          values[n++] = value;
        }
      }
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("medianDepthMeters", ClipStatistics.median(Arrays.copyOf(values, n)));
      facts.put("knownDepthShare", known / ((double) options.view().size().area() * t));
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

    private Map<String, Object> tracks(StereoClip posed, Path file) throws IOException {
      QueryPoints queries = options.queries().queries(options.view().size(), posed.frameCount());
      Tracks2d tracks;
      try (RectifiedVideo video = views(posed)) {
        tracks = roles.tracker().track(new LeftViews(video), queries, progress).tracks();
      }
      Tracks2d kept = options.pruner().prune(tracks);
      Tracks2dFile.write(file, kept);
      return Map.of("queries", queries.count(), "kept", kept.count());
    }

    private Map<String, Object> optimise(
        StereoClip posed, DepthFolder depths, Path tracksFile, Path clipFile, Path ply, Path glb)
        throws IOException {
      Tracks2d tracks = Tracks2dFile.read(tracksFile);
      Tracks3d raw;
      try (RectifiedVideo video = views(posed)) {
        raw =
            new TrackLifter(options.view(), options.lift())
                .lift(tracks, withoutJumps(depths), posed.worldFromCameras(), new LeftViews(video));
      }
      TrackSolution solution = solve(raw, posed.worldFromCameras());
      Tracks3d result = keepVisible(solution.tracks());
      posed.withTracks(result).write(clipFile);
      Ply.writeMerged(ply, result);
      double rate = posed.frameCount() < 2 ? 30 : (posed.frameCount() - 1) / duration(posed);
      Glb.write(glb, result, rate);
      boolean[] dynamic =
          MotionMagnitude.of(result, options.view(), posed.worldFromCameras())
              .dynamic(MotionMagnitude.DYNAMIC_PX);
      Map<String, Object> depthFacts = manifest.facts("depth").orElse(Map.of());
      ClipStatistics statistics =
          ClipStatistics.of(
              result,
              dynamic,
              number(depthFacts, "medianDepthMeters"),
              number(depthFacts, "knownDepthShare"));
      Map<String, Object> facts = new LinkedHashMap<>(statistics.toMap());
      facts.put("noisePx", solution.noisePx());
      return facts;
    }

    /** Depth as lifting wants it: the kept maps are without the rule against depth edges. */
    private Iterable<DepthMap> withoutJumps(DepthFolder depths) {
      double share = options.depth().gradientShare();
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

    private TrackSolution solve(Tracks3d raw, List<Rigid3> worldFromCameras) {
      StereoRig rig = new StereoRig(options.view(), options.baselineMeters());
      return new TrackOptimizer(options.optimizer())
          .optimize(TrackProblem.of(raw, worldFromCameras, rig), progress);
    }

    private static Tracks3d keepVisible(Tracks3d tracks) {
      boolean[] keep = new boolean[tracks.count()];
      for (int i = 0; i < keep.length; i++) {
        for (int t = 0; t < tracks.frameCount() && !keep[i]; t++) {
          keep[i] = tracks.isVisible(i, t);
        }
      }
      return tracks.select(keep);
    }

    private static double duration(StereoClip clip) {
      double[] times = clip.timesSeconds();
      return times[times.length - 1] - times[0];
    }

    private static double number(Map<String, Object> facts, String name) {
      return facts.getOrDefault(name, Double.NaN) instanceof Number number
          ? number.doubleValue()
          : Double.NaN;
    }

    private ClipStatistics statistics() {
      Map<String, Object> facts = manifest.facts("optimise").orElse(Map.of());
      return new ClipStatistics(
          (int) number(facts, "frames"),
          (int) number(facts, "tracks"),
          number(facts, "meanTrackFrames"),
          number(facts, "dynamicShare"),
          number(facts, "medianDepthMeters"),
          number(facts, "knownDepthShare"));
    }
  }
}
