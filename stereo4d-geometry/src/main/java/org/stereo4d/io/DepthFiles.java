package org.stereo4d.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.stereo4d.depth.DepthConvention;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.io.npy.NpyStream;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.Limits;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.video.Frame;
import org.stereo4d.video.ReadOptions;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;

/**
 * Depth of a video that was computed before: one map per frame, in order, from an archive, a folder
 * of pictures or a video. One map is in memory at a time. A map of another size than its frame is
 * resized bilinearly.
 */
public final class DepthFiles implements VideoDepthEstimator {
  private final Opener opener;
  private final DepthConvention convention;

  private DepthFiles(Opener opener, DepthConvention convention) {
    this.opener = opener;
    this.convention = convention;
  }

  /** Opens the maps for one pass. */
  @FunctionalInterface
  private interface Opener {
    Maps open() throws IOException;
  }

  /** Maps in frame order. */
  private interface Maps extends AutoCloseable {
    Optional<FloatImage> next() throws IOException;

    @Override
    void close() throws IOException;
  }

  /**
   * Maps of an {@code .npz} archive.
   *
   * @param key name of an array of real numbers (T, H, W), such as "depth"
   */
  public static DepthFiles ofNpz(Path file, String key, DepthConvention convention) {
    return new DepthFiles(() -> openNpz(file, key), convention);
  }

  /**
   * Maps of a folder: gray {@code .png} of 8 or 16 bits and one-channel {@code .pfm}, in the order
   * of their names. In pictures of depth, 0 is unknown.
   */
  public static DepthFiles ofFolder(Path folder, DepthConvention convention) {
    return new DepthFiles(() -> openFolder(folder), convention);
  }

  /** Maps of a video: its luma in [0, 1], with all the bits it has. */
  public static DepthFiles ofVideo(Path file, VideoCodec codec, DepthConvention convention) {
    return new DepthFiles(() -> openVideo(file, codec), convention);
  }

  @Override
  public void estimate(Iterable<ByteImage> frames, Sink sink, Progress progress)
      throws IOException {
    try (Maps maps = opener.open()) {
      ImageResizer resizer = new ImageResizer(ResizeFilter.BILINEAR);
      int frameIndex = 0;
      for (ByteImage frame : frames) {
        int index = frameIndex;
        FloatImage values =
            maps.next()
                .orElseThrow(
                    () ->
                        new IOException(
                            maps + ": has " + index + " maps, expected one for each frame"));
        InverseDepthMap map = convention.toInverse(values);
        sink.accept(index, new InverseDepthMap(resizer.resize(map.values(), frame.size())));
        frameIndex++;
        if (progress.finishAfter(Step.of("depth", frameIndex, 0))) {
          return;
        }
      }
      if (maps.next().isPresent()) {
        throw new IOException(
            maps + ": has more maps than the video has frames, which are " + frameIndex);
      }
    }
  }

  private static Maps openNpz(Path file, String key) throws IOException {
    NpzFile npz = NpzFile.open(file);
    try {
      int[] shape = npz.requireShape(key, -1, -1, -1);
      Limits.DEFAULTS.requireImage(shape[2], shape[1], Float.BYTES, file + ": " + key);
      ImageSize size = new ImageSize(shape[2], shape[1]);
      NpyStream stream = npz.stream(key);
      return new Maps() {
        @Override
        public Optional<FloatImage> next() throws IOException {
          if (stream.remaining() == 0) {
            return Optional.empty();
          }
          float[] values = new float[size.area()];
          stream.read(values, 0, values.length);
          return Optional.of(FloatImage.wrap(values, size, 1));
        }

        @Override
        public void close() throws IOException {
          try (npz) {
            stream.close();
          }
        }

        @Override
        public String toString() {
          return file + ": " + key;
        }
      };
    } catch (IOException | RuntimeException e) {
      npz.close();
      throw e;
    }
  }

  private static Maps openFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + ": is no folder, expected pictures of depth");
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> list = Files.list(folder)) {
      list.filter(path -> extension(path).equals("png") || extension(path).equals("pfm"))
          .sorted()
          .forEach(files::add);
    }
    Iterator<Path> iterator = files.iterator();
    return new Maps() {
      @Override
      public Optional<FloatImage> next() throws IOException {
        return iterator.hasNext() ? Optional.of(picture(iterator.next())) : Optional.empty();
      }

      @Override
      public void close() {}

      @Override
      public String toString() {
        return folder.toString();
      }
    };
  }

  private static String extension(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static FloatImage picture(Path file) throws IOException {
    FloatImage image =
        extension(file).equals("pfm") ? Pfm.read(file) : PngImage.read(file).toValues();
    if (image.channels() != 1) {
      throw new IOException(file + ": has " + image.channels() + " channels, expected 1 of depth");
    }
    return image;
  }

  private static Maps openVideo(Path file, VideoCodec codec) throws IOException {
    VideoReader reader = codec.open(file, ReadOptions.DEFAULTS.withFullPrecision(true));
    return new Maps() {
      @Override
      public Optional<FloatImage> next() throws IOException {
        return reader.next().map(Frame::samples).map(FloatImage::luma);
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }

      @Override
      public String toString() {
        return file.toString();
      }
    };
  }
}
