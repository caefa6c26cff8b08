package org.stereo4d.stereocrafter.inpaint;

import java.util.concurrent.atomic.AtomicLongArray;
import org.stereo4d.run.Parallel;

/**
 * How much brighter one frame is than another, channel by channel, by the background beside the
 * holes that both show:
 *
 * <pre>
 * gain = sum of levels here / sum of levels there, between 0.8 and 1.25
 * </pre>
 */
final class BrightnessMatch {
  private static final int RING = 5;
  private static final double LEAST = 0.8;
  private static final double MOST = 1.25;

  private BrightnessMatch() {}

  /** Factors for the colours of a candidate. */
  static double[] gains(
      SceneFrame frame, BackgroundFill background, Candidate candidate, double tolerancePx) {
    AtomicLongArray sums = new AtomicLongArray(6); // whole numbers: any order gives the same sum
    int width = frame.image.width();
    Parallel.rows(
        frame.image.height(),
        (start, end) -> {
          long[] own = new long[6];
          for (int i = start * width; i < end * width; i++) {
            boolean begins =
                frame.holes.array()[i] && (i % width == 0 || !frame.holes.array()[i - 1]);
            if (begins) {
              addRing(frame, background, candidate, tolerancePx, i, own);
            }
          }
          for (int c = 0; c < own.length; c++) {
            sums.addAndGet(c, own[c]);
          }
        });
    double[] out = new double[3];
    for (int c = 0; c < 3; c++) {
      double ratio = sums.get(c) / (double) Math.max(1, sums.get(3 + c));
      out[c] = sums.get(3 + c) == 0 ? 1 : Math.max(LEAST, Math.min(MOST, ratio));
    }
    return out;
  }

  /** Adds what lies beside a run of holes on its background side. */
  private static void addRing(
      SceneFrame frame,
      BackgroundFill background,
      Candidate candidate,
      double tolerancePx,
      int hole,
      long[] sums) {
    int width = frame.image.width();
    float[] px = frame.disparity.px().array();
    for (int k = 0; k < RING; k++) {
      int p = background.beside(hole, k);
      if (p < 0) {
        return;
      }
      int q = candidate.place(p % width, p / width, frame.shift * px[p]);
      if (q >= 0 && candidate.shows(q, px[p], tolerancePx)) {
        for (int c = 0; c < 3; c++) {
          sums[c] += frame.image.array()[3 * p + c] & 0xff;
          sums[3 + c] += candidate.frame.image.array()[3 * q + c] & 0xff;
        }
      }
    }
  }
}
