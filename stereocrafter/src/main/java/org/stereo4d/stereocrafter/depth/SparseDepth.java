package org.stereo4d.stereocrafter.depth;

import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Signal;
import org.stereo4d.run.Step;

/**
 * Depth of every n-th frame by another estimator, interpolated linearly for the frames between and
 * held after the last. The reference pairs such depth with the wrong frames.
 */
public final class SparseDepth implements VideoDepthEstimator {
  private final VideoDepthEstimator estimator;
  private final int stride;

  /**
   * An estimator that sees some of the frames.
   *
   * @param stride every how many frames one is kept, {@code >= 1}; see {@link NetworkSizing#stride}
   */
  public SparseDepth(VideoDepthEstimator estimator, int stride) {
    Check.that(stride >= 1, "stride must be >= 1, was %s", stride);
    this.estimator = estimator;
    this.stride = stride;
  }

  @Override
  public void estimate(Iterable<ByteImage> frames, Sink sink, Progress progress)
      throws IOException {
    Kept kept = new Kept(frames.iterator());
    Between between = new Between(kept, sink, progress);
    estimator.estimate(() -> kept, between::accept, step -> between.step());
    between.finish();
  }

  /** The frames that the estimator sees. */
  private final class Kept implements Iterator<ByteImage> {
    private final Iterator<ByteImage> all;
    private int read;

    Kept(Iterator<ByteImage> all) {
      this.all = all;
    }

    /** Passes over the frames before the next kept one. */
    void skip() {
      while (read % stride != 0 && all.hasNext()) {
        all.next();
        read++;
      }
    }

    @Override
    public boolean hasNext() {
      skip();
      return all.hasNext();
    }

    @Override
    public ByteImage next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the video has no more frames");
      }
      read++;
      return all.next();
    }
  }

  /** Maps for all frames from those of the kept ones. */
  private final class Between {
    private final Kept kept;
    private final Sink sink;
    private final Progress progress;
    private Optional<InverseDepthMap> before = Optional.empty();
    private int given;
    private boolean stopped;

    Between(Kept kept, Sink sink, Progress progress) {
      this.kept = kept;
      this.sink = sink;
      this.progress = progress;
    }

    void accept(int keptIndex, InverseDepthMap map) throws IOException {
      if (before.isPresent()) {
        for (int k = 1; k < stride && !stopped; k++) {
          give(
              new InverseDepthMap(
                  ScaleShift.mixed(before.get().values(), map.values(), k / (double) stride)));
        }
      }
      if (!stopped) {
        give(map);
      }
      before = Optional.of(map);
    }

    /** Frames after the last kept one take its map. */
    void finish() throws IOException {
      if (stopped || before.isEmpty()) {
        return;
      }
      kept.skip();
      while (given < kept.read && !stopped) {
        give(before.get());
      }
    }

    private void give(InverseDepthMap map) throws IOException {
      sink.accept(given, map);
      given++;
      stopped = progress.finishAfter(Step.of("depth", given, 0));
    }

    Signal step() {
      return stopped ? Signal.FINISH : Signal.CONTINUE;
    }
  }
}
