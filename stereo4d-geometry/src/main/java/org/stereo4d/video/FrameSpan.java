package org.stereo4d.video;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.stereo4d.run.Check;

/**
 * Frames of a video from the first to before the end.
 *
 * @param first index of the first frame; >= 0
 * @param end index after the last frame; > first
 */
public record FrameSpan(int first, int end) {
  /** Checks the order. */
  public FrameSpan {
    Check.that(
        first >= 0 && end > first, "a span must be 0 <= first < end, was %s to %s", first, end);
  }

  /** Number of frames. */
  public int frameCount() {
    return end - first;
  }

  /**
   * The frames of this span alone, numbered from 0, with their own presentation times. Closing the
   * result closes the source.
   *
   * @param source at its first frame
   */
  public VideoReader of(VideoReader source) {
    return new SpanReader(source, this);
  }

  private static final class SpanReader implements VideoReader {
    private final VideoReader source;
    private final FrameSpan span;
    private int read;

    SpanReader(VideoReader source, FrameSpan span) {
      this.source = source;
      this.span = span;
    }

    @Override
    public VideoInfo info() {
      VideoInfo all = source.info();
      return new VideoInfo(
          all.size(),
          all.framesPerSecond(),
          span.frameCount() / all.framesPerSecond(),
          OptionalInt.of(span.frameCount()),
          all.codec(),
          all.bitsPerSample(),
          all.colors(),
          all.hasAudio());
    }

    @Override
    public Optional<Frame> next() throws IOException {
      while (read < span.first() && source.next().isPresent()) {
        read++;
      }
      if (read >= span.end()) {
        return Optional.empty();
      }
      Optional<Frame> frame = source.next();
      if (frame.isEmpty()) {
        throw new IOException(
            "the video ends after " + read + " frames, expected at least " + span.end());
      }
      int index = read++ - span.first();
      return frame.map(f -> new Frame(index, f.timeSeconds(), f.image(), f.fullPrecision()));
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
