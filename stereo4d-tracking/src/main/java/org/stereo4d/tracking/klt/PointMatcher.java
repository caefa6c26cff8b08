package org.stereo4d.tracking.klt;

/** Finds a template in a frame and judges what it found. One per block: it owns scratch memory. */
final class PointMatcher {
  private static final int PLACE_ITERATIONS = 5;
  private static final int SHAPE_ITERATIONS = 3;

  /** A new shape is taken only if the residual falls to this share of that without it. */
  private static final double SHAPE_GAIN = 0.85;

  /** Motions that differ less are one candidate, px. */
  private static final double SAME_PX = 0.5;

  /** A match farther from every candidate is not believed, px. */
  private static final double MAX_CORRECTION_PX = 4;

  /** A step that is taken again leads to about the same place, px. */
  private static final double MAX_RETAKE_PX = 3;

  /** Distance of the places a lost point is looked for, px. */
  private static final double SEARCH_STEP_PX = 2;

  /** A lost point whose best candidate leaves more than this share of the bound is not refined. */
  private static final double HOPE_SHARE = 1.2;

  /** The same where half of its square may be covered. */
  private static final double PART_HOPE_SHARE = 1.8;

  /** A lost point must be found again with less residual than is allowed on the way. */
  private static final double FOUND_SHARE = 0.8;

  /** With a residual above this share of the bound something may cover a part of the square. */
  private static final double PART_SHARE = 0.25;

  /** A part is followed only if it leaves less than this share of the residual of the whole. */
  private static final double PART_GAIN = 0.8;

  /** Of the samples next to a point so many must fit for it to be in sight. */
  private static final double MIDDLE_SHARE = 0.7;

  /** The same by colour, where squares at outlines lie on one body alone. */
  private static final double MIDDLE_SHARE_BY_COLOR = 0.8;

  /** So many that no way back need be tried, and that a lost point is found. */
  private static final double SURE_SHARE = 0.85;

  /** So many, with little residual, that its colour may differ more. */
  private static final double PLAIN_SHARE = 0.95;

  private static final double PLAIN_RESIDUAL_SHARE = 0.3;

  /** So many where the place is known and only asked whether it is in sight. */
  private static final double SEEN_SHARE = 0.6;

  /** Of its square so much must be in sight for a point to be found elsewhere. */
  private static final double ELSEWHERE_PART = 0.5;

  /** A place where a point may be is that exact, px. */
  static final double PLACE_PX = 3;

  /** Residual, as a share of the bound, with which the original says where a point is. */
  private static final double ALIGNED_SHARE = 0.5;

  private static final double MAX_ALIGNMENT_PX = 2.5;

  /** A lost point is not found by less of its square. */
  private static final double LEAST_PART = 0.3;

  /** A point of rare colour is looked for so far away, once in so many frames. */
  private static final double WIDE_PX = 64;

  private static final int WIDE_FRAMES = 2;

  /** Residual allowed there. */
  private static final double WIDE_SHARE = 0.25;

  private final KltOptions options;
  private final TemplateFit fit;
  private final PartialFit part;
  private final Template back;
  private final Template last;
  private final Match trial = new Match();
  private final Match start = new Match();
  private final double[] four = new double[8];
  private final double[] mixed = new double[2];

  /** The match of the last call that succeeded. */
  final Match best = new Match();

  PointMatcher(KltOptions options, SampleWindow window) {
    this.options = options;
    this.fit = new TemplateFit(window);
    this.part = new PartialFit(window, fit);
    this.back = new Template(window);
    this.last = new Template(window);
  }

  /** Residual that is allowed, grey levels. */
  double bound(Template template) {
    return Math.hypot(options.noiseLevels(), options.residualShare() * template.deviation);
  }

  /** Whether a raster place lies inside the picture. */
  static boolean isInside(Match match, LumaFrame frame) {
    return match.x >= -0.5
        && match.y >= -0.5
        && match.x < frame.width() - 0.5
        && match.y < frame.height() - 0.5;
  }

