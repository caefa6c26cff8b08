package org.stereo4d.video;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;

/**
 * A video as a stream of frames, read once from the start.
 *
 * <p>Each frame owns its pixels. The iterator wraps an {@link IOException} in {@link
 * java.io.UncheckedIOException}.
 */
public interface VideoReader extends Iterable<Frame>, AutoCloseable {
  /** What the header says. */
  VideoInfo info();

  /** The next frame in presentation order, or empty at the end. */
  Optional<Frame> next() throws IOException;

  /** Iterates over the frames not read yet. */
  @Override
  default Iterator<Frame> iterator() {
    return new FrameIterator(this);
  }

  /** Frames per second of the header. */
  default double framesPerSecond() {
    return info().framesPerSecond();
  }

  @Override
  void close() throws IOException;
}
