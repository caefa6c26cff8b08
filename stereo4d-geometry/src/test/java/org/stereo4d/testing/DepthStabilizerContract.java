package org.stereo4d.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.DepthStabilizer;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Signal;

/** What every {@link DepthStabilizer} must do. */
public abstract class DepthStabilizerContract {
  /** Size of the test clip; both sides are multiples of 32. */
  protected static final ImageSize SIZE = new ImageSize(64, 32);

  /** The stabiliser to test; it stays open until the class is done. */
  protected abstract DepthStabilizer stabilizer();

  /**
   * Largest change of a clip in which nothing moves and nothing flickers, for maps in [0, 1];
   * infinite for a network that makes maps of its own.
   */
  protected double stillTolerance() {
    return 1e-5;
  }

  /** A textured picture that moves one pixel to the right each frame. */
  protected static List<ByteImage> frames(int count) {
    List<ByteImage> out = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      ByteImage frame = ByteImage.create(SIZE, 3);
      for (int y = 0; y < SIZE.height(); y++) {
        for (int x = 0; x < SIZE.width(); x++) {
          for (int c = 0; c < 3; c++) {
            double u = x - t;
            double wave = Math.sin(0.4 * u + 0.2 * y + c) + Math.sin(0.15 * u - 0.33 * y);
            frame.set(x, y, c, (int) (127.5 + 60 * wave));
          }
        }
      }
      out.add(frame);
    }
    return out;
  }

  /** A slope with a box on it that moves along, times a flicker that depends on the frame. */
  protected static List<InverseDepthMap> maps(int count, double flicker) {
    List<InverseDepthMap> out = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      FloatImage map = FloatImage.create(SIZE, 1);
      double scale = 1 + flicker * Math.sin(2.3 * t);
      for (int y = 0; y < SIZE.height(); y++) {
        for (int x = 0; x < SIZE.width(); x++) {
          boolean box = x - t > 20 && x - t < 36 && y > 8 && y < 22;
          map.set(x, y, 0, (float) (scale * (box ? 0.8 : 0.2 + 0.3 * y / SIZE.height())));
        }
      }
      out.add(new InverseDepthMap(map));
    }
    return out;
  }

  private List<InverseDepthMap> run(List<ByteImage> frames, List<InverseDepthMap> initial) {
    return stabilizer().stabilize(frames, initial, Progress.NONE);
  }

  @Test
  void stabilize_clip_givesOneFiniteMapPerFrame() {
    List<InverseDepthMap> out = run(frames(6), maps(6, 0.2));
    assertThat(out).hasSize(6);
    for (InverseDepthMap map : out) {
      assertThat(map.size()).isEqualTo(SIZE);
      assertThat(map.known().count()).isEqualTo(SIZE.area());
      for (float v : map.values().contiguous()) {
        assertThat(v).isNotNegative();
      }
    }
  }

  @Test
  void stabilize_oneToFourFrames_giveAsManyMaps() {
    for (int n = 1; n <= 4; n++) {
      assertThat(run(frames(n), maps(n, 0.1))).hasSize(n);
    }
  }

  @Test
  void stabilize_stillClip_returnsIt() {
    List<ByteImage> frames = Collections.nCopies(5, frames(1).get(0));
    InverseDepthMap map = maps(1, 0).get(0);
    if (Double.isInfinite(stillTolerance())) {
      return;
    }
    for (InverseDepthMap out : run(frames, Collections.nCopies(5, map))) {
      for (int i = 0; i < SIZE.area(); i++) {
        assertThat((double) out.values().contiguous()[i])
            .isCloseTo(map.values().contiguous()[i], within(stillTolerance()));
      }
    }
  }

  @Test
  void stabilize_constantMap_isFinite() {
    FloatImage flat = FloatImage.create(SIZE, 1);
    Arrays.fill(flat.array(), 0.4f);
    List<InverseDepthMap> initial = Collections.nCopies(4, new InverseDepthMap(flat));
    for (InverseDepthMap out : run(frames(4), initial)) {
      assertThat(out.known().count()).isEqualTo(SIZE.area());
    }
  }

  @Test
  void stabilize_twice_sameBits() {
    assertThat(run(frames(5), maps(5, 0.2))).isEqualTo(run(frames(5), maps(5, 0.2)));
  }

  @Test
  void stabilize_leavesInputsUntouched() {
    List<ByteImage> frames = frames(5);
    List<InverseDepthMap> initial = maps(5, 0.2);
    run(Collections.unmodifiableList(frames), Collections.unmodifiableList(initial));
    assertThat(frames).isEqualTo(frames(5));
    assertThat(initial).isEqualTo(maps(5, 0.2));
  }

  @Test
  void stabilize_otherNumberOfMaps_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(frames(5), maps(4, 0)))
        .withMessageContaining("5")
        .withMessageContaining("4");
  }

  @Test
  void stabilize_frameOfAnotherSize_refusedByIndex() {
    List<ByteImage> frames = frames(4);
    frames.set(2, ByteImage.create(new ImageSize(32, 32), 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(frames, maps(4, 0)))
        .withMessageContaining("2")
        .withMessageContaining("32x32");
    List<InverseDepthMap> initial = maps(4, 0);
    initial.set(3, new InverseDepthMap(FloatImage.create(new ImageSize(32, 32), 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(frames(4), initial))
        .withMessageContaining("3")
        .withMessageContaining("32x32");
  }

  @Test
  void stabilize_finishAsked_returnsWhatIsDone() {
    AtomicInteger steps = new AtomicInteger();
    List<InverseDepthMap> out =
        stabilizer()
            .stabilize(
                frames(6),
                maps(6, 0.1),
                step -> steps.incrementAndGet() == 2 ? Signal.FINISH : Signal.CONTINUE);
    assertThat(out.size()).isLessThanOrEqualTo(6);
    assertThat(steps.get()).isEqualTo(2);
  }

  @Test
  void stabilize_abortAsked_isCancelled() {
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> stabilizer().stabilize(frames(6), maps(6, 0.1), step -> Signal.ABORT));
  }
}
