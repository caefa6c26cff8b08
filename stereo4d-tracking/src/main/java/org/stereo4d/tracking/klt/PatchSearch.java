package org.stereo4d.tracking.klt;

/**
 * Finds an 8x8 patch of one picture in another by inverse search: candidates are compared, the best
 * is refined by Gauss-Newton with the patch's own gradients and Hessian.
 *
 * <p>Brightness is compared without its mean. The Hessian is damped, so a patch without texture
 * stays where its candidate was.
 */
final class PatchSearch {
  static final int SIDE = 8;
  private static final int AREA = SIDE * SIDE;
  private static final int MAX_ITERATIONS = 6;
  private static final double CONVERGED_PX = 0.04;

  /** Weight of staying: noise variance over motion variance, in squared levels per square px. */
  private static final double DAMPING = 40;

  private final Pyramid.Level from;
  private final Pyramid.Level to;
  private final float[] patch = new float[AREA];
  private final float[] gx = new float[AREA];
  private final float[] gy = new float[AREA];
  private final float[] seen = new float[AREA];
  private double hxx;
  private double hxy;
  private double hyy;
  private int left;
  private int top;

  /** Refined motion and its cost, of the last {@link #refine}. */
  double dx;

  double dy;
  double cost;

  PatchSearch(Pyramid.Level from, Pyramid.Level to) {
    this.from = from;
    this.to = to;
  }

  /** Takes the patch with a top-left pixel. */
  void take(int left, int top) {
    this.left = left;
    this.top = top;
    int width = from.width();
    float[] luma = from.luma();
    float mean = 0;
    for (int y = 0, k = 0; y < SIDE; y++) {
      for (int x = 0, i = (top + y) * width + left; x < SIDE; x++, k++) {
        patch[k] = luma[i + x];
        mean += patch[k];
      }
    }
    mean /= AREA;
    double sx = 0;
    double sy = 0;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int y = 0, k = 0; y < SIDE; y++) {
      int row = (top + y) * width;
      int above = Math.max(0, top + y - 1) * width;
      int below = Math.min(from.height() - 1, top + y + 1) * width;
      for (int x = left; x < left + SIDE; x++, k++) {
        patch[k] -= mean;
        float dxHere =
            0.5f * (luma[row + Math.min(width - 1, x + 1)] - luma[row + Math.max(0, x - 1)]);
        float dyHere = 0.5f * (luma[below + x] - luma[above + x]);
        gx[k] = dxHere;
        gy[k] = dyHere;
        sx += dxHere;
        sy += dyHere;
        xx += dxHere * dxHere;
        xy += dxHere * dyHere;
        yy += dyHere * dyHere;
      }
    }
    hxx = xx - sx * sx / AREA + DAMPING;
    hxy = xy - sx * sy / AREA;
    hyy = yy - sy * sy / AREA + DAMPING;
  }

  /** Sum of squared differences at a motion. */
  double costOf(double dxPx, double dyPx) {
    double x = Math.max(0, Math.min(to.width() - SIDE, left + dxPx));
    double y = Math.max(0, Math.min(to.height() - SIDE, top + dyPx));
    int ix = Math.min((int) x, Math.max(0, to.width() - SIDE - 1));
    int iy = Math.min((int) y, Math.max(0, to.height() - SIDE - 1));
    float tx = (float) (x - ix);
    float ty = (float) (y - iy);
    float w00 = (1 - tx) * (1 - ty);
    float w10 = tx * (1 - ty);
    float w01 = (1 - tx) * ty;
    float w11 = tx * ty;
    int right = ix + SIDE < to.width() ? 1 : 0;
    int down = iy + SIDE < to.height() ? to.width() : 0;
    float[] luma = to.luma();
    float sum = 0;
    for (int r = 0, k = 0; r < SIDE; r++) {
      int i = (iy + r) * to.width() + ix;
      int j = i + down;
      for (int c = 0; c < SIDE; c++, k++, i++, j++) {
        float v = w00 * luma[i] + w10 * luma[i + right] + w01 * luma[j] + w11 * luma[j + right];
        seen[k] = v - patch[k];
        sum += seen[k];
      }
    }
    float mean = sum / AREA;
    float squares = 0;
    for (int k = 0; k < AREA; k++) {
      seen[k] -= mean;
      squares += seen[k] * seen[k];
    }
    return squares;
  }

  /** Refines from a motion; the better of start and end is kept. */
  void refine(double startDx, double startDy, double startCost) {
    dx = startDx;
    dy = startDy;
    cost = startCost;
    double x = startDx;
    double y = startDy;
    double determinant = hxx * hyy - hxy * hxy;
    for (int k = 0; k < MAX_ITERATIONS; k++) {
      double here = costOf(x, y); // leaves the residual in seen
      if (here < cost) {
        cost = here;
        dx = x;
        dy = y;
      } else if (k > 1) {
        return;
      }
      float bx = 0;
      float by = 0;
      for (int i = 0; i < AREA; i++) {
        bx += gx[i] * seen[i];
        by += gy[i] * seen[i];
      }
      double stepX = (hyy * bx - hxy * by) / determinant;
      double stepY = (hxx * by - hxy * bx) / determinant;
      x -= stepX;
      y -= stepY;
      if (Math.abs(x - startDx) > SIDE || Math.abs(y - startDy) > SIDE) {
        return;
      }
      if (stepX * stepX + stepY * stepY < CONVERGED_PX * CONVERGED_PX) {
        break;
      }
    }
    double last = costOf(x, y);
    if (last < cost) {
      cost = last;
      dx = x;
      dy = y;
    }
  }
}
