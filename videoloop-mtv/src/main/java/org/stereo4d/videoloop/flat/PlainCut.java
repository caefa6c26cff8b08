package org.stereo4d.videoloop.flat;

import java.util.List;
import java.util.stream.IntStream;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/**
 * Frames of a video that are repeated as they are.
 *
 * @param start first frame
 * @param frames period
 * @param seam mean absolute difference of luma, 0..255, at every second pixel, between the first
 *     frame and the one that would have followed the last
 */
public record PlainCut(int start, int frames, double seam) {
  /** The cut of a length with the smallest seam. */
  public static PlainCut best(List<ByteImage> video, int frames) {
    Check.that(
        frames >= 1 && frames < video.size(),
        "frames must be in [1, %s), was %s",
        video.size(),
        frames);
    double[] seams = new double[video.size() - frames];
    Parallel.blocks(
        seams.length,
        4,
        (from, to) -> {
          for (int s = from; s < to; s++) {
            seams[s] = difference(video.get(s), video.get(s + frames));
          }
        });
    int best =
        IntStream.range(0, seams.length)
            .reduce((a, b) -> seams[b] < seams[a] ? b : a)
            .orElseThrow();
    return new PlainCut(best, frames, seams[best]);
  }

  /** Mean absolute difference of luma at every second pixel of every second row, 0..255. */
  public static double difference(ByteImage a, ByteImage b) {
    ByteImage first = a.luma();
    ByteImage second = b.luma();
    long sum = 0;
    int count = 0;
    for (int y = 0; y < first.height(); y += 2) {
      for (int x = 0; x < first.width(); x += 2) {
        sum += Math.abs(first.at(x, y, 0) - second.at(x, y, 0));
        count++;
      }
    }
    return (double) sum / count;
  }
}
