package org.stereo4d.videoloop.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.stereo4d.io.colmap.ColmapModel;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;

/**
 * Makes a scene folder of one's own videos: clips, mean pictures, poses and depth bounds.
 *
 * <p>The source is a folder with one video per view, or one video in which views follow each other
 * with black frames between.
 */
public final class ScenePreparer {
  private static final int LEAST_VIEWS = 2;
  private static final System.Logger LOG = System.getLogger(ScenePreparer.class.getName());

  private final SplitOptions options;
  private final VideoCodec codec;
  private final boolean dropsUnregistered;

  /** A preparer that stops when a view has no pose. */
  public ScenePreparer(SplitOptions options, VideoCodec codec) {
    this(options, codec, false);
  }

  private ScenePreparer(SplitOptions options, VideoCodec codec, boolean dropsUnregistered) {
    this.options = options;
    this.codec = codec;
    this.dropsUnregistered = dropsUnregistered;
  }

  /** A preparer that goes on without the views that have no pose, or stops at them. */
  public ScenePreparer withUnregisteredDropped(boolean dropsUnregistered) {
    return new ScenePreparer(options, codec, dropsUnregistered);
  }

  /** Finds where the mean pictures in {@code <scene>/images} were taken. */
  @FunctionalInterface
  public interface Reconstruction {
    /** For example {@link ColmapCommand#reconstruct}, or a model that was made before. */
    ColmapModel reconstruct(Path scene, Progress progress) throws IOException;
  }

  /**
   * A scene that is ready for training.
   *
   * @param segments clips of the source, also those that were too short
   * @param views names of the views, sorted; row k of the pose file and clip k belong to name k
   * @param dropped views without a pose; their files lie in {@code <scene>/unregistered}
   */
  public record Result(
      List<ClipSplitter.Segment> segments, List<String> views, List<String> dropped) {
    /** Copies the lists. */
    public Result {
      segments = List.copyOf(segments);
      views = List.copyOf(views);
      dropped = List.copyOf(dropped);
    }
  }

  /**
   * Prepares a scene.
   *
   * @param source a video, or a folder of videos
   * @param scene folder that receives the scene; must not hold a pose file
   * @throws IOException naming what is missing: clips, poses, or views that found no pose
   */
  public Result prepare(Path source, Path scene, Reconstruction reconstruction, Progress progress)
      throws IOException {
    Path poseFile = new SceneFolder(scene).poses();
    if (Files.exists(poseFile)) {
      throw new IOException(poseFile + ": exists already; remove it or choose another folder");
    }
    List<ClipSplitter.Segment> segments = clips(source, scene, progress);
    long kept = segments.stream().filter(ClipSplitter.Segment::kept).count();
    if (kept < LEAST_VIEWS) {
      throw new IOException(
          source
              + ": holds "
              + kept
              + " clips of at least "
              + options.leastFrames()
              + " frames, expected at least "
              + LEAST_VIEWS);
    }
    ColmapPoses.Result poses = poses(scene, reconstruction, progress);
    List<String> dropped = unregistered(scene, poses);
    poses.poses().write(poseFile);
    return new Result(segments, poses.names(), dropped);
  }

  private List<ClipSplitter.Segment> clips(Path source, Path scene, Progress progress)
      throws IOException {
    ClipSplitter splitter = new ClipSplitter(options);
    if (!Files.isDirectory(source)) {
      try (VideoReader video = codec.open(source)) {
        return splitter.split(video, scene, codec, progress);
      }
    }
    List<ClipSplitter.Segment> out = new ArrayList<>();
    int number = 0;
    for (Path file : SceneFolder.videosIn(source)) {
      try (VideoReader video = codec.open(file)) {
        ClipSplitter.Segment clip = splitter.copy(video, number, scene, codec, progress);
        if (!clip.kept()) {
          LOG.log(
              System.Logger.Level.WARNING,
              String.format(Locale.ROOT, "%s: left out, only %d frames", file, clip.frames()));
        }
        number += clip.kept() ? 1 : 0;
        out.add(clip);
      }
    }
    return out;
  }

  private static ColmapPoses.Result poses(
      Path scene, Reconstruction reconstruction, Progress progress) throws IOException {
    try {
      ColmapPoses.Result out = ColmapPoses.of(reconstruction.reconstruct(scene, progress));
      if (!out.distorted().isEmpty()) {
        LOG.log(
            System.Logger.Level.WARNING,
            scene + ": the lens distortion of these views is ignored: " + out.distorted());
      }
      return out;
    } catch (IllegalArgumentException e) {
      throw new IOException(scene + ": " + e.getMessage(), e);
    }
  }

  /** Sets aside the files of views without a pose, or stops at them. */
  private List<String> unregistered(Path scene, ColmapPoses.Result poses) throws IOException {
    List<String> pictures;
    try (Stream<Path> files = Files.list(scene.resolve("images"))) {
      pictures = files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
    TreeSet<String> missing = ColmapPoses.missing(poses, pictures);
    if (missing.isEmpty()) {
      return List.of();
    }
    if (!dropsUnregistered) {
      throw new IOException(
          scene
              + ": these views found no pose: "
              + missing
              + "; film them again, or go on without them");
    }
    Check.that(
        poses.names().size() >= LEAST_VIEWS,
        "views with a pose must be >= %s, were %s",
        LEAST_VIEWS,
        poses.names());
    List<String> folders = new ArrayList<>(List.of("images"));
    options.factors().forEach(factor -> folders.add("videos_" + factor));
    for (String folder : folders) {
      Path aside = Files.createDirectories(scene.resolve("unregistered").resolve(folder));
      for (String view : missing) {
        String name = view + (folder.equals("images") ? ".png" : ".mp4");
        Files.move(scene.resolve(folder).resolve(name), aside.resolve(name));
      }
    }
    return List.copyOf(missing);
  }
}
