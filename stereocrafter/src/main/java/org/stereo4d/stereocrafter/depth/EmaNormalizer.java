package org.stereo4d.stereocrafter.depth;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.run.Check;

/**
 * Brings raw nearness to [0, 1] online, with a range that drifts instead of jumping.
 *
 * <p>A ring holds the ranges of the last B frames, so that a frame is divided by a range that
 * already knows the B - 1 frames after it:
 *
 * <pre>
 * lo = min(ring),  hi = max(ring),  mn = a mn + (1 - a) lo,  mx = a mx + (1 - a) hi
 * out = clamp((x - mn) / (mx - mn), 0, 1)
 * </pre>
 *
 * Frames come out B - 1 frames late, at most; {@link #flush} gives the rest. Not thread-safe. At
 * most B frames are held.
 */
public final class EmaNormalizer {
  private final NormalizerOptions options;
  private final Deque<InverseDepthMap> waiting = new ArrayDeque<>();
  private final double[] lows;
  private final double[] highs;
  private int frames;
  private boolean started;
  private double low;
  private double high;

  /** Starts before the first frame of a scene. */
  public EmaNormalizer(NormalizerOptions options) {
    this.options = options;
    this.lows = new double[options.lookAhead()];
    this.highs = new double[options.lookAhead()];
  }

  /**
   * Takes the next frame.
   *
   * @return the oldest frame waiting, once enough are there
   */
  public Optional<InverseDepthMap> accept(InverseDepthMap raw) {
    DepthRange range = DepthRange.of(raw);
    if (frames == 0) {
      Arrays.fill(lows, range.low());
      Arrays.fill(highs, range.high());
    }
    lows[frames % lows.length] = range.low();
    highs[frames % highs.length] = range.high();
    frames++;
    waiting.add(raw);
    if (waiting.size() < options.lookAhead()) {
      return Optional.empty();
    }
    drift();
    return Optional.of(next());
  }

  /** The next of the frames still waiting, with the last range; empty when none waits. */
  public Optional<InverseDepthMap> flush() {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    if (!started) {
      drift();
    }
    return Optional.of(next());
  }

  /** Forgets the range, at a scene cut; every waiting frame must have been flushed. */
  public void reset() {
    Check.that(waiting.isEmpty(), "flush before reset, %s frames wait", waiting.size());
    frames = 0;
    started = false;
  }

  /** Smallest value in force. */
  public double low() {
    return low;
  }

  /** Largest value in force. */
  public double high() {
    return high;
  }

  private void drift() {
    double ringLow = Double.POSITIVE_INFINITY;
    double ringHigh = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < lows.length; i++) {
      ringLow = Math.min(ringLow, lows[i]);
      ringHigh = Math.max(ringHigh, highs[i]);
    }
    double a = started ? options.decay() : 0;
    low = a * low + (1 - a) * ringLow;
    high = a * high + (1 - a) * ringHigh;
    started = true;
  }

  private InverseDepthMap next() {
    double from = options.fromZero() ? 0 : low;
    double range = high - from;
    InverseDepthMap raw = waiting.remove();
    return range > 0 ? DepthRange.line(raw, from, 1 / range, 0) : DepthRange.line(raw, 0, 1, 0);
  }
}
