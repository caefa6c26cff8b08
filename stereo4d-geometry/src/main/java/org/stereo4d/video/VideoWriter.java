package org.stereo4d.video;

import java.io.IOException;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;

/**
 * Writes frames of one size. The file appears under its name when {@link #finish} returns; closing
 * without it leaves no file behind.
 */
public interface VideoWriter extends AutoCloseable {
  /** Bits of a sample that are kept of float frames; 8 where only bytes are written. */
  default int bitsPerSample() {
    return 8;
  }

  /** Adds an RGB or gray frame at the constant frame rate. */
  void write(ByteImage image) throws IOException;

  /** Adds an RGB or gray frame with values in [0, 1], rounded to {@link #bitsPerSample}. */
  default void write(FloatImage image) throws IOException {
    write(image.toBytes());
  }

  /** Adds a frame at a time of its own, which must rise from frame to frame. */
  void write(ByteImage image, double timeSeconds) throws IOException;

  /** The same with values in [0, 1]. */
  default void write(FloatImage image, double timeSeconds) throws IOException {
    write(image.toBytes(), timeSeconds);
  }

  /** Ends the file and moves it into place. */
  void finish() throws IOException;

  @Override
  void close() throws IOException;
}
