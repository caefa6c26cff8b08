package org.stereo4d.stereocrafter.inpaint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.run.Parallel;
import org.stereo4d.stereocrafter.opencv.NavierStokesFill;

/**
 * Fills holes with what lies behind: first with background that other frames of the scene saw, then
 * with the background beside the hole, smoothed along columns and joined to what was found before
 * ({@link SpatialFill}); steadied over time inside holes. Visible pixels stay as they are, bit for
 * bit.
 *
 * <p>A hole pixel x of background disparity Pb looks at {@code q = M(x - s Pb) + s Pb} in a frame k
 * away, M the motion of the background, and accepts what is visible there at a disparity of at most
 * Pb plus a tolerance. Colours are weighted by {@code exp(-|k| / 4)} after outliers are dropped.
 *
 * <p>Holds the frames of its look-ahead, twice.
 */
public final class ClassicalStereoInpainter implements StereoInpainter {
  private static final int[] STEPS = {-12, -8, -4, -2, -1, 1, 2, 4, 8, 12};
  private static final int MOTION_REDUCTION = 4;
  private static final double GROW_WIDTH = 960;
  private static final double STEADY_LEVELS = 30;
  private static final int ROWS = 8;

  /** More change nothing that could be seen or measured. */
  private static final int MEMBRANE_STEPS = 16;

  private static final double LINES_RADIUS_PX = 3;

  /** The radius and one pixel for slopes. */
  private static final int LINES_REACH = 4;

  private static final double[] SAME_BRIGHTNESS = {1, 1, 1};

  private final InpaintOptions options;
  private final List<SceneFrame> scene = new ArrayList<>();
  private final Deque<ByteImage> finished = new ArrayDeque<>();
  private int done;

  /** Fills with the given options. */
  public ClassicalStereoInpainter(InpaintOptions options) {
    this.options = options;
  }

  @Override
  public Optional<ByteImage> accept(WarpedFrame frame) {
    if (frame.startsScene()) {
      finishScene();
    }
    FloatImage luma = smallLuma(frame.source());
    SimilarityMotion motion =
        scene.isEmpty() ? SimilarityMotion.NONE : motion(scene.get(scene.size() - 1), luma);
    scene.add(new SceneFrame(frame, holes(frame), luma, motion));
    if (scene.size() - done > options.lookAhead()) {
      finishNext();
    }
    return Optional.ofNullable(finished.poll());
  }

  @Override
  public Optional<ByteImage> flush() {
    if (finished.isEmpty() && done < scene.size()) {
      finishNext();
    }
    return Optional.ofNullable(finished.poll());
  }

  private void finishScene() {
    while (done < scene.size()) {
      finishNext();
    }
    scene.clear();
    done = 0;
  }

  private void finishNext() {
    ByteImage filled = fill(done);
    scene.get(done).filled = Optional.of(filled);
    finished.add(filled);
    if (done > 0) {
      scene.get(done - 1).filled = Optional.empty(); // only the next frame is steadied by it
    }
    done++;
    if (done > options.lookAhead()) {
      scene.remove(0);
      done--;
    }
  }

  private static FloatImage smallLuma(ByteImage source) {
    ImageSize size =
        new ImageSize(
            Math.max(1, source.width() / MOTION_REDUCTION),
            Math.max(1, source.height() / MOTION_REDUCTION));
    return new ImageResizer(ResizeFilter.AREA).resize(source.luma(), size).toFloat();
  }

  /** Motion of the farther half of the picture, in pixels of the full picture. */
  private static SimilarityMotion motion(SceneFrame before, FloatImage luma) {
    FloatImage weights = FarPixels.of(before.disparity, luma.size());
    SimilarityMotion small = SimilarityMotion.between(before.smallLuma, luma, weights);
    double scale = before.image.width() / (double) luma.width();
    return new SimilarityMotion(
        small.zoom(), small.turn(), scale * small.shiftX(), scale * small.shiftY());
  }

  private static Mask holes(WarpedFrame frame) {
    Mask closed = HoleShape.closed(frame.splat().holes());
    int grow = (int) Math.max(1, Math.rint(frame.source().width() / GROW_WIDTH));
    return frame.shift() < 0
        ? HoleShape.grownRight(closed, grow)
        : HoleShape.grownLeft(closed, grow);
  }

  private ByteImage fill(int at) {
    SceneFrame frame = scene.get(at);
    ByteImage out = frame.image.copy();
    if (frame.holes.count() == 0) {
      return out;
    }
    BackgroundFill background = BackgroundFill.of(frame.image, frame.holes, frame.disparity);
    List<Candidate> candidates = candidates(at);
    Mask unseen = fillSeen(frame, background, candidates, out);
    fillUnseen(frame, background, unseen, out);
    candidates.stream()
        .filter(c -> c.step == -1 && c.frame.filled.isPresent())
        .findFirst()
        .ifPresent(before -> steady(frame, background, before, out));
    return out;
  }

