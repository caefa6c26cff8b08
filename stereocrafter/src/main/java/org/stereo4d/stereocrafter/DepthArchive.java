package org.stereo4d.stereocrafter;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpyType;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.run.Check;

/**
 * Keeps the depth of a video as the reference family does: an {@code .npz} whose array {@code
 * depth} is float32 (T, H, W), which {@link org.stereo4d.io.DepthFiles} reads.
 *
 * <p>An archive begins with the number of its frames, which is known at the end, so maps wait in a
 * file beside the target; one is in memory at a time.
 */
public final class DepthArchive implements AutoCloseable {
  /** The array's name. */
  public static final String KEY = "depth";

  private final Path target;
  private final ImageSize size;
  private final Path waiting;
  private final OutputStream out;
  private int frames;

  /**
   * Begins an archive of maps of one size.
   *
   * @param target appears when {@link #finish} returns
   */
  public DepthArchive(Path target, ImageSize size) throws IOException {
    this.target = target;
    this.size = size;
    Path folder = target.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    this.waiting = Files.createTempFile(folder, ".depth-", ".raw");
    this.out = new BufferedOutputStream(Files.newOutputStream(waiting), 1 << 16);
  }

  /** An estimator that also keeps what it finds; the archive is finished by the caller. */
  public VideoDepthEstimator keeping(VideoDepthEstimator estimator) {
    return (images, sink, progress) ->
        estimator.estimate(
            images,
            (frameIndex, map) -> {
              accept(map);
              sink.accept(frameIndex, map);
            },
            progress);
  }

  /** Adds the next map. */
  public void accept(InverseDepthMap map) throws IOException {
    Check.that(map.size().equals(size), "maps must be of %s, one was of %s", size, map.size());
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * size.area());
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(map.values().contiguous());
    out.write(bytes.array());
    frames++;
  }

  /** Writes the archive. */
  public void finish() throws IOException {
    out.close();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(waiting), 1 << 16)) {
      NpzWriter.write(
          target,
          NpzWriter.Compression.DEFLATED,
          npz ->
              npz.add(
                  KEY,
                  NpyType.FLOAT32,
                  new int[] {frames, size.height(), size.width()},
                  () -> read(in)));
    }
  }

  private float[] read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(Float.BYTES * size.area());
    if (bytes.length < Float.BYTES * size.area()) {
      throw new EOFException(waiting + ": ends early, expected " + frames + " maps of " + size);
    }
    FloatBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] map = new float[size.area()];
    values.get(map);
    return map;
  }

  /** Removes what waits; without {@link #finish} before it no archive appears. */
  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(waiting);
  }
}
