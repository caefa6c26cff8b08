package org.stereo4d.tracking.klt;

import org.jspecify.annotations.Nullable;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.tracking.TrackedPoints;

/**
 * Queries of one frame, followed frame by frame to both ends of the clip.
 *
 * <p>Followed points go first; lost ones are then carried along by their {@link Companions} and
 * searched for about the place those say.
 */
final class QueryBlock {
  /** A point lost for long is searched for once in so many frames. */
  private static final int SEARCH_PERIOD_FRAMES = 6;

  /** A template is renewed when its residual exceeds this share of the bound. */
  private static final double RENEWAL_SHARE = 0.25;

  /** With a residual above this share of the bound a point may be being covered. */
  private static final double SUSPECT_SHARE = 0.5;

  /** A template is kept for at least so many frames. */
  private static final int RENEWAL_FRAMES = 2;

  /** A lost point is looked for elsewhere, and one in sight at the scenery's place, so often. */
  private static final int ELSEWHERE_PERIOD_FRAMES = 3;

  private static final int RETURN_PERIOD_FRAMES = 2;

  /** A point goes back to the scenery for less than this share of its residual. */
  private static final double RETURN_SHARE = 0.8;

  /** So near the scenery's place a point is with it, px; and so many frames show that it is. */
  private static final double STAYS_PX = 0.7;

  private static final int STAYED_FRAMES = 6;

  /** What is left of a lost point's speed after each frame without companions. */
  private static final double SLOWING = 0.8;

  /** A colour is rare when at most this share of the points of a frame could be taken for it. */
  private static final double RARE_SHARE = 0.2;

  private final Clip clip;
  private final KltOptions options;
  private final SampleWindow window;
  private final PointMatcher matcher;
  private final Point[] points;
  private final int start;
  private final double[] startX;
  private final double[] startY;
  private final KltTracker.Found found;
  private final BlockPast past;
  private final Scenery scenery;
  private final Surroundings surroundings;
  private final Match place = new Match();

  QueryBlock(Clip clip, QueryPoints queries, int[] members, KltOptions options) {
    this.clip = clip;
    this.options = options;
    this.window = new SampleWindow(options);
    this.matcher = new PointMatcher(options, window);
    this.points = new Point[members.length];
    this.start = queries.frame(members[0]);
    this.startX = new double[members.length];
    this.startY = new double[members.length];
    for (int k = 0; k < points.length; k++) {
      startX[k] = queries.xPx(members[k]) - 0.5;
      startY[k] = queries.yPx(members[k]) - 0.5;
    }
    this.found = KltTracker.Found.of(members.length, clip.frameCount());
    this.past = new BlockPast(found, clip, start);
    this.scenery = new Scenery(clip.frames().get(start), startX, startY, clip.frameCount());
    this.surroundings = new Surroundings(startX, startY);
  }

  KltTracker.Found run() {
    LumaFrame frame = clip.frames().get(start);
    for (int k = 0; k < points.length; k++) {
      Point.Color color = Point.Color.at(frame, startX[k], startY[k]);
      points[k] = new Point(new Template(window), color);
      points[k].original.cut(frame, startX[k], startY[k]);
      restart(k);
      write(k, start);
    }
    if (frame.chroma().isKnown()) {
      findRareColors();
    }
    for (int direction = 1; direction >= -1; direction -= 2) {
      for (int k = 0; k < points.length; k++) {
        restart(k);
      }
      for (int t = start; t + direction >= 0 && t + direction < clip.frameCount(); t += direction) {
        advance(t, direction);
        for (int k = 0; k < points.length; k++) {
          write(k, t + direction);
        }
      }
    }
    return found;
  }

  private void restart(int k) {
    points[k].restart(startX[k], startY[k], start, clip.frames().get(start));
  }

