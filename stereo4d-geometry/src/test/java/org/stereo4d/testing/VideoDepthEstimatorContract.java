package org.stereo4d.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Signal;

/** What every {@link VideoDepthEstimator} must do. */
public abstract class VideoDepthEstimatorContract {
  /** Number of frames of the test video. */
  protected static final int FRAMES = 7;

  /** Size of the test video. */
  protected static final ImageSize SIZE = new ImageSize(48, 32);

  /** An estimator for {@link #FRAMES} frames of {@link #SIZE}. */
  protected abstract VideoDepthEstimator estimator() throws IOException;

  /** How many frames it may read before it gives the map of the first of them. */
  protected int lookAhead() {
    return 1;
  }

  /** Frames that differ. */
  protected static List<ByteImage> frames() {
    List<ByteImage> out = new ArrayList<>();
    for (int t = 0; t < FRAMES; t++) {
      ByteImage frame = ByteImage.create(SIZE, 3);
      for (int i = 0; i < frame.array().length; i++) {
        frame.array()[i] = (byte) (i * (t + 3));
      }
      out.add(frame);
    }
    return out;
  }

  private List<InverseDepthMap> maps(Progress progress) throws IOException {
    List<InverseDepthMap> out = new ArrayList<>();
    estimator()
        .estimate(
            frames(),
            (frameIndex, map) -> {
              assertThat(frameIndex).isEqualTo(out.size());
              out.add(map);
            },
            progress);
    return out;
  }

  @Test
  void estimate_everyFrame_givesOneMapInOrder() throws IOException {
    List<InverseDepthMap> maps = maps(Progress.NONE);
    assertThat(maps).hasSize(FRAMES);
    assertThat(maps).allMatch(map -> map.size().equals(SIZE));
  }

  @Test
  void estimate_twice_sameBits() throws IOException {
    assertThat(maps(Progress.NONE)).isEqualTo(maps(Progress.NONE));
  }

  @Test
  void estimate_readsNoFartherAheadThanItMust() throws IOException {
    AtomicInteger read = new AtomicInteger();
    AtomicInteger given = new AtomicInteger();
    List<ByteImage> frames = frames();
    Iterable<ByteImage> counted =
        () -> {
          Iterator<ByteImage> iterator = frames.iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return iterator.hasNext();
            }

            @Override
            public ByteImage next() {
              assertThat(read.incrementAndGet() - given.get()).isLessThanOrEqualTo(lookAhead());
              return iterator.next();
            }
          };
        };
    estimator().estimate(counted, (frameIndex, map) -> given.incrementAndGet(), Progress.NONE);
    assertThat(read.get()).isEqualTo(FRAMES);
  }

  @Test
  void estimate_finishAsked_stopsWithWhatIsDone() throws IOException {
    AtomicInteger steps = new AtomicInteger();
    List<InverseDepthMap> maps =
        maps(step -> steps.incrementAndGet() == 3 ? Signal.FINISH : Signal.CONTINUE);
    assertThat(maps.size()).isBetween(1, FRAMES);
    assertThat(steps.get()).isEqualTo(3);
  }

  @Test
  void estimate_abortAsked_isCancelled() {
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> maps(step -> Signal.ABORT));
  }

  @Test
  void estimate_sinkThatFails_failsTheSameWay() {
    assertThatIOException()
        .isThrownBy(
            () ->
                estimator()
                    .estimate(
                        frames(),
                        (frameIndex, map) -> {
                          throw new IOException("disk full");
                        },
                        Progress.NONE))
        .withMessage("disk full");
  }

  @Test
  void estimate_leavesFramesUntouched() throws IOException {
    List<ByteImage> frames = frames();
    estimator().estimate(Collections.unmodifiableList(frames), (i, map) -> {}, Progress.NONE);
    assertThat(frames).isEqualTo(frames());
  }
}
