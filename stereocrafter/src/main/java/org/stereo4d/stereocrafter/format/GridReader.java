package org.stereo4d.stereocrafter.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.stereo4d.image.ImageSize;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;

/** Reads videos of {@linkplain SplatGrid grids}, our own and the reference's, frame by frame. */
public final class GridReader implements AutoCloseable {
  private final ImageSize size;
  private final VideoReader reader;

  private GridReader(ImageSize size, VideoReader reader) {
    this.size = size;
    this.reader = reader;
  }

  /**
   * A grid and when it is shown.
   *
   * @param grid the four pictures
   * @param timeSeconds from the beginning of the file
   */
  public record TimedGrid(SplatGrid grid, double timeSeconds) {}

  /**
   * Opens a video whose pictures are half as wide and high as its frames.
   *
   * @throws IOException if the file cannot be read, or its frames are too small to be split
   */
  public static GridReader open(Path file, VideoCodec engine) throws IOException {
    VideoReader reader = engine.open(file);
    ImageSize frame = reader.info().size();
    if (frame.width() < 2 || frame.height() < 2) {
      reader.close();
      throw new IOException(file + ": has frames of " + frame + ", expected 2x2 at least");
    }
    return new GridReader(quarter(frame), reader);
  }

  /**
   * Opens a video of pictures whose size is known, and drops what was added to make it even.
   *
   * @throws IOException if the file cannot be read, or is of another size
   */
  public static GridReader open(Path file, ImageSize size, VideoCodec engine) throws IOException {
    GridReader out = open(file, engine);
    if (!out.size.equals(size) && !out.size.equals(GridWriter.even(size))) {
      out.close();
      throw new IOException(
          file
              + ": has pictures of "
              + out.size
              + ", expected "
              + size
              + " or the even size above");
    }
    return new GridReader(size, out.reader);
  }

  private static ImageSize quarter(ImageSize frame) {
    return new ImageSize(frame.width() / 2, frame.height() / 2);
  }

  /** Size of each of the four pictures. */
  public ImageSize size() {
    return size;
  }

  /** Frames per second of the header, Hz. */
  public double framesPerSecond() {
    return reader.framesPerSecond();
  }

  /** The next grid, or empty at the end; its pictures are views on one frame. */
  public Optional<TimedGrid> next() throws IOException {
    Optional<Frame> frame = reader.next();
    return frame.map(f -> new TimedGrid(cropped(SplatGrid.unpack(f.image())), f.timeSeconds()));
  }

  private SplatGrid cropped(SplatGrid grid) {
    return grid.left().size().equals(size)
        ? grid
        : new SplatGrid(
            grid.left().crop(0, 0, size),
            grid.depth().crop(0, 0, size),
            grid.mask().crop(0, 0, size),
            grid.right().crop(0, 0, size));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
