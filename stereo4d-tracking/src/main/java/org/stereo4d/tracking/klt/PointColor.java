package org.stereo4d.tracking.klt;

/**
 * The colour of a point at its query: what tells it from what covers it, however small the part of
 * its neighbourhood that is in sight.
 *
 * @param red share of red
 * @param blue share of blue
 * @param slope how much colour changes within a pixel, which a place that is a little off shows
 * @param brightness grey levels
 */
record PointColor(float red, float blue, float slope, float brightness) {
  /** Beside the slope: a difference of a share that another surface shows. */
  private static final float FOREIGN = 0.045f;

  /** A difference of a share, and one in grey levels, within which a point is seen again. */
  private static final float SAME = 0.02f;

  private static final float SAME_LEVELS = 15;

  /** A difference of a share at which a place is worth a comparison. */
  private static final float SIMILAR = 0.03f;

  /** Of an index place that need not lie inside the frame. */
  static PointColor at(LumaFrame frame, double xIndex, double yIndex) {
    Chroma chroma = frame.chroma();
    double x = Math.max(0, Math.min(frame.width() - 1, xIndex));
    double y = Math.max(0, Math.min(frame.height() - 1, yIndex));
    float red = chroma.red(x, y);
    float blue = chroma.blue(x, y);
    float across =
        Math.max(chroma.difference(x - 1, y, red, blue), chroma.difference(x + 1, y, red, blue));
    float down =
        Math.max(chroma.difference(x, y - 1, red, blue), chroma.difference(x, y + 1, red, blue));
    return new PointColor(red, blue, Math.max(across, down), frame.at(x, y));
  }

  private float difference(LumaFrame frame, Match place) {
    return frame.chroma().difference(place.x, place.y, red, blue);
  }

  /** Whether a place shows another surface. */
  boolean isForeign(LumaFrame frame, Match place) {
    return difference(frame, place) > FOREIGN + slope;
  }

  /** Whether a place may show the point. */
  boolean isSimilar(LumaFrame frame, Match place) {
    return difference(frame, place) <= SIMILAR;
  }

  /** Whether a place inside the frame shows the point's colour and brightness. */
  boolean isSeen(LumaFrame frame, Match place) {
    return difference(frame, place) <= SAME
        && Math.abs(frame.at(place.x, place.y) - brightness) < SAME_LEVELS;
  }

  /** Whether two points could be taken for each other by colour alone. */
  boolean isLike(PointColor other) {
    return Chroma.difference(red, blue, other.red, other.blue) <= SAME;
  }
}
