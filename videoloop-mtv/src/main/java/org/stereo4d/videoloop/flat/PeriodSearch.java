package org.stereo4d.videoloop.flat;

import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Parallel;

/** Finds the period whose places jump least. */
final class PeriodSearch {
  private PeriodSearch() {}

  /** The best period within bounds; the shorter of equals. */
  static int best(List<ByteImage> video, int least, int most) {
    double[] costs = new double[most - least + 1];
    byte[][] frames = video.stream().map(ByteImage::contiguous).toArray(byte[][]::new);
    Parallel.blocks(
        costs.length,
        1,
        (start, end) -> {
          for (int i = start; i < end; i++) {
            costs[i] = cost(frames, least + i);
          }
        });
    int best = 0;
    for (int i = 1; i < costs.length; i++) {
      best = costs[i] < costs[best] ? i : best;
    }
    return least + best;
  }

  /** Mean over pixels of their least jump, each over two frames so that motion goes on. */
  private static double cost(byte[][] frames, int period) {
    int pixels = frames[0].length / 3;
    int starts = frames.length - period;
    double sum = 0;
    for (int p = 0; p < pixels; p++) {
      int before = jump(frames[0], frames[period], 3 * p);
      int least = 2 * before;
      for (int s = 1; s < starts; s++) {
        int jump = jump(frames[s], frames[s + period], 3 * p);
        least = Math.min(least, before + jump);
        before = jump;
      }
      sum += Math.sqrt(least);
    }
    return sum / pixels;
  }

  private static int jump(byte[] a, byte[] b, int at) {
    int sum = 0;
    for (int c = at; c < at + 3; c++) {
      int d = (a[c] & 0xff) - (b[c] & 0xff);
      sum += d * d;
    }
    return sum;
  }
}
