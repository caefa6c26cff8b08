package org.stereo4d.stereocrafter.inpaint;

import org.stereo4d.image.ImageSize;

/** Another frame of the scene, which may show what is hidden in one. */
final class Candidate {
  private static final double REACH = 4;

  final SceneFrame frame;

  /** Frames from the one that is filled. */
  final int step;

  private final SimilarityMotion motion;

  Candidate(SceneFrame frame, int step, SimilarityMotion motion) {
    this.frame = frame;
    this.step = step;
    this.motion = motion;
  }

  double weight() {
    return Math.exp(-Math.abs(step) / REACH);
  }

  /** Pixel of the other view that shows the background of a pixel of this one, or -1. */
  int place(int x, int y, double backgroundShift) {
    if (Double.isNaN(backgroundShift)) {
      return -1;
    }
    ImageSize size = frame.holes.size();
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
    return !frame.holes.array()[q]
        && Math.abs(frame.disparity.px().array()[q] - behind) <= tolerance;
  }
}
