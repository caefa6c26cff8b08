package org.stereo4d.stereocrafter.inpaint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.flow.FlowWarp;
import org.stereo4d.image.Border;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;
import org.stereo4d.stereocrafter.splat.ByteSplat;

/**
 * How well an inpainter does on a video, without any true second view: {@link RoundTripHoles} are
 * blanked in the video itself, filled, and compared with what was there.
 *
 * <pre>
 * PSNR = 10 log10(255^2 / mean (C - I)^2)        over the holes of a frame, then over frames
 * flicker = mean |C_t - C_{t-1}(x + flow)|       over the holes, levels
 * </pre>
 */
public final class HoleCheck {
  /** Frames with fewer holes say little. */
  public static final double LEAST_SHARE = 0.005;

  private static final double AWAY = -1;

  /** Tells the side of the holes; the picture stays where it is. */
  private static final double STAYS = -1e-6;

  private final StereoInpainter inpainter;
  private final FlowEstimator flow;
  private final Deque<Blanked> waiting = new ArrayDeque<>();
  private Optional<Filled> before = Optional.empty();
  private int frames;
  private int measured;
  private double decibels;
  private double similarity;
  private double flicker;
  private int steps;

  /** A frame and what of it was blanked. */
  private record Blanked(ByteImage frame, Mask holes) {}

  /** A frame and its fill. */
  private record Filled(ByteImage frame, ByteImage filled) {}

  /**
   * What was found.
   *
   * @param frames that had enough holes
   * @param psnrDecibels mean over them, inside holes
   * @param ssim mean structural similarity of luma in 7x7 windows about hole pixels
   * @param flickerLevels mean change along the flow inside holes, levels of 255
   */
  public record Quality(int frames, double psnrDecibels, double ssim, double flickerLevels) {}

  /**
   * Prepares a check.
   *
   * @param inpainter a new one
   * @param flow finds where a frame's pixels were in the frame before; stays with the caller
   */
  public HoleCheck(StereoInpainter inpainter, FlowEstimator flow) {
    this.inpainter = inpainter;
    this.flow = flow;
  }

  /**
   * Takes the next frame.
   *
   * @param disparity of the strength to test, known everywhere
   */
  public void accept(ByteImage frame, DisparityMap disparity) {
    Check.that(
        frame.size().equals(disparity.size()) && frame.channels() == 3,
        "frame %s must be RGB and of the size of disparity %s",
        frame,
        disparity.size());
    Mask holes = RoundTripHoles.of(disparity, AWAY);
    ByteImage image = frame.copy();
    FloatImage px = disparity.px().copy();
    FloatImage coverage = FloatImage.create(frame.size(), 1);
    for (int i = 0; i < holes.array().length; i++) {
      boolean hole = holes.array()[i];
      coverage.array()[i] = hole ? 0 : 1;
      px.array()[i] = hole ? Float.NaN : px.array()[i];
      for (int c = 0; hole && c < 3; c++) {
        image.array()[3 * i + c] = 0;
      }
    }
    waiting.add(new Blanked(frame, holes));
    ByteSplat view = new ByteSplat(image, coverage, new DisparityMap(px));
    inpainter.accept(new WarpedFrame(frame, view, STAYS, frames == 0)).ifPresent(this::measure);
    frames++;
  }

  /** Ends the video. */
  public Quality finish() {
    for (Optional<ByteImage> next = inpainter.flush(); next.isPresent(); next = inpainter.flush()) {
      measure(next.get());
    }
    return new Quality(
        measured, decibels / measured, similarity / measured, steps == 0 ? 0 : flicker / steps);
  }

  private void measure(ByteImage filled) {
    Blanked truth = waiting.remove();
    int count = truth.holes.count();
    if (count >= LEAST_SHARE * truth.frame.size().area()) {
      measured++;
      decibels += decibels(filled, truth, count);
      similarity += HoleSimilarity.mean(filled, truth.frame, truth.holes);
      if (before.isPresent()) {
        flicker += flicker(filled, truth, before.get());
        steps++;
      }
    }
    before = Optional.of(new Filled(truth.frame, filled));
  }

  private static double decibels(ByteImage filled, Blanked truth, int count) {
    byte[] a = filled.contiguous();
    byte[] b = truth.frame.contiguous();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      if (truth.holes.array()[i / 3]) {
        double d = (a[i] & 0xff) - (b[i] & 0xff);
        sum += d * d;
      }
    }
    return 10 * Math.log10(255.0 * 255 * 3 * count / Math.max(sum, 1e-9));
  }

  private double flicker(ByteImage filled, Blanked truth, Filled earlier) {
    FloatImage moved =
        new FlowWarp(Border.REPLICATE)
            .warp(earlier.filled.toFloat(), flow.flow(truth.frame, earlier.frame));
    byte[] now = filled.contiguous();
    double sum = 0;
    int count = 0;
    for (int i = 0; i < now.length; i++) {
      if (truth.holes.array()[i / 3]) {
        sum += Math.abs((now[i] & 0xff) - 255 * moved.array()[i]);
        count++;
      }
    }
    return sum / count;
  }
}
