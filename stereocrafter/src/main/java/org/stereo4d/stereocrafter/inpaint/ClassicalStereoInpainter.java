package org.stereo4d.stereocrafter.inpaint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.run.Parallel;

/**
 * Fills holes with what lies behind: first with background that other frames of the scene saw, then
 * with the background beside the hole, smoothed along columns; steadied over time inside holes.
 * Visible pixels stay as they are, bit for bit.
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

  private final InpaintOptions options;
  private final List<Entry> scene = new ArrayList<>();
  private final Deque<ByteImage> finished = new ArrayDeque<>();
  private int done;

  /** Fills with the given options. */
  public ClassicalStereoInpainter(InpaintOptions options) {
    this.options = options;
  }

  /** What is kept of a frame of the scene. */
  private static final class Entry {
    final ByteImage image;
    final DisparityMap disparity;
    final double shift;
    final Mask holes;
    final FloatImage smallLuma;

    /** From the frame before to this one. */
    final SimilarityMotion motion;

    Optional<ByteImage> filled = Optional.empty();

    Entry(WarpedFrame frame, Mask holes, FloatImage smallLuma, SimilarityMotion motion) {
      this.image = frame.splat().image();
      this.disparity = frame.splat().disparity();
      this.shift = frame.shift();
      this.holes = holes;
      this.smallLuma = smallLuma;
      this.motion = motion;
    }
  }

  @Override
  public Optional<ByteImage> accept(WarpedFrame frame) {
    if (frame.startsScene()) {
      finishScene();
    }
    FloatImage luma = smallLuma(frame.source());
    SimilarityMotion motion =
        scene.isEmpty() ? SimilarityMotion.NONE : motion(scene.get(scene.size() - 1), luma);
    scene.add(new Entry(frame, holes(frame), luma, motion));
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
    done++;
    if (done > options.lookAhead() + 1) {
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
  private static SimilarityMotion motion(Entry before, FloatImage luma) {
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
    Entry entry = scene.get(at);
    ByteImage out = entry.image.copy();
    if (entry.holes.count() == 0) {
      return out;
    }
    BackgroundFill background = BackgroundFill.of(entry.image, entry.holes, entry.disparity);
    List<Candidate> candidates = candidates(at);
    Optional<Candidate> before =
        candidates.stream().filter(c -> c.step == -1 && c.entry.filled.isPresent()).findFirst();
    int width = out.width();
    Parallel.blocks(
        out.height(),
        ROWS,
        (start, end) -> {
          CandidateColors colors = new CandidateColors(options.colorTolerance(), STEPS.length);
          BackgroundFill.Colors beside = background.colors();
          double[] color = new double[3];
          for (int k = start * width; k < end * width; k++) {
            if (entry.holes.array()[k]) {
              int i = k;
              double shift = entry.shift * background.behind(i);
              candidateColors(entry, i, background.behind(i), candidates, colors);
              if (colors.isEmpty()) {
                beside.color(i, color);
              } else {
                colors.mean(color);
              }
              before.ifPresent(c -> steady(c, i % width, i / width, shift, color));
              for (int c = 0; c < 3; c++) {
                out.array()[3 * i + c] = (byte) (int) Math.rint(color[c]);
              }
            }
          }
        });
    return out;
  }

  private void candidateColors(
      Entry entry, int i, float behind, List<Candidate> candidates, CandidateColors colors) {
    int x = i % entry.image.width();
    int y = i / entry.image.width();
    colors.clear();
    for (Candidate candidate : candidates) {
      int q = candidate.place(x, y, entry.shift * behind);
      if (q >= 0 && candidate.shows(q, behind, options.disparityTolerancePx())) {
        ByteImage image = candidate.entry.image;
        colors.add(image.array(), 3 * q, Math.exp(-Math.abs(candidate.step) / 4.0));
      }
    }
  }

  /** Mixes in what the frame before was filled with at the same place of the background. */
  private void steady(Candidate candidate, int x, int y, double shift, double[] color) {
    int q = candidate.place(x, y, shift);
    if (q >= 0 && candidate.entry.holes.array()[q]) {
      steady(color, candidate.entry.filled.orElseThrow().array(), 3 * q);
    }
  }

  private void steady(double[] color, byte[] before, int at) {
    boolean alike = true;
    for (int c = 0; c < 3; c++) {
      alike &= Math.abs(color[c] - (before[at + c] & 0xff)) < STEADY_LEVELS;
    }
    for (int c = 0; alike && c < 3; c++) {
      color[c] = options.memory() * (before[at + c] & 0xff) + (1 - options.memory()) * color[c];
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

  /** Another frame of the scene. */
  private static final class Candidate {
    final Entry entry;
    final int step;
    final SimilarityMotion motion;

    Candidate(Entry entry, int step, SimilarityMotion motion) {
      this.entry = entry;
      this.step = step;
      this.motion = motion;
    }

    /** Pixel of the other view that shows the background of a pixel of this one, or -1. */
    int place(int x, int y, double backgroundShift) {
      if (Double.isNaN(backgroundShift)) {
        return -1;
      }
      ImageSize size = entry.holes.size();
      double cx = (size.width() - 1) / 2.0;
      double cy = (size.height() - 1) / 2.0;
      double sourceX = x - backgroundShift - cx;
      double sourceY = y - cy;
      int qx = (int) Math.rint(motion.x(sourceX, sourceY) + cx + backgroundShift);
      int qy = (int) Math.rint(motion.y(sourceX, sourceY) + cy);
      boolean inside = qx >= 0 && qx < size.width() && qy >= 0 && qy < size.height();
      return inside ? qy * size.width() + qx : -1;
    }

    boolean shows(int q, float behind, double tolerance) {
      return !entry.holes.array()[q]
          && Math.abs(entry.disparity.px().array()[q] - behind) <= tolerance;
    }
  }
}