  /** One step of a followed point, into {@link #best}; false when the step is refused. */
  boolean step(Point point, LumaFrame here, LumaFrame next, FlowGrid motion) {
    double fromX = point.match.x;
    double fromY = point.match.y;
    double spread = choose(point, next, motion);
    double startX = best.x;
    double startY = best.y;
    double bound = bound(point.template);
    double middle = refine(point.template, next);
    boolean good =
        middle >= (point.template.followsColor() ? MIDDLE_SHARE_BY_COLOR : MIDDLE_SHARE)
            && best.residual <= bound
            && Math.hypot(best.x - startX, best.y - startY) <= MAX_CORRECTION_PX
            && keepsBrightness(point)
            && keepsColor(point, next, middle, bound);
    if (options.chains()) {
      return good
          && returns(point.template, here, next, fromX, fromY)
          && meetsHalfway(next, fromX, fromY);
    }
    boolean plain = spread < SAME_PX && best.residual < 0.5 * bound;
    return good
        && (plain
            || isSure(point.template, next)
            || returns(point.template, here, next, fromX, fromY));
  }

  /**
   * Refines {@code best} by the whole square and, where that fits badly, by the part in sight.
   *
   * @return share of the middle of the square in sight; 1 by the whole square
   */
  private double refine(Template template, LumaFrame next) {
    if (options.chains()) {
      fit.refinePlace(template, next, best, PLACE_ITERATIONS);
      return 1;
    }
    start.set(best);
    fit(template, next);
    if (best.residual <= PART_SHARE * bound(template)
        || !part.refine(template, next, start)
        || start.residual >= PART_GAIN * best.residual) {
      return 1;
    }
    best.set(start);
    return part.middle;
  }

  /** Whether the middle of the square fits well at {@code best}, whatever covers the rest. */
  private boolean isSure(Template template, LumaFrame next) {
    trial.set(best);
    return part.compare(template, next, trial) && part.middle >= SURE_SHARE;
  }

  /** Whether brightness and colour at {@code best} may be those of a point. */
  private boolean staysItself(Point point, LumaFrame next) {
    return keepsBrightness(point) && !point.color.isForeign(next, best);
  }

  private boolean keepsColor(Point point, LumaFrame next, double middle, double bound) {
    boolean plain = middle >= PLAIN_SHARE && best.residual < PLAIN_RESIDUAL_SHARE * bound;
    return plain ? !point.color.isForeignAnyhow(next, best) : !point.color.isForeign(next, best);
  }

  private boolean keepsBrightness(Point point) {
    return Math.abs(best.brightness - point.brightness) <= options.maxBrightnessStep();
  }

  /**
   * The best start among the coarse motions nearby and the point's last motion; left in {@code
   * best}.
   *
   * @return how much the coarse motions differ, px
   */
  private double choose(Point point, LumaFrame next, FlowGrid motion) {
    Match from = point.match;
    double spread = motion.around(from.x, from.y, four);
    motion.mix(from.x, from.y, four, mixed);
    boolean steady =
        Double.isNaN(point.dx)
            || Math.abs(point.dx - mixed[0]) + Math.abs(point.dy - mixed[1]) < SAME_PX;
    best.set(from);
    best.x = from.x + mixed[0];
    best.y = from.y + mixed[1];
    if (spread < SAME_PX && steady) {
      return spread;
    }
    fit.glance(point.template, next, best);
    for (int c = spread < SAME_PX ? 4 : 0; c < 5; c++) {
      double dx = c < 4 ? four[2 * c] : point.dx;
      double dy = c < 4 ? four[2 * c + 1] : point.dy;
      if (isNew(dx, dy, spread < SAME_PX ? 0 : c)) {
        offer(point.template, next, from, dx, dy);
      }
    }
    return spread;
  }

  /** Whether a motion is known, and differs from the mix and the first few of the four. */
  private boolean isNew(double dx, double dy, int tried) {
    boolean found = Math.abs(dx - mixed[0]) + Math.abs(dy - mixed[1]) >= SAME_PX;
    for (int c = 0; c < tried; c++) {
      found &= !(Math.abs(dx - four[2 * c]) + Math.abs(dy - four[2 * c + 1]) < SAME_PX);
    }
    return found;
  }

  private void offer(Template template, LumaFrame next, Match from, double dx, double dy) {
    trial.set(from);
    trial.x = from.x + dx;
    trial.y = from.y + dy;
    fit.glance(template, next, trial);
    if (trial.residual < best.residual) {
      best.set(trial);
    }
  }

