package org.stereo4d.tracking.klt;

import org.jspecify.annotations.Nullable;

/** A point on its way through the clip. */
final class Point {
  /** Cut at the query. */
  final Template original;

  /** At the query. */
  final Color color;

  final Match match = new Match();
  final Companions companions = new Companions();

  /** What the point looks like at present: the original, or a later cut. */
  Template template;

  /** What it looked like when it was last lost, if a later cut. */
  @Nullable Template late;

  /** Where later cuts go. */
  private @Nullable Template spare;

  int cutFrame;

  /** Whether its square was found, about a place in the picture or a little outside. */
  boolean followed;

  boolean wasFollowed;

  /** Followed, in the picture. */
  boolean visible;

  /** Whether few other points look like this one, so that its colour is evidence. */
  boolean hasRareColor;

  /** Its square never reached into the picture, so it is never followed. */
  boolean dead;

  int lostFrames;

  /** How far it is from where the scenery would have it, px; NaN where that is not known. */
  double awayX;

  double awayY;

  /** Frames from the query to when it was last at the scenery's place. */
  int stayedFrames;

  /** Lost, and known to be where the scenery has it. */
  boolean still;

  /** Shape of the original where the present template was cut. */
  final Match cutShape = new Match();

  double brightness;

  /** The last step, px; NaN before the first. */
  double dx;

  double dy;

  Point(Template original, Color color) {
    this.original = original;
    this.color = color;
    this.template = original;
  }

  /** Back to the query. */
  void restart(double xIndex, double yIndex, int frame, LumaFrame picture) {
    match.x = xIndex;
    match.y = yIndex;
    match.residual = 0;
    match.coverage = 1;
    takeOriginal();
    spare = spare == null ? late : spare; // kept for later cuts
    late = null;
    cutFrame = frame;
    visible = PointMatcher.isInside(match, picture);
    followed = visible || original.share >= TemplateFit.MIN_COVERAGE;
    dead = !followed;
    lostFrames = 0;
    awayX = 0;
    awayY = 0;
    stayedFrames = 0;
    still = false;
    brightness = original.mean;
    dx = Double.NaN;
    dy = Double.NaN;
  }

  /** An upright template to be cut where the point is; the original and the late one stay. */
  Template renewed(SampleWindow window) {
    match.upright();
    Template cut = spare == null ? new Template(window) : spare;
    spare = cut;
    template = cut;
    return cut;
  }

  /** The original again, upright, as the last shape may be that of what covers the point. */
  void takeOriginal() {
    match.upright();
    cutShape.upright();
    if (template == spare) {
      spare = late;
      late = template;
    }
    template = original;
  }

  /** Ends the last step at another place. */
  void correct(Match place) {
    dx += place.x - match.x;
    dy += place.y - match.y;
    match.x = place.x;
    match.y = place.y;
  }

  /** Whether the point is where the scenery would have it; false where that is not known. */
  boolean isWithScenery() {
    return awayX * awayX + awayY * awayY <= Surroundings.APART_PX * Surroundings.APART_PX;
  }

  /** Sees the point at a place that no step led to. */
  void appear(Match place, int frame) {
    takeOriginal();
    match.set(place);
    brightness = place.brightness;
    dx = Double.NaN;
    dy = Double.NaN;
    followed = true;
    visible = true;
    cutFrame = frame;
  }

  /** Goes on to a match. */
  void moveTo(Match next) {
    dx = next.x - match.x;
    dy = next.y - match.y;
    brightness = next.brightness;
    match.set(next);
  }

  /**
   * The colour of a point at its query: what tells it from what covers it, however small the part
   * of its neighbourhood that is in sight.
   *
   * @param red share of red
   * @param blue share of blue
   * @param slope how much colour changes within a pixel, which a place that is a little off shows
   * @param brightness grey levels
   */
  record Color(float red, float blue, float slope, float brightness) {
    /** Beside the slope: a difference of a share that another surface shows. */
    private static final float FOREIGN = 0.045f;

    /** The same where everything else fits: more than light and angle do. */
    private static final float FOREIGN_AT_LEAST = 0.07f;

    /** A difference of a share, and one in grey levels, within which a point is seen again. */
    private static final float SAME = 0.02f;

    private static final float SAME_LEVELS = 15;

    /** A difference of a share at which a place is worth a comparison. */
    private static final float SIMILAR = 0.03f;

    /** Of an index place that need not lie inside the frame. */
    static Color at(LumaFrame frame, double xIndex, double yIndex) {
      Chroma chroma = frame.chroma();
      double x = Math.max(0, Math.min(frame.width() - 1, xIndex));
      double y = Math.max(0, Math.min(frame.height() - 1, yIndex));
      float red = chroma.red(x, y);
      float blue = chroma.blue(x, y);
      float across =
          Math.max(chroma.difference(x - 1, y, red, blue), chroma.difference(x + 1, y, red, blue));
      float down =
          Math.max(chroma.difference(x, y - 1, red, blue), chroma.difference(x, y + 1, red, blue));
      return new Color(red, blue, Math.max(across, down), frame.at(x, y));
    }

    private float difference(LumaFrame frame, Match place) {
      return frame.chroma().difference(place.x, place.y, red, blue);
    }

    /** Whether a place shows another surface. */
    boolean isForeign(LumaFrame frame, Match place) {
      return difference(frame, place) > FOREIGN + slope;
    }

    /** Whether a place shows another surface, however well the rest fits. */
    boolean isForeignAnyhow(LumaFrame frame, Match place) {
      return difference(frame, place) > FOREIGN_AT_LEAST + slope;
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
    boolean isLike(Color other) {
      return Chroma.difference(red, blue, other.red, other.blue) <= SAME;
    }
  }
}
