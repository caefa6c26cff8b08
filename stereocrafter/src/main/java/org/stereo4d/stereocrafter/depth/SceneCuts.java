package org.stereo4d.stereocrafter.depth;

import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Check;

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

  private double[] histogram = new double[0];
  private byte[] luma = new byte[0];
  private int sceneFrames;

  /** Whether a new scene starts with this RGB frame; never at the first. */
  public boolean isCut(ByteImage frame) {
    Check.that(frame.channels() == 3, "frames must be RGB, had %s channels", frame.channels());
    double[] nextHistogram = histogram(frame);
    byte[] nextLuma = frame.luma().contiguous();
    boolean cut =
        sceneFrames >= LEAST_FRAMES
            && luma.length == nextLuma.length
            && chiSquare(histogram, nextHistogram) > HISTOGRAM_DISTANCE
            && meanDifference(luma, nextLuma) > LUMA_DIFFERENCE;
    histogram = nextHistogram;
    luma = nextLuma;
    sceneFrames = cut ? 1 : sceneFrames + 1;
    return cut;
  }

  private static double[] histogram(ByteImage frame) {
    double[] out = new double[BINS];
    double each = 1.0 / frame.size().area();
    byte[] in = frame.array();
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0, i = frame.index(0, y); x < frame.width(); x++, i += 3) {
        out[(in[i] & 0xe0) << 1 | (in[i + 1] & 0xe0) >> 2 | (in[i + 2] & 0xe0) >> 5] += each;
      }
    }
    return out;
  }

  private static double chiSquare(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double both = a[i] + b[i];
      sum += both > 0 ? (a[i] - b[i]) * (a[i] - b[i]) / both : 0;
    }
    return sum;
  }

  private static double meanDifference(byte[] a, byte[] b) {
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
    }
    return sum / (255.0 * a.length);
  }
}
