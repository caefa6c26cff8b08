package org.stereo4d.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stereo4d.image.ByteImage;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.io.clip.Tracks2dFile;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.MotionMagnitude;
import org.stereo4d.tracking.TrackLifter;
import org.stereo4d.tracking.drift.ClassMap;
import org.stereo4d.tracking.drift.DriftFilter;
import org.stereo4d.tracking.drift.DriftReport;
import org.stereo4d.tracking.drift.Segmenter;
import org.stereo4d.video.RectifiedVideo;

/** Follows points through the left views, drops redundant tracks, and those that drift. */
final class TrackStage {
  private final ClipRun run;

  TrackStage(ClipRun run) {
    this.run = run;
  }

  Map<String, Object> track(StereoClip posed, Path file) throws IOException {
    QueryPoints queries =
        run.options.queries().queries(run.options.view().size(), posed.frameCount());
    Tracks2d tracks;
    try (RectifiedVideo video = run.views(posed)) {
      tracks = run.roles.tracker().track(new LeftViews(video), queries, run.progress).tracks();
    }
    Tracks2d kept = run.options.pruner().prune(tracks);
    Tracks2dFile.write(file, kept);
    return Map.of("queries", queries.count(), "kept", kept.count());
  }

  Map<String, Object> filter(StereoClip posed, DepthFolder depths, Path tracksFile, Path file)
      throws IOException {
    Tracks2d tracks = Tracks2dFile.read(tracksFile);
    DriftReport report =
        run.roles.segmenter().isPresent()
            ? judge(posed, depths, tracks, run.roles.segmenter().get())
            : DriftFilter.skipped(tracks.count(), "no segmentation back end was given");
    Tracks2dFile.write(file, tracks.select(report.keep()));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("tracks", tracks.count());
    facts.put("kept", report.kept());
    report.skippedBecause().ifPresent(reason -> facts.put("skippedBecause", reason));
    return facts;
  }

  private DriftReport judge(
      StereoClip posed, DepthFolder depths, Tracks2d tracks, Segmenter segmenter)
      throws IOException {
    Tracks3d lifted;
    try (RectifiedVideo video = run.views(posed)) {
      lifted =
          new TrackLifter(run.options.view(), run.options.lift())
              .lift(tracks, depths, posed.worldFromCameras(), new LeftViews(video));
    }
    MotionMagnitude motion =
        MotionMagnitude.of(lifted, run.options.view(), posed.worldFromCameras());
    try (RectifiedVideo video = run.views(posed)) {
      Iterable<ClassMap> maps = () -> segmented(new LeftViews(video).iterator(), segmenter);
      return new DriftFilter(run.options.drift(), segmenter.names())
          .apply(tracks, lifted, motion, maps, run.options.view().size());
    }
  }

  private static Iterator<ClassMap> segmented(Iterator<ByteImage> views, Segmenter segmenter) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return views.hasNext();
      }

      @Override
      public ClassMap next() {
        return segmenter.segment(views.next());
      }
    };
  }
}