  /** Fills what other frames show, and returns the holes that are left. */
  private Mask fillSeen(
      SceneFrame frame, BackgroundFill background, List<Candidate> candidates, ByteImage out) {
    int width = out.width();
    double[][] gains = new double[candidates.size()][];
    for (int k = 0; k < gains.length; k++) {
      gains[k] =
          options.matchesBrightness()
              ? BrightnessMatch.gains(
                  frame, background, candidates.get(k), options.disparityTolerancePx())
              : SAME_BRIGHTNESS;
    }
    boolean[] unseen = new boolean[out.size().area()];
    Parallel.blocks(
        out.height(),
        ROWS,
        (start, end) -> {
          CandidateColors colors = new CandidateColors(options.colorTolerance(), STEPS.length);
          double[] color = new double[3];
          for (int i = start * width; i < end * width; i++) {
            if (frame.holes.array()[i]) {
              candidateColors(frame, i, background.behind(i), candidates, gains, colors);
              unseen[i] = colors.isEmpty();
              if (!unseen[i]) {
                colors.mean(color);
                set(out, i, color);
              }
            }
          }
        });
    return Mask.wrap(unseen, out.size());
  }

  private void candidateColors(
      SceneFrame frame,
      int i,
      float behind,
      List<Candidate> candidates,
      double[][] gains,
      CandidateColors colors) {
    int x = i % frame.image.width();
    int y = i / frame.image.width();
    colors.clear();
    for (int k = 0; k < gains.length; k++) {
      Candidate candidate = candidates.get(k);
      int q = candidate.place(x, y, frame.shift * behind);
      if (q >= 0 && candidate.shows(q, behind, options.disparityTolerancePx())) {
        colors.add(candidate.frame.image.array(), 3 * q, gains[k], candidate.weight());
      }
    }
  }

  /** Fills what no frame shows by what lies beside it. */
  private void fillUnseen(SceneFrame frame, BackgroundFill background, Mask unseen, ByteImage out) {
    int width = out.width();
    Parallel.blocks(
        out.height(),
        ROWS,
        (start, end) -> {
          BackgroundFill.Colors beside = background.colors();
          double[] color = new double[3];
          for (int i = start * width; i < end * width; i++) {
            if (unseen.array()[i]) {
              beside.color(i, color);
              set(out, i, color);
            }
          }
        });
    double tolerance = options.disparityTolerancePx();
    switch (options.spatialFill()) {
      case BACKGROUND -> {}
      case MEMBRANE ->
          new Membrane(out, unseen, frame, background, tolerance).mixInto(MEMBRANE_STEPS);
      case NAVIER_STOKES -> {
        ByteImage covered =
            new ForegroundCover(LINES_REACH, unseen, background)
                .of(out, frame.disparity, tolerance);
        mix(out, new NavierStokesFill(LINES_RADIUS_PX).fill(covered, unseen), unseen);
      }
    }
  }

  /** The mean of two pictures at some pixels, halves rounded up. */
  private static void mix(ByteImage out, ByteImage other, Mask pixels) {
    for (int i = 0; i < pixels.array().length; i++) {
      for (int k = 3 * i; pixels.array()[i] && k < 3 * i + 3; k++) {
        out.array()[k] = (byte) (((out.array()[k] & 0xff) + (other.array()[k] & 0xff) + 1) >> 1);
      }
    }
  }

  private static void set(ByteImage out, int i, double[] color) {
    for (int c = 0; c < 3; c++) {
      out.array()[3 * i + c] = (byte) (int) Math.rint(color[c]);
    }
  }

  /** Mixes in what the frame before was filled with at the same place of the background. */
  private void steady(
      SceneFrame frame, BackgroundFill background, Candidate before, ByteImage out) {
    int width = out.width();
    byte[] filled = before.frame.filled.orElseThrow().array();
    Parallel.blocks(
        out.height(),
        ROWS,
        (start, end) -> {
          for (int i = start * width; i < end * width; i++) {
            if (frame.holes.array()[i]) {
              double shift = frame.shift * background.behind(i);
              int q = before.place(i % width, i / width, shift);
              if (q >= 0 && before.frame.holes.array()[q]) {
                steady(out.array(), 3 * i, filled, 3 * q);
              }
            }
          }
        });
  }

  private void steady(byte[] color, int at, byte[] before, int from) {
    for (int c = 0; c < 3; c++) {
      if (Math.abs((color[at + c] & 0xff) - (before[from + c] & 0xff)) >= STEADY_LEVELS) {
        return;
      }
    }
    for (int c = 0; c < 3; c++) {
      double old = before[from + c] & 0xff;
      double now = color[at + c] & 0xff;
      color[at + c] = (byte) (int) Math.rint(options.memory() * old + (1 - options.memory()) * now);
    }
  }

  /** Frames of the scene at the steps that exist, with the motion to each. */
  private List<Candidate> candidates(int at) {
    List<Candidate> out = new ArrayList<>();
    for (int step : STEPS) {
      int other = at + step;
      if (other >= 0 && other < scene.size() && Math.abs(step) <= options.lookAhead()) {
        SimilarityMotion motion = SimilarityMotion.NONE;
        for (int t = Math.min(at, other) + 1; t <= Math.max(at, other); t++) {
          motion = motion.then(scene.get(t).motion);
        }
        out.add(new Candidate(scene.get(other), step, step > 0 ? motion : motion.inverse()));
      }
    }
    return out;
  }
}
