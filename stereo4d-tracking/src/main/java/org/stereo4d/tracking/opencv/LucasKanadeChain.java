package org.stereo4d.tracking.opencv;

import static org.bytedeco.opencv.global.opencv_core.CV_32FC2;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_video;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_core.TermCriteria;
import org.stereo4d.backend.BackendException;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.tracking.TrackedPoints;

/** One run of the tracker over a clip. */
final class LucasKanadeChain {
  private static final int WINDOW_PX = 21;
  private static final int LEVELS = 3;
  private static final int ITERATIONS = 30;
  private static final double EPSILON_PX = 0.01;
  private static final double MIN_EIGENVALUE = 1e-4;
  private static final double MAX_RETURN_PX = 1;

  private final List<ByteImage> gray;
  private final QueryPoints queries;
  private final Progress progress;
  private final ImageSize size;
  private final int frameCount;
  private final float[] xy;
  private final boolean[] visible;
  private final byte[] confidence;

  LucasKanadeChain(List<ByteImage> gray, QueryPoints queries, Progress progress) {
    this.gray = gray;
    this.queries = queries;
    this.progress = progress;
    this.size = gray.get(0).size();
    this.frameCount = gray.size();
    int entries = Math.multiplyExact(queries.count(), frameCount);
    this.xy = new float[Math.multiplyExact(2, entries)];
    this.visible = new boolean[entries];
    this.confidence = new byte[entries];
  }

  TrackedPoints run() {
    for (int i = 0; i < queries.count(); i++) {
      int k = i * frameCount + queries.frame(i);
      put(k, queries.xPx(i), queries.yPx(i), true, 0);
    }
    boolean go = true;
    for (int direction = 1; direction >= -1 && go; direction -= 2) {
      int first = direction > 0 ? 0 : frameCount - 1;
      for (int t = first; t + direction >= 0 && t + direction < frameCount && go; t += direction) {
        step(t, direction);
        go = !progress.finishAfter(Step.of("track points", Math.abs(t - first) + 1, frameCount));
      }
    }
    return TrackedPoints.wrap(Tracks2d.wrap(queries, frameCount, xy, visible), confidence);
  }

  private void put(int entry, float x, float y, boolean believed, double returnPx) {
    xy[2 * entry] = x;
    xy[2 * entry + 1] = y;
    visible[entry] = believed && x >= 0 && y >= 0 && x < size.width() && y < size.height();
    confidence[entry] = TrackedPoints.quantized(visible[entry] ? 1 - 0.5 * returnPx : 0);
  }

  private void step(int t, int direction) {
    int[] begun =
        IntStream.range(0, queries.count())
            .filter(i -> (t - queries.frame(i)) * direction >= 0)
            .toArray();
    int[] active = IntStream.of(begun).filter(i -> visible[i * frameCount + t]).toArray();
    for (int i : begun) {
      int k = i * frameCount + t;
      put(k + direction, xy[2 * k], xy[2 * k + 1], false, 0);
    }
    if (active.length == 0) {
      return;
    }
    float[] from = new float[2 * active.length];
    for (int a = 0; a < active.length; a++) {
      int k = active[a] * frameCount + t;
      from[2 * a] = xy[2 * k] - 0.5f; // the engine's centre of the first pixel is 0
      from[2 * a + 1] = xy[2 * k + 1] - 0.5f;
    }
    float[] to = new float[from.length];
    float[] returned = new float[from.length];
    byte[] status = flow(gray.get(t), gray.get(t + direction), from, to);
    byte[] statusBack = flow(gray.get(t + direction), gray.get(t), to, returned);
    for (int a = 0; a < active.length; a++) {
      double error =
          Math.hypot(
              (double) returned[2 * a] - from[2 * a],
              (double) returned[2 * a + 1] - from[2 * a + 1]);
      boolean believed = status[a] != 0 && statusBack[a] != 0 && error <= MAX_RETURN_PX;
      int entry = active[a] * frameCount + t + direction;
      put(entry, to[2 * a] + 0.5f, to[2 * a + 1] + 0.5f, believed, error);
    }
  }

  private byte[] flow(ByteImage from, ByteImage to, float[] points, float[] found) {
    int n = points.length / 2;
    try (PointerScope scope = new PointerScope()) {
      Mat start = new Mat(1, n, CV_32FC2, new FloatPointer(points));
      Mat end = new Mat();
      Mat status = new Mat();
      opencv_video.calcOpticalFlowPyrLK(
          mat(from),
          mat(to),
          start,
          end,
          status,
          new Mat(),
          new Size(WINDOW_PX, WINDOW_PX),
          LEVELS,
          new TermCriteria(TermCriteria.COUNT + TermCriteria.EPS, ITERATIONS, EPSILON_PX),
          0,
          MIN_EIGENVALUE);
      new FloatPointer(end.data()).get(found);
      byte[] flags = new byte[n];
      status.data().get(flags);
      return flags;
    } catch (RuntimeException e) {
      throw new BackendException("OpenCV LK of " + size + " failed: " + e.getMessage(), e);
    }
  }

  private static Mat mat(ByteImage gray) {
    return new Mat(gray.height(), gray.width(), CV_8UC1, new BytePointer(gray.contiguous()));
  }
}
