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

  /** A colour to compare with. */
  PointColor(float red, float blue) {
    this(red, blue, 0, 0);
  }

  /** Of an index place that need not lie inside the frame. */
  static PointColor at(LumaFrame frame, double xIndex, double yIndex) {
    Chroma chroma = frame.chroma();
    double x = Math.max(0, Math.min(frame.width() - 1, xIndex));
    double y = Math.max(0, Math.min(frame.height() - 1, yIndex));
    PointColor level = new PointColor(chroma.red(x, y), chroma.blue(x, y), 0, frame.at(x, y));
    float slope =
        Math.max(
            Math.max(level.distance(chroma, x - 1, y), level.distance(chroma, x + 1, y)),
            Math.max(level.distance(chroma, x, y - 1), level.distance(chroma, x, y + 1)));
    return new PointColor(level.red, level.blue, slope, level.brightness);
  }

  /** The largest difference of a share of red, green or blue; 0 where colours are not known. */
  float distance(Chroma chroma, double xIndex, double yIndex) {
    return chroma.isKnown() ? distance(chroma.red(xIndex, yIndex), chroma.blue(xIndex, yIndex)) : 0;
  }

  private float distance(float otherRed, float otherBlue) {
    float r = otherRed - red;
    float b = otherBlue - blue;
    return Math.max(Math.abs(r + b), Math.max(Math.abs(r), Math.abs(b)));
  }

  /** Whether a place shows another surface. */
  boolean isForeign(LumaFrame frame, Match place) {
    return distance(frame.chroma(), place.x, place.y) > FOREIGN + slope;
  }

  /** Whether a place may show the point. */
  boolean isSimilar(LumaFrame frame, Match place) {
    return distance(frame.chroma(), place.x, place.y) <= SIMILAR;
  }

  /** Whether a place inside the frame shows the point's colour and brightness. */
  boolean isSeen(LumaFrame frame, Match place) {
    return distance(frame.chroma(), place.x, place.y) <= SAME
        && Math.abs(frame.at(place.x, place.y) - brightness) < SAME_LEVELS;
  }

  /** Whether two points could be taken for each other by colour alone. */
  boolean isLike(PointColor other) {
    return distance(other.red, other.blue) <= SAME;
  }
}
