package org.stereo4d.nvds.flowfilter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stereo4d.backend.opencv.DisFlowOptions;
import org.stereo4d.backend.opencv.OpenCvDisFlow;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

/**
 * Memory at the size of the reference, best with {@code -Dtest.heap=600m}; tells the speed, too.
 */
@Tag("load")
class FlowStreamLoadTest {
  private static final ImageSize SIZE = new ImageSize(896, 384);
  private static final int WARM_UP = 40;
  private static final int FRAMES = 160;
  private static final long HEAP_BYTES = 600L << 20;

  /** Noise of two scales that moves by two pixels a frame. */
  private static ByteImage frame(int t) {
    ByteImage out = ByteImage.create(SIZE, 3);
    byte[] bytes = out.array();
    for (int y = 0, i = 0; y < SIZE.height(); y++) {
      for (int x = 0; x < SIZE.width(); x++, i += 3) {
        double u = x - 2 * t;
        double v = 127 + 60 * Math.sin(0.11 * u + 0.07 * y) + 50 * Math.sin(0.31 * y - 0.23 * u);
        bytes[i] = (byte) v;
        bytes[i + 1] = (byte) (v * 0.8);
        bytes[i + 2] = (byte) (255 - v);
      }
    }
    return out;
  }

  private static InverseDepthMap map(int t) {
    FloatImage out = FloatImage.create(SIZE, 1);
    float scale = (float) (1 + 0.15 * Math.sin(2.1 * t));
    for (int i = 0; i < SIZE.area(); i++) {
      out.array()[i] = scale * (0.2f + 0.6f * (i / SIZE.width()) / SIZE.height());
    }
    return new InverseDepthMap(out);
  }

  @Test
  void accept_longClip_isSmall() throws IOException {
    AtomicInteger given = new AtomicInteger();
    FlowStream stream =
        new FlowStream(
            new OpenCvDisFlow(DisFlowOptions.DEFAULTS),
            FlowFilterOptions.DEFAULTS,
            (index, map) -> given.incrementAndGet());
    long used = 0;
    long nanos = 0;
    for (int t = 0; t < FRAMES; t++) {
      ByteImage frame = frame(t);
      InverseDepthMap map = map(t);
      long start = System.nanoTime();
      stream.accept(frame, map);
      nanos += t < WARM_UP ? 0 : System.nanoTime() - start;
      used = t % 8 == 7 ? Math.max(used, live()) : used;
    }
    stream.finish();
    assertThat(given).hasValue(FRAMES);
    double seconds = nanos / 1e9 / (FRAMES - WARM_UP);
    assertThat(used).as("bytes in use").isLessThan(HEAP_BYTES);
    System.getLogger("speed")
        .log(
            System.Logger.Level.INFO,
            String.format("%.3f s per frame, %d MB in use", seconds, used >> 20));
  }

  /** Bytes that a collection leaves. */
  private static long live() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
