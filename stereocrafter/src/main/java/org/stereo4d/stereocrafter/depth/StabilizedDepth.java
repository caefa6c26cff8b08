package org.stereo4d.stereocrafter.depth;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.stereo4d.depth.DepthEstimator;
import org.stereo4d.depth.DepthStabilizer;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;

/**
 * Depth of a video by any estimator for pictures, steadied by any stabiliser, in windows that
 * overlap: the frames that two windows share bring the later one to the scale of the earlier, and
 * there they cross over. Windows never span a cut. Holds one window.
 */
public final class StabilizedDepth implements VideoDepthEstimator {
  /** Frames per window, unless given. */
  public static final int WINDOW = 48;

  /** Frames that windows share, unless given. */
  public static final int OVERLAP = 12;

  private final DepthEstimator estimator;
  private final DepthStabilizer stabilizer;
  private final int window;
  private final int overlap;

  /** An estimator of {@link #WINDOW} frames; its parts stay with the caller. */
  public StabilizedDepth(DepthEstimator estimator, DepthStabilizer stabilizer) {
    this(estimator, stabilizer, WINDOW, OVERLAP);
  }

  /**
   * An estimator.
   *
   * @param window frames that are steadied at once, more than the overlap
   * @param overlap frames that windows share, {@code >= 1}
   */
  public StabilizedDepth(
      DepthEstimator estimator, DepthStabilizer stabilizer, int window, int overlap) {
    Check.that(
        overlap >= 1 && window > overlap,
        "window must be > overlap >= 1, were %s and %s",
        window,
        overlap);
    this.estimator = estimator;
    this.stabilizer = stabilizer;
    this.window = window;
    this.overlap = overlap;
  }

  @Override
  public void estimate(Iterable<ByteImage> frames, Sink sink, Progress progress)
      throws IOException {
    Run run = new Run(sink, progress);
    SceneCuts cuts = new SceneCuts();
    for (ByteImage frame : frames) {
      if (cuts.isCut(frame) && run.finishScene()) {
        return;
      }
      if (run.accept(frame)) {
        return;
      }
    }
    run.finishScene();
  }

  /** One video. */
  private final class Run {
    private final Sink sink;
    private final Progress progress;
    private final List<ByteImage> frames = new ArrayList<>();
    private final List<InverseDepthMap> maps = new ArrayList<>();

    /** Steady maps of the first frames, from the window before. */
    private List<FloatImage> shared = List.of();

    private int given;

    Run(Sink sink, Progress progress) {
      this.sink = sink;
      this.progress = progress;
    }

    /** Whether the listener wants no more. */
    boolean accept(ByteImage frame) throws IOException {
      frames.add(frame);
      maps.add(estimator.estimate(frame));
      if (frames.size() < window) {
        return false;
      }
      List<FloatImage> steady = steady();
      int end = window - overlap;
      boolean stop = give(steady.subList(0, end));
      shared = List.copyOf(steady.subList(end, window));
      frames.subList(0, end).clear();
      maps.subList(0, end).clear();
      return stop;
    }

    boolean finishScene() throws IOException {
      boolean stop = !frames.isEmpty() && give(frames.size() == shared.size() ? shared : steady());
      frames.clear();
      maps.clear();
      shared = List.of();
      return stop;
    }

    private List<FloatImage> steady() {
      List<InverseDepthMap> out = stabilizer.stabilize(frames, maps, Progress.NONE);
      List<FloatImage> values = new ArrayList<>();
      out.forEach(map -> values.add(map.values()));
      if (shared.isEmpty()) {
        return values;
      }
      ScaleShift line = ScaleShift.fit(values.subList(0, shared.size()), shared);
      for (int t = 0; t < values.size(); t++) {
        FloatImage aligned = line.apply(values.get(t));
        boolean crosses = t < shared.size();
        double share = (t + 1.0) / (shared.size() + 1);
        values.set(t, crosses ? ScaleShift.mixed(shared.get(t), aligned, share) : aligned);
      }
      return values;
    }

    private boolean give(List<FloatImage> ready) throws IOException {
      for (FloatImage map : ready) {
        sink.accept(given, new InverseDepthMap(map));
        given++;
        if (progress.finishAfter(Step.of("depth", given, 0))) {
          return true;
        }
      }
      return false;
    }
  }
}
