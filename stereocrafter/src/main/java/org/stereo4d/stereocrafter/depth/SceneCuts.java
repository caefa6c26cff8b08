package org.stereo4d.stereocrafter.depth;

import java.util.concurrent.atomic.AtomicLong;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/**
 * Finds cuts between scenes, frame by frame: the histogram of 8x8x8 colours changes by a chi-square
 * distance of more than 0.5 and the mean luma difference of pixels exceeds 0.08, and the scene
 * before had at least 8 frames. Not thread-safe.
 */
public final class SceneCuts {
  private static final double HISTOGRAM_DISTANCE = 0.5;
  private static final double LUMA_DIFFERENCE = 0.08;
  private static final int LEAST_FRAMES = 8;
  private static final int BINS = 512;
  private static final int ROWS = 64;

  private double[] histogram = new double[0];
  private byte[] luma = new byte[0];
  private byte[] nextLuma = new byte[0];
  private int sceneFrames;

  /** Whether a new scene starts with this RGB frame; never at the first. */
  public boolean isCut(ByteImage frame) {
    Check.that(frame.channels() == 3, "frames must be RGB, had %s channels", frame.channels());
    int area = frame.size().area();
    boolean first = luma.length != area;
    if (first) {
      luma = new byte[area];
      nextLuma = new byte[area];
    }
    int[] counts = new int[BINS];
    long difference = sweep(frame, counts);
    double[] nextHistogram = new double[BINS];
    for (int i = 0; i < BINS; i++) {
      nextHistogram[i] = counts[i] / (double) area;
    }
    boolean cut =
        sceneFrames >= LEAST_FRAMES
            && !first
            && chiSquare(histogram, nextHistogram) > HISTOGRAM_DISTANCE
            && difference / (255.0 * area) > LUMA_DIFFERENCE;
    histogram = nextHistogram;
    byte[] swap = luma;
    luma = nextLuma;
    nextLuma = swap;
    sceneFrames = cut ? 1 : sceneFrames + 1;
    return cut;
  }

  /** Counts colours, notes luma, and sums how it differs from the frame before. */
  private long sweep(ByteImage frame, int[] counts) {
    int width = frame.width();
    byte[] in = frame.array();
    AtomicLong difference = new AtomicLong();
    Parallel.blocks(
        frame.height(),
        ROWS,
        (start, end) -> {
          int[] own = new int[BINS];
          long sum = 0;
          for (int y = start; y < end; y++) {
            int at = y * width;
            for (int x = 0, i = frame.index(0, y); x < width; x++, i += 3) {
              int r = in[i] & 0xff;
              int g = in[i + 1] & 0xff;
              int b = in[i + 2] & 0xff;
              own[(r & 0xe0) << 1 | (g & 0xe0) >> 2 | b >> 5]++;
              int gray = (77 * r + 150 * g + 29 * b + 128) >> 8;
              sum += Math.abs(gray - (luma[at + x] & 0xff));
              nextLuma[at + x] = (byte) gray;
            }
          }
          difference.addAndGet(sum);
          synchronized (counts) {
            for (int k = 0; k < BINS; k++) {
              counts[k] += own[k];
            }
          }
        });
    return difference.get();
  }

  private static double chiSquare(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double both = a[i] + b[i];
      sum += both > 0 ? (a[i] - b[i]) * (a[i] - b[i]) / both : 0;
    }
    return sum;
  }
}
