package org.stereo4d.tracking.klt;

import org.jspecify.annotations.Nullable;

/** A point on its way through the clip. */
final class Point {
  /** Cut at the query. */
  final Template original;

  /** At the query. */
  final PointColor color;

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
  double brightness;

  /** The last step, px; NaN before the first. */
  double dx;

  double dy;

  Point(Template original, PointColor color) {
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

  /** Goes on to a match. */
  void moveTo(Match next) {
    dx = next.x - match.x;
    dy = next.y - match.y;
    brightness = next.brightness;
    match.set(next);
  }
}
