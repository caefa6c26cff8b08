package org.stereo4d.videoloop.metric;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.videoloop.data.LoopableMask;

/** Measures a loop against a clip. The package documentation defines every number. */
public final class LoopMetrics {
  /** Pixels that the published evaluation cuts from every side. */
  public static final int PUBLISHED_CROP_PX = 40;

  private final List<PatchSetting> settings;
  private final FrameDistance distance;

  /** The published sizes of patches and a distance that needs no weights. */
  public LoopMetrics() {
    this(PatchSetting.PUBLISHED, new StructuralDistance());
  }

  /** Sizes of patches and a distance of frames of one's own. */
  public LoopMetrics(List<PatchSetting> settings, FrameDistance distance) {
    Check.that(!settings.isEmpty(), "settings must not be empty, were %s", settings);
    this.settings = List.copyOf(settings);
    this.distance = distance;
  }

  /** Every number for one view. */
  public LoopScores measure(List<ByteImage> clip, List<ByteImage> loop) {
    checkSizes(clip, loop);
    List<Double> completeness = new ArrayList<>();
    List<Double> coherence = new ArrayList<>();
    List<Double> loopQuality = new ArrayList<>();
    for (PatchSetting setting : settings) {
      PatchErrors errors = new PatchErrors(setting);
      completeness.add(errors.mean(clip, loop));
      coherence.add(errors.mean(loop, clip));
      loopQuality.add(errors.mean(seam(loop, setting.patchFrames()), clip));
    }
    double[][] distances = distances(clip, loop, distance);
    StaticQuality quality = StaticQuality.of(clip, loop, LoopableMask.of(clip).not());
    return new LoopScores(
        settings.stream().map(PatchSetting::label).toList(),
        completeness,
        coherence,
        loopQuality,
        standardDeviationError(clip, loop),
        nearestMean(distances),
        slidingMinimum(distances),
        quality);
  }

  private static void checkSizes(List<ByteImage> clip, List<ByteImage> loop) {
    Check.that(
        !clip.isEmpty() && !loop.isEmpty(),
        "clips must have frames, had %s and %s",
        clip.size(),
        loop.size());
    ImageSize size = clip.get(0).size();
    for (List<ByteImage> frames : List.of(clip, loop)) {
      for (ByteImage frame : frames) {
        Check.that(
            frame.size().equals(size) && frame.channels() == 3,
            "frames must be %s RGB, had %s",
            size,
            frame);
      }
    }
  }

  /** The clips without a margin. */
  public static List<ByteImage> cropped(List<ByteImage> frames, int marginPx) {
    return frames.stream()
        .map(
            frame ->
                frame.crop(
                    marginPx,
                    marginPx,
                    new ImageSize(frame.width() - 2 * marginPx, frame.height() - 2 * marginPx)))
        .toList();
  }

  /** The last {@code patchFrames - 1} frames followed by the first. */
  static List<ByteImage> seam(List<ByteImage> loop, int patchFrames) {
    int n = Math.max(1, Math.min(loop.size(), patchFrames - 1));
    List<ByteImage> out = new ArrayList<>(loop.subList(loop.size() - n, loop.size()));
    out.addAll(loop.subList(0, n));
    return out;
  }

  /** Mean squared difference of the standard deviations over time, in units of 0..255 squared. */
  public static double standardDeviationError(List<ByteImage> clip, List<ByteImage> loop) {
    checkSizes(clip, loop);
    double[] a = deviations(clip);
    double[] b = deviations(loop);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum / a.length;
  }

  private static double[] deviations(List<ByteImage> frames) {
    int width = frames.get(0).width();
    double[] out = new double[3 * width * frames.get(0).height()];
    for (int i = 0; i < out.length; i++) {
      double sum = 0;
      double squares = 0;
      for (ByteImage frame : frames) {
        int at = frame.index(i / 3 % width, i / 3 / width) + i % 3;
        double v = frame.array()[at] & 0xff;
        sum += v;
        squares += v * v;
      }
      double mean = sum / frames.size();
      out[i] = Math.sqrt(Math.max(0, squares / frames.size() - mean * mean));
    }
    return out;
  }

  /** Distance of every frame of the loop from every frame of the clip, (loop, clip). */
  public static double[][] distances(
      List<ByteImage> clip, List<ByteImage> loop, FrameDistance distance) {
    double[][] out = new double[loop.size()][clip.size()];
    Parallel.blocks(
        loop.size(),
        1,
        (start, end) -> {
          for (int i = start; i < end; i++) {
            for (int j = 0; j < clip.size(); j++) {
              out[i][j] = distance.between(loop.get(i), clip.get(j));
            }
          }
        });
    return out;
  }

  /** Mean over the rows of their smallest entry. */
  public static double nearestMean(double[][] distances) {
    double sum = 0;
    for (double[] row : distances) {
      double least = Double.POSITIVE_INFINITY;
      for (double d : row) {
        least = Math.min(least, d);
      }
      sum += least;
    }
    return sum / distances.length;
  }

  /** Smallest mean distance of frames in step, the shorter clip sliding along the longer. */
  public static double slidingMinimum(double[][] distances) {
    int rows = distances.length;
    int columns = distances[0].length;
    int shorter = Math.min(rows, columns);
    double least = Double.POSITIVE_INFINITY;
    for (int offset = 0; offset <= Math.max(rows, columns) - shorter; offset++) {
      double sum = 0;
      for (int i = 0; i < shorter; i++) {
        sum += rows <= columns ? distances[i][i + offset] : distances[i + offset][i];
      }
      least = Math.min(least, sum / shorter);
    }
    return least;
  }

  /** Pixels of a clip that do not loop: where static quality is measured. */
  public static Mask staticPixels(List<ByteImage> clip) {
    return LoopableMask.of(clip).not();
  }
}