  /** Finds the points that few others could be taken for; the block covers the whole picture. */
  private void findRareColors() {
    for (Point point : points) {
      int like = 0;
      for (Point other : points) {
        like += point.color.isLike(other.color) ? 1 : 0;
      }
      point.hasRareColor = like <= RARE_SHARE * points.length;
    }
  }

  private void write(int k, int t) {
    Point point = points[k];
    write(k, t, point.match, point.visible, point.template);
  }

  private void write(int k, int t, Match match, boolean visible, Template template) {
    int entry = k * clip.frameCount() + t;
    found.xy()[2 * entry] = (float) (match.x + 0.5);
    found.xy()[2 * entry + 1] = (float) (match.y + 0.5);
    found.visible()[entry] = visible;
    double ratio = match.residual / matcher.bound(template);
    found.confidence()[entry] = visible ? TrackedPoints.quantized(1 - 0.5 * ratio * ratio) : 0;
  }

  private void advance(int t, int direction) {
    LumaFrame here = clip.frames().get(t);
    LumaFrame next = clip.frames().get(t + direction);
    FlowGrid motion = clip.motion(t, direction);
    for (int k = 0; k < points.length; k++) {
      Point point = points[k];
      point.wasFollowed = point.followed;
      if (point.followed) {
        point.followed = matcher.step(point, here, next, motion);
        if (point.followed) {
          point.moveTo(matcher.best);
          renew(k, t, direction);
        }
        point.visible = point.followed && PointMatcher.isInside(point.match, next);
      }
    }
    if (!options.chains()) {
      compareWithScenery(t, direction);
    }
    for (int k = 0; k < points.length; k++) {
      Point point = points[k];
      if (!point.followed && !point.dead) {
        carry(k, t, direction);
        lookFor(point, next);
        if (!point.followed && !options.chains()) {
          lookElsewhere(k, t + direction, direction);
        }
      }
    }
  }

  /** Finds out which points moved with the scenery, and takes back those that were dragged off. */
  private void compareWithScenery(int t, int direction) {
    int now = t + direction;
    scenery.fit(points, now, t, place);
    for (int k = 0; k < points.length; k++) {
      Point point = points[k];
      scenery.place(k, now, place);
      point.awayX = scenery.isKnown(now) ? point.match.x - place.x : Double.NaN;
      point.awayY = scenery.isKnown(now) ? point.match.y - place.y : Double.NaN;
      if (point.visible && Math.hypot(point.awayX, point.awayY) < STAYS_PX) {
        point.stayedFrames = Math.abs(now - start);
        point.still = false;
      }
    }
    if (!scenery.isKnown(now)) {
      return;
    }
    for (int k = 0; k < points.length; k++) {
      Point point = points[k];
      if (point.visible
          && !point.isWithScenery()
          && point.stayedFrames >= STAYED_FRAMES
          && surroundings.leavesAlone(points, k)) {
        point.followed = false;
        point.visible = false;
        point.still = true;
        takeBack(k, t, direction);
      }
    }
    for (int k = 0; k < points.length; k++) {
      if (points[k].visible && (t + k) % RETURN_PERIOD_FRAMES == 0) {
        returnToScenery(k, now, direction);
      }
    }
  }

  /** Whether a point that is elsewhere or lost shows itself at the scenery's place. */
  private boolean returnToScenery(int k, int now, int direction) {
    Point point = points[k];
    scenery.place(k, now, place);
    double apart = Math.hypot(point.match.x - place.x, point.match.y - place.y);
    if (apart < Surroundings.APART_PX
        || !matcher.findAt(point, place, clip.frames().get(now))
        || point.visible && matcher.best.residual > RETURN_SHARE * point.match.residual) {
      return false;
    }
    point.appear(matcher.best, now);
    takeBack(k, now - direction, direction);
    return true;
  }

