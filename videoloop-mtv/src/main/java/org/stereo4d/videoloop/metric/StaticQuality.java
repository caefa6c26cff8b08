package org.stereo4d.videoloop.metric;

import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;

/**
 * How well frames agree where nothing loops.
 *
 * @param psnrDecibels mean over frames; infinite for equal frames, NaN when no pixel is static
 * @param ssim mean over frames, mask pixels and channels; NaN when no pixel is static
 */
public record StaticQuality(double psnrDecibels, double ssim) {
  private static final int RADIUS = 3; // of a 7x7 window
  private static final double RANGE = 2; // pictures are mapped to [-1, 1]
  private static final double C1 = 0.01 * RANGE * 0.01 * RANGE;
  private static final double C2 = 0.03 * RANGE * 0.03 * RANGE;

  /** Compares frames by index, up to the shorter clip. */
  public static StaticQuality of(List<ByteImage> clip, List<ByteImage> loop, Mask isStatic) {
    int frames = Math.min(clip.size(), loop.size());
    Check.that(frames > 0, "clips must have frames, had %s", frames);
    int pixels = isStatic.count();
    if (pixels == 0) {
      return new StaticQuality(Double.NaN, Double.NaN);
    }
    double psnr = 0;
    double ssim = 0;
    for (int t = 0; t < frames; t++) {
      double[][] a = masked(clip.get(t), isStatic);
      double[][] b = masked(loop.get(t), isStatic);
      psnr += psnr(a, b) - 10 * Math.log10((double) isStatic.size().area() / pixels);
      ssim += ssim(a, b, isStatic) / pixels;
    }
    return new StaticQuality(psnr / frames, ssim / frames);
  }

  private static double[][] masked(ByteImage frame, Mask mask) {
    double[][] out = new double[3][mask.size().area()];
    for (int i = 0; i < mask.size().area(); i++) {
      int x = i % frame.width();
      int y = i / frame.width();
      for (int c = 0; c < 3 && mask.at(x, y); c++) {
        out[c][i] = frame.at(x, y, c) / 127.5 - 1;
      }
    }
    return out;
  }

  private static double psnr(double[][] a, double[][] b) {
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < a[c].length; i++) {
        sum += (a[c][i] - b[c][i]) * (a[c][i] - b[c][i]);
      }
    }
    return 10 * Math.log10(RANGE * RANGE / (sum / (3.0 * a[0].length)));
  }

  /** Sum over the mask of the similarity averaged over channels. */
  private static double ssim(double[][] a, double[][] b, Mask mask) {
    int width = mask.size().width();
    int height = mask.size().height();
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double[] meanA = windowMean(a[c], a[c], width, height, false);
      double[] meanB = windowMean(b[c], b[c], width, height, false);
      double[] aa = windowMean(a[c], a[c], width, height, true);
      double[] bb = windowMean(b[c], b[c], width, height, true);
      double[] ab = windowMean(a[c], b[c], width, height, true);
      int n = (2 * RADIUS + 1) * (2 * RADIUS + 1);
      double sample = n / (n - 1.0);
      for (int i = 0; i < meanA.length; i++) {
        if (mask.array()[i]) {
          double ma = meanA[i];
          double mb = meanB[i];
          double va = sample * (aa[i] - ma * ma);
          double vb = sample * (bb[i] - mb * mb);
          double cov = sample * (ab[i] - ma * mb);
          sum += (2 * ma * mb + C1) * (2 * cov + C2) / ((ma * ma + mb * mb + C1) * (va + vb + C2));
        }
      }
    }
    return sum / 3;
  }

  /** Mean over 7x7 of {@code a b} or of a, the border mirrored with its edge repeated. */
  private static double[] windowMean(
      double[] a, double[] b, int width, int height, boolean product) {
    double[] rows = new double[a.length];
    double[] out = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      int base = i / width * width;
      for (int k = -RADIUS; k <= RADIUS; k++) {
        int at = base + mirrored(i % width + k, width);
        rows[i] += product ? a[at] * b[at] : a[at];
      }
    }
    int side = 2 * RADIUS + 1;
    for (int i = 0; i < a.length; i++) {
      for (int k = -RADIUS; k <= RADIUS; k++) {
        out[i] += rows[mirrored(i / width + k, height) * width + i % width];
      }
      out[i] /= side * side;
    }
    return out;
  }

  private static int mirrored(int i, int size) {
    int at = Math.floorMod(i, 2 * size);
    return at < size ? at : 2 * size - 1 - at;
  }
}
