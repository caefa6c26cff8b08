package org.stereo4d.videoloop.data;

import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;

/**
 * Pixels of a clip that go up as well as down and so can loop.
 *
 * <p>At half size, a channel rises when it ever exceeds its earlier minimum by more than 15/255,
 * and falls likewise. A pixel is unchanging when no channel does either, unloopable when some
 * channel does one only, else loopable. The three labels are blurred with [1 4 6 4 1]/16 and
 * enlarged; the largest wins.
 */
public final class LoopableMask {
  private static final float THRESHOLD = 15f / 255f;
  private static final int[] KERNEL = {1, 4, 6, 4, 1};

  private final ImageSize full;
  private final ImageSize half;
  private final boolean[] rises;
  private final boolean[] falls;

  private LoopableMask(List<ByteImage> clip) {
    this.full = clip.get(0).size();
    this.half =
        new ImageSize(
            Math.max(1, (int) Math.rint(full.width() / 2.0)),
            Math.max(1, (int) Math.rint(full.height() / 2.0)));
    this.rises = new boolean[3 * half.area()];
    this.falls = new boolean[3 * half.area()];
    float[] least = new float[3 * half.area()];
    float[] most = new float[3 * half.area()];
    for (int t = 0; t < clip.size(); t++) {
      Check.that(
          clip.get(t).size().equals(full) && clip.get(t).channels() == 3,
          "frame %s must be %s RGB, was %s",
          t,
          full,
          clip.get(t));
      watch(clip.get(t), t == 0, least, most);
    }
  }

  /** The loopable pixels of RGB frames of one size. */
  public static Mask of(List<ByteImage> clip) {
    return analyze(clip).mask();
  }

  static LoopableMask analyze(List<ByteImage> clip) {
    Check.that(!clip.isEmpty(), "clip must have frames, had %s", 0);
    return new LoopableMask(clip);
  }

  private void watch(ByteImage frame, boolean first, float[] least, float[] most) {
    for (int y = 0, i = 0; y < half.height(); y++) {
      int y0 = Math.min(2 * y, full.height() - 1);
      int y1 = Math.min(2 * y + 1, full.height() - 1);
      for (int x = 0; x < half.width(); x++) {
        int x0 = Math.min(2 * x, full.width() - 1);
        int x1 = Math.min(2 * x + 1, full.width() - 1);
        for (int c = 0; c < 3; c++, i++) {
          int sum =
              frame.at(x0, y0, c) + frame.at(x1, y0, c) + frame.at(x0, y1, c) + frame.at(x1, y1, c);
          float value = sum / 1020f;
          least[i] = first ? value : Math.min(least[i], value);
          most[i] = first ? value : Math.max(most[i], value);
          rises[i] |= value - least[i] > THRESHOLD;
          falls[i] |= most[i] - value > THRESHOLD;
        }
      }
    }
  }

  boolean[] rises() {
    return rises;
  }

  boolean[] falls() {
    return falls;
  }

  /** 0 loopable, 1 unloopable, 2 unchanging; at half size. */
  int[] labels() {
    int[] out = new int[half.area()];
    for (int i = 0; i < out.length; i++) {
      boolean changes = false;
      boolean oneWay = false;
      for (int c = 3 * i; c < 3 * i + 3; c++) {
        changes |= rises[c] || falls[c];
        oneWay |= rises[c] != falls[c];
      }
      out[i] = !changes ? 2 : oneWay ? 1 : 0;
    }
    return out;
  }

  /** Blurred labels, 0..255, (height, width, 3) at half size. */
  int[] smoothLabels() {
    int[] labels = labels();
    int width = half.width();
    int height = half.height();
    int[] rows = new int[3 * labels.length];
    for (int i = 0; i < labels.length; i++) {
      for (int k = -2; k <= 2; k++) {
        int x = mirrored(i % width + k, width);
        rows[3 * i + labels[i / width * width + x]] += 255 * KERNEL[k + 2];
      }
    }
    int[] out = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      int sum = 128;
      for (int k = -2; k <= 2; k++) {
        int y = mirrored(i / (3 * width) + k, height);
        sum += KERNEL[k + 2] * rows[y * 3 * width + i % (3 * width)];
      }
      out[i] = sum >> 8;
    }
    return out;
  }

  private static int mirrored(int i, int size) {
    if (size == 1) {
      return 0;
    }
    int period = 2 * (size - 1);
    int at = Math.floorMod(i, period);
    return at < size ? at : period - at;
  }

  private Mask mask() {
    int[] smooth = smoothLabels();
    boolean[] out = new boolean[full.area()];
    double stepX = (double) half.width() / full.width();
    double stepY = (double) half.height() / full.height();
    for (int y = 0; y < full.height(); y++) {
      double sy = clamp((y + 0.5) * stepY - 0.5, half.height());
      for (int x = 0; x < full.width(); x++) {
        double sx = clamp((x + 0.5) * stepX - 0.5, half.width());
        float loopable = sample(smooth, sx, sy, 0);
        out[y * full.width() + x] =
            loopable >= sample(smooth, sx, sy, 1) && loopable >= sample(smooth, sx, sy, 2);
      }
    }
    return Mask.wrap(out, full);
  }

  private static double clamp(double at, int size) {
    return Math.max(0, Math.min(size - 1, at));
  }

  private float sample(int[] smooth, double x, double y, int label) {
    int x0 = (int) x;
    int y0 = (int) y;
    int x1 = Math.min(x0 + 1, half.width() - 1);
    int y1 = Math.min(y0 + 1, half.height() - 1);
    double right = x - x0;
    double below = y - y0;
    double above =
        (1 - right) * smooth[3 * (y0 * half.width() + x0) + label]
            + right * smooth[3 * (y0 * half.width() + x1) + label];
    double under =
        (1 - right) * smooth[3 * (y1 * half.width() + x0) + label]
            + right * smooth[3 * (y1 * half.width() + x1) + label];
    return (float) ((1 - below) * above + below * under);
  }
}