  /** Says of the frames since a point was last with the scenery what is seen at its place there. */
  private void takeBack(int k, int from, int direction) {
    for (int t = from; t != start; t -= direction) {
      int entry = k * clip.frameCount() + t;
      scenery.place(k, t, place);
      double x = found.xy()[2 * entry] - 0.5 - place.x;
      double y = found.xy()[2 * entry + 1] - 0.5 - place.y;
      if (found.visible()[entry] && Math.hypot(x, y) < PointMatcher.PLACE_PX) {
        return;
      }
      boolean seen = matcher.isSeenAt(points[k], place, clip.frames().get(t));
      write(k, t, seen ? matcher.best : place, seen, points[k].original);
    }
  }

  /** Looks for a lost point where the scenery has it and where its neighbours say. */
  private void lookElsewhere(int k, int now, int direction) {
    Point point = points[k];
    boolean due = (now + k) % ELSEWHERE_PERIOD_FRAMES == 0;
    if (scenery.isKnown(now) && (due || point.still) && returnToScenery(k, now, direction)) {
      return;
    }
    if (due
        && !point.still
        && surroundings.guess(points, k, place)
        && Math.hypot(place.x - point.match.x, place.y - point.match.y) > 1
        && matcher.findAt(point, place, clip.frames().get(now))) {
      point.appear(matcher.best, now);
    }
  }

  /**
   * Cuts a new template when the old one fits badly, where the frame before says, unless the
   * companions say that the point is being dragged away; then it is lost. A chained point takes a
   * new one in every frame.
   */
  private void renew(int k, int t, int direction) {
    Point point = points[k];
    int now = t + direction;
    LumaFrame next = clip.frames().get(now);
    if (options.chains()) {
      point.renewed(window).cutRigid(next, point.match.x, point.match.y);
      return;
    }
    double bound = matcher.bound(point.template);
    if (point.match.residual < RENEWAL_SHARE * bound
        || Math.abs(now - point.cutFrame) < RENEWAL_FRAMES) {
      return;
    }
    if (point.match.residual > SUSPECT_SHARE * bound
        && point.companions.choose(points, k, past.at(t, direction))) {
      point.followed = false;
      return;
    }
    if (matcher.retake(point, clip.frames().get(t), next)) {
      point.correct(matcher.best);
    }
    matcher.align(point, next);
    point.renewed(window).cut(next, point.match.x, point.match.y);
    point.cutFrame = now;
  }

  /** Moves a lost point with its companions, else on as it moved last, slower and slower. */
  private void carry(int k, int t, int direction) {
    Point point = points[k];
    double fromX = point.match.x;
    double fromY = point.match.y;
    if (point.wasFollowed) {
      point.companions.choose(points, k, past.at(t, direction));
      point.takeOriginal();
      point.cutFrame = t;
      point.lostFrames = 0;
    }
    if (point.still) {
      scenery.place(k, t + direction, point.match);
    } else if (point.companions.seen(points) > 0) {
      point.companions.predict(points, point.match);
    } else if (!Double.isNaN(point.dx)) {
      point.match.x += SLOWING * point.dx;
      point.match.y += SLOWING * point.dy;
    }
    point.dx = point.match.x - fromX;
    point.dy = point.match.y - fromY;
  }

  /** Whether a lost point looks somewhere as one of its templates does. */
  private boolean isFound(Point point, @Nullable Template template, LumaFrame next) {
    if (template == null || !matcher.search(point, template, next)) {
      return false;
    }
    point.template = template;
    return true;
  }

  private void lookFor(Point point, LumaFrame next) {
    point.lostFrames++;
    boolean due =
        point.lostFrames <= options.searchFrames() || point.lostFrames % SEARCH_PERIOD_FRAMES == 0;
    if (due && (isFound(point, point.original, next) || isFound(point, point.late, next))) {
      double dx = point.dx;
      double dy = point.dy;
      point.moveTo(matcher.best);
      point.dx = dx; // the jump to the place found is no motion
      point.dy = dy;
      point.followed = true;
      point.visible = true;
    }
  }
}
