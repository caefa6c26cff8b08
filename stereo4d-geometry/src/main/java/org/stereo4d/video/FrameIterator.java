package org.stereo4d.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Walks a reader one frame at a time. */
final class FrameIterator implements Iterator<Frame> {
  private final VideoReader reader;
  private @Nullable Frame waiting;
  private boolean ended;

  FrameIterator(VideoReader reader) {
    this.reader = reader;
  }

  @Override
  public boolean hasNext() {
    if (waiting == null && !ended) {
      try {
        waiting = reader.next().orElse(null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ended = waiting == null;
    }
    return waiting != null;
  }

  @Override
  public Frame next() {
    if (!hasNext() || waiting == null) {
      throw new NoSuchElementException("the video has no more frames");
    }
    Frame frame = waiting;
    waiting = null;
    return frame;
  }
}
