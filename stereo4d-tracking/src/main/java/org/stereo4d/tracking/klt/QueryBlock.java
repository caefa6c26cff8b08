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

  /** What is left of a lost point's speed after each frame without companions. */
  private static final double SLOWING = 0.8;

  /** A colour is rare when at most this share of the points of a frame could be taken for it. */
  private static final double RARE_SHARE = 0.2;

  private final Clip clip;
  private final QueryPoints queries;
  private final int[] members;
  private final KltOptions options;
  private final SampleWindow window;
  private final PointMatcher matcher;
  private final Point[] points;
  private final int start;
  private final KltTracker.Found found;
  private final BlockPast past;

  QueryBlock(
      Clip clip, QueryPoints queries, int[] members, KltOptions options, KltTracker.Found found) {
    this.clip = clip;
    this.queries = queries;
    this.members = members;
    this.options = options;
    this.window = new SampleWindow(options);
    this.matcher = new PointMatcher(options, window);
    this.points = new Point[members.length];
    this.start = queries.frame(members[0]);
    this.found = found;
    this.past = new BlockPast(found, members, clip, start);
  }

  void run() {
    LumaFrame frame = clip.frames().get(start);
    for (int k = 0; k < members.length; k++) {
      PointColor color = PointColor.at(frame, xIndex(k), yIndex(k));
      points[k] = new Point(new Template(window), color);
      points[k].original.cut(frame, xIndex(k), yIndex(k));
      restart(k);
      write(k, start);
    }
    if (frame.chroma().isKnown()) {
      findRareColors();
    }
    for (int direction = 1; direction >= -1; direction -= 2) {
      for (int k = 0; k < members.length; k++) {
        restart(k);
      }
      for (int t = start; t + direction >= 0 && t + direction < clip.frameCount(); t += direction) {
        advance(t, direction);
        for (int k = 0; k < members.length; k++) {
          write(k, t + direction);
        }
      }
    }
  }

  private double xIndex(int k) {
    return queries.xPx(members[k]) - 0.5;
  }

  private double yIndex(int k) {
    return queries.yPx(members[k]) - 0.5;
  }

  private void restart(int k) {
    points[k].restart(xIndex(k), yIndex(k), start, clip.frames().get(start));
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
    int entry = members[k] * clip.frameCount() + t;
    found.xy()[2 * entry] = (float) (point.match.x + 0.5);
    found.xy()[2 * entry + 1] = (float) (point.match.y + 0.5);
    found.visible()[entry] = point.visible;
    if (point.visible) {
      double ratio = point.match.residual / matcher.bound(point.template);
      found.confidence()[entry] = TrackedPoints.quantized(1 - 0.5 * ratio * ratio);
    }
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
    for (int k = 0; k < points.length; k++) {
      Point point = points[k];
      if (!point.followed && !point.dead) {
        carry(k, t, direction);
        lookFor(point, next);
      }
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
    if (point.companions.seen(points) > 0) {
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
