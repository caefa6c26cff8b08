package org.stereo4d.stereocrafter.depth;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;

/**
 * Depth of a long video by a network of a fixed window, joined the way Video-Depth-Anything (Chen
 * et al. 2025) joins it: a window is brought to the scale of those before it by the key frames they
 * share, and crosses over from the one before within a few frames. Negative results become 0.
 *
 * <p>The last frame is repeated to fill the last window. Holds one window.
 */
public final class WindowedDepthEstimator implements VideoDepthEstimator {
  private final WindowDepthNetwork network;
  private final KeyFrameWindows windows;

  /** An estimator on a network, which stays with the caller. */
  public WindowedDepthEstimator(WindowDepthNetwork network, KeyFrameWindows windows) {
    this.network = network;
    this.windows = windows;
  }

  @Override
  public void estimate(Iterable<ByteImage> frames, Sink sink, Progress progress)
      throws IOException {
    Iterator<ByteImage> iterator = frames.iterator();
    if (iterator.hasNext()) {
      new Run(sink, progress).run(iterator);
    }
  }

  /** One video. */
  private final class Run {
    private final Sink sink;
    private final Progress progress;
    private final ImageResizer shrink = new ImageResizer(ResizeFilter.ANTIALIASED_CUBIC);
    private final ImageResizer grow = new ImageResizer(ResizeFilter.BILINEAR);

    /** Frames of the window, and their maps once it ran. */
    private List<FloatImage> window = new ArrayList<>();

    /** Aligned maps of the key frames before the crossing. */
    private List<FloatImage> anchors = new ArrayList<>();

    /** Aligned maps that wait for the crossing. */
    private List<FloatImage> waiting = new ArrayList<>();

    private ImageSize frameSize = new ImageSize(1, 1);
    private int given;

    Run(Sink sink, Progress progress) {
      this.sink = sink;
      this.progress = progress;
    }

    void run(Iterator<ByteImage> frames) throws IOException {
      boolean first = true;
      int read = 0;
      while (frames.hasNext()) {
        while (window.size() < windows.window() && frames.hasNext()) {
          ByteImage frame = frames.next();
          frameSize = frame.size();
          window.add(shrink.resize(frame, network.inputSize(frameSize)).toFloat());
          read++;
        }
        while (window.size() < windows.window()) {
          window.add(window.get(window.size() - 1));
        }
        List<FloatImage> maps = network.estimate(List.copyOf(window));
        List<FloatImage> ready = first ? start(maps) : join(maps);
        first = false;
        for (FloatImage map : ready) {
          if (given < read && give(map)) {
            return;
          }
        }
        List<FloatImage> next = new ArrayList<>();
        windows.keyFrames().forEach(k -> next.add(window.get(k)));
        window = next;
      }
      for (FloatImage map : waiting) {
        if (given < read && give(map)) {
          return;
        }
      }
    }

    private boolean give(FloatImage map) throws IOException {
      sink.accept(given, new InverseDepthMap(grow.resize(map, frameSize)));
      given++;
      return progress.finishAfter(Step.of("depth", given, 0));
    }

    private List<FloatImage> start(List<FloatImage> maps) {
      int anchorCount = windows.shared() - windows.fade();
      for (int k = 0; k < anchorCount; k++) {
        anchors.add(maps.get(windows.keyFrames().get(k)));
      }
      int end = windows.window() - windows.fade();
      waiting = new ArrayList<>(maps.subList(end, windows.window()));
      return maps.subList(0, end);
    }

    private List<FloatImage> join(List<FloatImage> maps) {
      int anchorCount = anchors.size();
      ScaleShift line = ScaleShift.fit(maps.subList(0, anchorCount), anchors);
      List<FloatImage> aligned = new ArrayList<>();
      for (FloatImage map : maps) {
        aligned.add(positive(line.apply(map)));
      }
      List<FloatImage> out = new ArrayList<>();
      for (int k = 0; k < windows.fade(); k++) {
        double share = k / (windows.fade() - 1.0);
        out.add(ScaleShift.mixed(waiting.get(k), aligned.get(anchorCount + k), share));
      }
      int end = windows.window() - windows.fade();
      out.addAll(aligned.subList(windows.shared(), end));
      waiting = new ArrayList<>(aligned.subList(end, windows.window()));
      List<FloatImage> next = new ArrayList<>();
      next.add(anchors.get(0)); // the first frame of all stays the anchor of scale
      for (int k = 1; k < anchorCount; k++) {
        next.add(aligned.get(windows.keyFrames().get(k)));
      }
      anchors = next;
      return out;
    }

    private static FloatImage positive(FloatImage map) {
      float[] v = map.array();
      for (int i = 0; i < v.length; i++) {
        v[i] = Math.max(0, v[i]);
      }
      return map;
    }
  }
}
