package org.stereo4d.videoloop.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.io.pose.LlffPoses;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;

/**
 * A scene on disk: {@code poses_bounds.npy} and one video per row in {@code videos_<factor>}, in
 * the order of names. {@code masks/<name>.png}, where it is, marks what can loop in the view of
 * that name: pixels of 128 and more; without it the clip tells.
 *
 * @param folder of the scene
 */
public record SceneFolder(Path folder) {
  private static final Set<String> VIDEOS =
      Set.of("mp4", "mov", "mkv", "avi", "webm", "m4v", "mpg", "mpeg");
  private static final int FEW_VIEWS = 4;
  private static final int MARKED = 128; // half of white
  private static final System.Logger LOG = System.getLogger(SceneFolder.class.getName());

  /** The pose file. */
  public Path poses() {
    return folder.resolve("poses_bounds.npy");
  }

  /** The videos of a size, by name; other files are left out and named once in the log. */
  public List<Path> videos(int factor) throws IOException {
    Path videos = folder.resolve("videos_" + factor);
    if (!Files.isDirectory(videos)) {
      throw new IOException(videos + ": no such folder, expected one video per view");
    }
    return videosIn(videos);
  }

  /** The videos of a folder by name. */
  static List<Path> videosIn(Path videos) throws IOException {
    List<Path> out = new ArrayList<>();
    List<Path> ignored = new ArrayList<>();
    try (Stream<Path> files = Files.list(videos)) {
      files.sorted().forEach(file -> (isVideo(file) ? out : ignored).add(file));
    }
    if (!ignored.isEmpty()) {
      LOG.log(System.Logger.Level.INFO, videos + ": not videos, ignored: " + ignored);
    }
    return out;
  }

  private static boolean isVideo(Path file) {
    String name = String.valueOf(file.getFileName());
    String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return VIDEOS.contains(suffix) && !name.startsWith(".") && Files.isRegularFile(file);
  }

  /**
   * Reads cameras and clips.
   *
   * @param factor original over wanted size; chooses the folder of videos
   * @param codec decodes the videos
   */
  public LoopScene read(int factor, VideoCodec codec, LoopCameras.BoundFactors bounds)
      throws IOException {
    if (!Files.isRegularFile(poses())) {
      throw new IOException(poses() + ": no such file, expected one row per view");
    }
    LlffPoses poses = LlffPoses.read(poses());
    List<Path> videos = videos(factor);
    if (videos.size() != poses.views().size()) {
      throw new IOException(
          folder
              + ": videos_"
              + factor
              + " has "
              + videos.size()
              + " videos, expected "
              + poses.views().size()
              + ", one per row of poses_bounds.npy");
    }
    if (videos.size() < 2) {
      throw new IOException(
          poses() + ": has " + videos.size() + " views, expected at least 2 for depth");
    }
    if (videos.size() < FEW_VIEWS) {
      LOG.log(
          System.Logger.Level.WARNING,
          folder + ": only " + videos.size() + " views, depth is weak");
    }
    List<List<ByteImage>> clips = new ArrayList<>();
    double rate = 0;
    for (Path video : videos) {
      try (VideoReader reader = codec.open(video)) {
        rate = clips.isEmpty() ? reader.framesPerSecond() : rate;
        clips.add(frames(reader, video, clips.isEmpty() ? Optional.empty() : first(clips)));
      }
    }
    try {
      ImageSize size = clips.get(0).get(0).size();
      return new LoopScene(
          LoopCameras.of(poses, factor, size, bounds), clips, rate, masks(videos, size));
    } catch (IllegalArgumentException e) {
      throw new IOException(folder + ": " + e.getMessage(), e);
    }
  }

  private List<Optional<Mask>> masks(List<Path> videos, ImageSize size) throws IOException {
    List<Optional<Mask>> out = new ArrayList<>();
    for (Path video : videos) {
      String name = String.valueOf(video.getFileName());
      String stem = name.substring(0, name.lastIndexOf('.'));
      Path file = folder.resolve("masks").resolve(stem + ".png");
      out.add(Files.isRegularFile(file) ? Optional.of(mask(file, size)) : Optional.empty());
    }
    return out;
  }

  /** A drawn mask of any size, in the size of the clips. */
  private static Mask mask(Path file, ImageSize size) throws IOException {
    ByteImage drawn = PngImage.read(file).toBytes().luma();
    ByteImage resized = new ImageResizer(ResizeFilter.AREA).resize(drawn, size);
    boolean[] out = new boolean[size.area()];
    for (int i = 0; i < out.length; i++) {
      out[i] = resized.at(i % size.width(), i / size.width(), 0) >= MARKED;
    }
    return Mask.wrap(out, size);
  }

  private static Optional<ImageSize> first(List<List<ByteImage>> clips) {
    return Optional.of(clips.get(0).get(0).size());
  }

  private static List<ByteImage> frames(
      VideoReader reader, Path video, Optional<ImageSize> expected) throws IOException {
    List<ByteImage> out = new ArrayList<>();
    ImageSize size = expected.orElse(reader.info().size());
    for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
      ByteImage image = next.get().image();
      if (!image.size().equals(size)) {
        throw new IOException(
            video
                + ": frame "
                + out.size()
                + " is "
                + image.size()
                + ", expected "
                + size
                + " as the frames before it");
      }
      out.add(image);
    }
    if (out.isEmpty()) {
      throw new IOException(video + ": holds no frame, expected a clip");
    }
    return out;
  }
}