  /** Refines {@code best} in place and then in shape. */
  private void fit(Template template, LumaFrame next) {
    fit.refinePlace(template, next, best, PLACE_ITERATIONS);
    trial.set(best);
    fit.refineShape(template, next, trial, SHAPE_ITERATIONS);
    if (trial.residual < SHAPE_GAIN * best.residual && isSound(trial)) {
      best.set(trial);
    }
  }

  /** Affine consistency: a patch is neither mirrored nor flattened nor scaled beyond four times. */
  private static boolean isSound(Match match) {
    double determinant = match.axx * match.ayy - match.axy * match.ayx;
    double squares =
        match.axx * match.axx
            + match.axy * match.axy
            + match.ayx * match.ayx
            + match.ayy * match.ayy;
    // squares / determinant is the sum of the ratio of both stretches and its inverse
    return determinant > 0.25 && determinant < 4 && squares < 2.9 * determinant;
  }

  /**
   * Whether the patch at the new place, followed back, ends where the point came from; {@code
   * trial} is left where it ends.
   */
  private boolean returns(
      Template template, LumaFrame here, LumaFrame next, double fromX, double fromY) {
    back.weight = template.weight;
    trial.set(best);
    trial.upright();
    back.cutRigid(next, best.x, best.y);
    trial.x = fromX;
    trial.y = fromY;
    fit.refinePlace(back, here, trial, PLACE_ITERATIONS);
    return Math.hypot(trial.x - fromX, trial.y - fromY) <= options.maxForwardBackwardPx();
  }

  /**
   * Takes half of what the way back missed the start by off the step, so that both ways err alike:
   * a step from the new place leads to the old one. False when that lies outside the picture.
   */
  private boolean meetsHalfway(LumaFrame next, double fromX, double fromY) {
    best.x -= 0.5 * (trial.x - fromX);
    best.y -= 0.5 * (trial.y - fromY);
    return isInside(best, next);
  }

  /**
   * Takes the step of a point that has just moved again, by what it looked like in the frame
   * before, into {@link #best}: a worn template misses by what has changed since it was cut.
   *
   * @return false when the steps are too far apart to be one
   */
  boolean retake(Point point, LumaFrame here, LumaFrame next) {
    double fromX = point.match.x - point.dx;
    double fromY = point.match.y - point.dy;
    last.weight = point.template.weight;
    last.cutRigid(here, fromX, fromY);
    best.set(point.match);
    best.upright();
    fit.refinePlace(last, next, best, PLACE_ITERATIONS);
    return best.residual <= bound(last)
        && Math.hypot(best.x - point.match.x, best.y - point.match.y) <= MAX_RETAKE_PX
        && returns(last, here, next, fromX, fromY)
        && meetsHalfway(next, fromX, fromY);
  }

  /**
   * Puts a point whose template is about to be renewed where the original says it is, bent as the
   * templates in between were, so that renewals do not add up to a drift.
   */
  void align(Point point, LumaFrame next) {
    Match cut = point.cutShape;
    trial.set(point.match);
    trial.axx = point.match.axx * cut.axx + point.match.axy * cut.ayx;
    trial.axy = point.match.axx * cut.axy + point.match.axy * cut.ayy;
    trial.ayx = point.match.ayx * cut.axx + point.match.ayy * cut.ayx;
    trial.ayy = point.match.ayx * cut.axy + point.match.ayy * cut.ayy;
    cut.set(trial);
    fit.refinePlace(point.original, next, trial, PLACE_ITERATIONS);
    fit.refineShape(point.original, next, trial, SHAPE_ITERATIONS);
    if (trial.residual <= ALIGNED_SHARE * bound(point.original)
        && Math.hypot(trial.x - point.match.x, trial.y - point.match.y) <= MAX_ALIGNMENT_PX
        && isSound(trial)
        && isInside(trial, next)) {
      cut.set(trial);
      point.correct(trial);
    }
  }

  /**
   * Looks for a lost point about the place it should be at, by one of its templates; into {@link
   * #best} when found.
   */
  boolean search(Point point, Template template, LumaFrame next) {
    return isInside(point.match, next)
        && (isSeen(point, template, next)
            || searchNear(point, template, next)
            || searchPart(point, template, next)
            || template == point.original && searchWide(point, next));
  }

