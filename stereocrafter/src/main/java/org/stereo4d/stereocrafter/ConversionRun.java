package org.stereo4d.stereocrafter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Signal;
import org.stereo4d.stereocrafter.depth.SceneCuts;

/** One pass over one video: frames meet their depth. */
final class ConversionRun {
  private final Ahead ahead;
  private final Taker taker;
  private final SceneCuts cuts = new SceneCuts();

  /** Frames without depth yet. */
  private final Deque<Waiting> withoutDepth = new ArrayDeque<>();

  private boolean stopped;

  /** A frame on its way. */
  private record Waiting(SourceFrame frame, boolean startsScene) {}

  /** Takes frames with their raw depth, in order. */
  @FunctionalInterface
  interface Taker {
    /** Whether more are wanted. */
    boolean accept(SourceFrame frame, boolean startsScene, InverseDepthMap raw) throws IOException;
  }

  ConversionRun(Ahead ahead, Taker taker) {
    this.ahead = ahead;
    this.taker = taker;
  }

  void run(VideoDepthEstimator depth) throws IOException {
    try {
      depth.estimate(this::frames, this::accept, step -> stopped ? Signal.FINISH : Signal.CONTINUE);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e.getCause());
    }
  }

  /** The frames of the source, remembered on their way to the depth estimator. */
  private Iterator<ByteImage> frames() {
    return new Iterator<>() {
      private Optional<SourceFrame> next = Optional.empty();
      private boolean ended;

      @Override
      public boolean hasNext() {
        if (next.isEmpty() && !ended && !stopped) {
          try {
            next = ahead.read();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          ended = next.isEmpty();
        }
        return next.isPresent() && !stopped;
      }

      @Override
      public ByteImage next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the video has no more frames");
        }
        SourceFrame frame = next.orElseThrow();
        next = Optional.empty();
        boolean first = frame.frameIndex() == 0;
        withoutDepth.add(new Waiting(frame, cuts.isCut(frame.image()) || first));
        return frame.image();
      }
    };
  }

  private void accept(int frameIndex, InverseDepthMap raw) throws IOException {
    Waiting waiting = withoutDepth.remove();
    if (!raw.size().equals(waiting.frame().image().size())) {
      throw new IOException(
          "depth of frame "
              + frameIndex
              + ": is of "
              + raw.size()
              + ", expected "
              + waiting.frame().image().size());
    }
    stopped = !taker.accept(waiting.frame(), waiting.startsScene(), raw);
  }
}
