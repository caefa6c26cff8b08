package org.stereo4d.stereocrafter.format;

import java.io.IOException;
import java.nio.file.Path;
import org.stereo4d.image.Border;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoWriter;

/**
 * Writes {@linkplain SplatGrid grids} as a video, one frame each. Where the codec needs even sides,
 * odd ones of the four pictures gain a copy of their last row or column. The file appears when
 * {@link #finish} returns.
 */
public final class GridWriter implements AutoCloseable {
  private final ImageSize size;
  private final ImageSize padded;
  private final VideoWriter writer;

  private GridWriter(ImageSize size, ImageSize padded, VideoWriter writer) {
    this.size = size;
    this.padded = padded;
    this.writer = writer;
  }

  /**
   * Creates a video of grids.
   *
   * @param file with the extension of the codec
   * @param size of each of the four pictures
   * @param framesPerSecond of the source, Hz; rates such as 24000/1001 are kept exactly
   * @param engine writes the file
   */
  public static GridWriter create(
      Path file, ImageSize size, GridCodec codec, double framesPerSecond, VideoCodec engine)
      throws IOException {
    ImageSize padded = codec.needsEvenSides() ? even(size) : size;
    ImageSize frame = new ImageSize(2 * padded.width(), 2 * padded.height());
    return new GridWriter(
        size,
        padded,
        engine.create(file, frame, codec.options().withFramesPerSecond(framesPerSecond)));
  }

  static ImageSize even(ImageSize size) {
    return new ImageSize((size.width() + 1) / 2 * 2, (size.height() + 1) / 2 * 2);
  }

  /** Adds a grid at the constant rate. */
  public void write(SplatGrid grid) throws IOException {
    writer.write(frame(grid));
  }

  /** Adds a grid at a time of its own, which must rise. */
  public void write(SplatGrid grid, double timeSeconds) throws IOException {
    writer.write(frame(grid), timeSeconds);
  }

  private ByteImage frame(SplatGrid grid) {
    Check.that(
        grid.left().size().equals(size),
        "grids must be of %s, one was of %s",
        size,
        grid.left().size());
    return size.equals(padded)
        ? grid.pack()
        : new SplatGrid(
                extended(grid.left()),
                extended(grid.depth()),
                extended(grid.mask()),
                extended(grid.right()))
            .pack();
  }

  private ByteImage extended(ByteImage image) {
    return FitPolicy.padded(image, padded, Border.REPLICATE);
  }

  /** Ends the file and moves it into place. */
  public void finish() throws IOException {
    writer.finish();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