  /** Whether the very place shows a colour that few points have: then no square is needed. */
  private boolean isSeen(Point point, Template template, LumaFrame next) {
    boolean seen =
        point.hasRareColor
            && next.holds(point.match.x, point.match.y)
            && point.color.isSeen(next, point.match);
    if (seen) {
      best.set(point.match);
      best.residual = bound(template);
      best.brightness = point.brightness;
      best.coverage = 1;
    }
    return seen;
  }

  /** Looks for enough of the square, with the point itself, at the very place. */
  private boolean searchPart(Point point, Template template, LumaFrame next) {
    return findsPart(point, template, next, point.match, SURE_SHARE, LEAST_PART)
        && apart(point.match) <= MAX_CORRECTION_PX;
  }

  /** Looks for a point where it may be, into {@link #best}; sure of it when found. */
  boolean findAt(Point point, Match place, LumaFrame next) {
    trial.set(place);
    fit.glance(point.original, next, trial);
    return trial.residual <= PART_HOPE_SHARE * bound(point.original)
        && findsPart(point, point.original, next, place, SURE_SHARE, ELSEWHERE_PART)
        && apart(place) <= PLACE_PX;
  }

  /** Whether a point that is at a place can be seen there, into {@link #best}. */
  boolean isSeenAt(Point point, Match place, LumaFrame next) {
    return findsPart(point, point.original, next, place, SEEN_SHARE, LEAST_PART)
        && apart(place) <= PLACE_PX;
  }

  private double apart(Match place) {
    return Math.hypot(best.x - place.x, best.y - place.y);
  }

  private boolean findsPart(
      Point point,
      Template template,
      LumaFrame next,
      Match place,
      double leastMiddle,
      double leastShare) {
    best.set(place);
    if (!isSound(best)) {
      best.upright();
    }
    return isInside(best, next)
        && part.refine(template, next, best)
        && part.middle >= leastMiddle
        && part.share >= leastShare
        && isInside(best, next)
        && staysItself(point, next);
  }

  private boolean searchNear(Point point, Template template, LumaFrame next) {
    best.set(point.match);
    best.residual = Double.POSITIVE_INFINITY;
    int reach = point.lostFrames % 4 == 0 ? 2 : 1; // wide is dear
    for (int v = -reach; v <= reach; v++) {
      int across = reach - Math.abs(v);
      for (int u = -across; u <= across; u++) {
        offer(template, next, point.match, SEARCH_STEP_PX * u, SEARCH_STEP_PX * v);
      }
    }
    if (best.residual > HOPE_SHARE * bound(template)) {
      return false;
    }
    fit(template, next);
    double away = Math.hypot(best.x - point.match.x, best.y - point.match.y);
    return best.residual <= FOUND_SHARE * bound(template)
        && away <= SEARCH_STEP_PX * (reach + 1)
        && isInside(best, next)
        && staysItself(point, next);
  }

  /** Looks where the colour is right, farther away, for a much better match. */
  private boolean searchWide(Point point, LumaFrame next) {
    if (!point.hasRareColor || point.lostFrames % WIDE_FRAMES != 0) {
      return false;
    }
    best.set(point.match);
    best.residual = Double.POSITIVE_INFINITY;
    for (double v = -WIDE_PX; v <= WIDE_PX; v += SEARCH_STEP_PX) {
      for (double u = -WIDE_PX; u <= WIDE_PX; u += SEARCH_STEP_PX) {
        trial.x = point.match.x + u;
        trial.y = point.match.y + v;
        if (u * u + v * v <= WIDE_PX * WIDE_PX
            && next.holds(trial.x, trial.y)
            && point.color.isSimilar(next, trial)) {
          offer(point.original, next, point.match, u, v);
        }
      }
    }
    if (best.residual == Double.POSITIVE_INFINITY) {
      return false;
    }
    fit(point.original, next);
    return best.residual <= WIDE_SHARE * bound(point.original)
        && next.holds(best.x, best.y)
        && point.color.isSeen(next, best)
        && Math.hypot(best.x - point.match.x, best.y - point.match.y) <= WIDE_PX + SEARCH_STEP_PX;
  }
}
