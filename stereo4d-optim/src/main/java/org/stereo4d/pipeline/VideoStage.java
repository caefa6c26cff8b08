package org.stereo4d.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.depth.DepthColors;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.io.clip.Tracks2dFile;
import org.stereo4d.io.clip.Tracks3dFile;
import org.stereo4d.optim.track.TrackDepth;
import org.stereo4d.run.Step;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.MotionMagnitude;
import org.stereo4d.tracking.TrailOverlay;
import org.stereo4d.tracking.WorldView;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.RectifiedVideo;
import org.stereo4d.video.StereoFrame;
import org.stereo4d.video.VideoWriter;

/** Shows what a run found: views, depth, trails and the world, before and after. */
final class VideoStage {
  private static final int SHOWN_TRACKS = 256;
  private static final long SEED = 2024;

  private final ClipRun run;
  private final Set<ClipVideo> wanted;

  VideoStage(ClipRun run) {
    this.run = run;
    this.wanted = run.options.videos();
  }

  static List<Path> outputs(ClipRun run) {
    return run.options.videos().stream().map(video -> file(run, video)).toList();
  }

  private static Path file(ClipRun run, ClipVideo video) {
    return run.output(video.fileName() + ".mp4");
  }

  Map<String, Object> write(
      StereoClip posed, DepthFolder depths, Path tracksFile, OptimizeStage.Outputs results)
      throws IOException {
    Pictures pictures = new Pictures(posed, depths, tracksFile, results);
    Map<ClipVideo, VideoWriter> writers = new EnumMap<>(ClipVideo.class);
    try (RectifiedVideo views = run.views(posed)) {
      int t = 0;
      for (Optional<StereoFrame> frame = views.next(); frame.isPresent(); frame = views.next()) {
        for (ClipVideo video : wanted) {
          ByteImage picture = pictures.draw(video, t, frame.get().pair());
          VideoWriter writer = writers.get(video);
          if (writer == null) {
            writer = create(video, picture.size(), ClipRun.rate(posed));
            writers.put(video, writer);
          }
          writer.write(picture);
        }
        t++;
        run.progress.finishAfter(Step.of("videos", t, posed.frameCount()));
      }
      for (VideoWriter writer : writers.values()) {
        writer.finish();
      }
    } finally {
      for (VideoWriter writer : writers.values()) {
        writer.close();
      }
    }
    return Map.of("videos", wanted.stream().map(ClipVideo::fileName).toList());
  }

  private VideoWriter create(ClipVideo video, ImageSize size, double rate) throws IOException {
    return run.roles
        .video()
        .create(file(run, video), size, EncodeOptions.DEFAULTS.withFramesPerSecond(rate));
  }

  /** Draws the frames. */
  private final class Pictures {
    private final PinholeCamera camera = run.options.view();
    private final List<Rigid3> poses;
    private final DepthFolder depths;
    private final DepthColors colors;
    private final Tracks2d trails;
    private final Tracks3d optimized;
    private final Tracks3d movingBefore;
    private final Tracks3d movingAfter;
    private final WorldView worldBefore;
    private final WorldView worldAfter;

    Pictures(StereoClip posed, DepthFolder depths, Path tracksFile, OptimizeStage.Outputs results)
        throws IOException {
      this.poses = posed.worldFromCameras();
      this.depths = depths;
      this.colors = DepthColors.of(depths);
      Tracks2d tracks = Tracks2dFile.read(tracksFile);
      this.trails =
          tracks.select(TrailOverlay.sample(tracks.count(), TrailOverlay.MOST_TRACKS, SEED));
      Tracks3d lifted = Tracks3dFile.read(results.lifted());
      this.optimized = Tracks3dFile.read(results.optimized());
      MotionMagnitude motion = MotionMagnitude.of(optimized, camera, poses);
      int[] moving = TrailOverlay.dynamicByHeight(optimized, motion, SHOWN_TRACKS, SEED);
      this.movingBefore = lifted.pick(moving);
      this.movingAfter = optimized.pick(moving);
      this.worldBefore = new WorldView(movingBefore, camera, poses);
      this.worldAfter = new WorldView(movingAfter, camera, poses);
    }

    ByteImage draw(ClipVideo video, int t, StereoPair pair) throws IOException {
      return switch (video) {
        case LEFT_VIEW -> pair.left();
        case RIGHT_VIEW -> pair.right();
        case MATCHED_DEPTH -> colors.colorize(depths.read(t));
        case TRACK_DEPTH ->
            colors.colorize(TrackDepth.NEAREST.at(t, optimized, camera, poses.get(t)));
        case TRAILS -> TrailOverlay.draw(pair.left(), t, trails);
        case LIFTED_TRAILS -> TrailOverlay.draw(pair.left(), t, movingBefore, camera, poses.get(t));
        case OPTIMIZED_TRAILS ->
            TrailOverlay.draw(pair.left(), t, movingAfter, camera, poses.get(t));
        case WORLD_BEFORE_AFTER -> {
          DepthMap depth = depths.read(t);
          List<ByteImage> both = new ArrayList<>();
          both.add(worldBefore.draw(t, depth, pair.left()));
          both.add(worldAfter.draw(t, depth, pair.left()));
          yield new StereoPair(both.get(0), both.get(1)).joinSideBySide();
        }
      };
    }
  }
}
