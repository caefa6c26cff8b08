package org.stereo4d.tracking.klt;

/** Place, shape and quality of a match; reused. */
final class Match {
  double x;
  double y;
  double axx = 1;
  double axy;
  double ayx;
  double ayy = 1;

  /** Root mean square of the residual, grey levels; infinite when nothing can be compared. */
  double residual;

  /** Mean brightness found, grey levels. */
  double brightness;

  /** Share of samples that lie inside the frame. */
  double coverage;

  void set(Match other) {
    x = other.x;
    y = other.y;
    axx = other.axx;
    axy = other.axy;
    ayx = other.ayx;
    ayy = other.ayy;
    residual = other.residual;
    brightness = other.brightness;
    coverage = other.coverage;
  }

  void upright() {
    axx = 1;
    axy = 0;
    ayx = 0;
    ayy = 1;
  }
}
