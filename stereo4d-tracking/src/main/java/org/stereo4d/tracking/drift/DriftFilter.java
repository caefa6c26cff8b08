package org.stereo4d.tracking.drift;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.MotionMagnitude;

/** Finds tracks that lie on the sky, straddle an edge, or move where nothing moves (spec E.2). */
public final class DriftFilter {
  private final DriftFilterOptions options;
  private final boolean[] isStatic;
  private final boolean[] isSky;

  /** A filter for the classes of a segmentation. */
  public DriftFilter(DriftFilterOptions options, ClassNames names) {
    this.options = options;
    this.isStatic = names.flags(options.staticClasses());
    this.isSky = names.flags(options.skyClasses());
  }

  /** The answer where no segmentation is at hand: every track stays, and the reason is kept. */
  public static DriftReport skipped(int tracks, String because) {
    boolean[] keep = new boolean[tracks];
    Arrays.fill(keep, true);
    double[] unknown = new double[tracks];
    Arrays.fill(unknown, Double.NaN);
    return new DriftReport(
        keep,
        new boolean[tracks],
        new boolean[tracks],
        new boolean[tracks],
        unknown,
        Optional.of(because));
  }

  /**
   * Judges tracks.
   *
   * @param lifted the same tracks in 3D
   * @param motion of the lifted, unoptimised tracks
   * @param maps one per frame, read once in order; a map of another size is resized
   * @param frameSize size of the pictures that were tracked
   */
  public DriftReport apply(
      Tracks2d tracks,
      Tracks3d lifted,
      MotionMagnitude motion,
      Iterable<ClassMap> maps,
      ImageSize frameSize) {
    int n = tracks.count();
    Check.that(
        lifted.count() == n && motion.count() == n && lifted.frameCount() == tracks.frameCount(),
        "2D and 3D tracks must match, were %s x %s and %s x %s, motion of %s tracks",
        n,
        tracks.frameCount(),
        lifted.count(),
        lifted.frameCount(),
        motion.count());
    boolean[] sky = new boolean[n];
    boolean[] drifting = new boolean[n];
    int[] seen = new int[n];
    int[] seenStatic = new int[n];
    Iterator<ClassMap> map = maps.iterator();
    for (int t = 0; t < tracks.frameCount(); t++) {
      Check.that(map.hasNext(), "there must be %s class maps, were %s", tracks.frameCount(), t);
      ClassMap classes = map.next().resized(frameSize);
      for (int i = 0; i < n; i++) {
        int at = classes.nearest(tracks.xPx(i, t), tracks.yPx(i, t));
        if (tracks.isVisible(i, t)) {
          sky[i] |= isSky[at];
          seen[i]++;
          seenStatic[i] += isStatic[at] ? 1 : 0;
        }
        drifting[i] |=
            isStatic[at] && lifted.isVisible(i, t) && motion.px(i, t) > options.motionPx();
      }
    }
    return report(sky, drifting, seen, seenStatic);
  }

  private DriftReport report(boolean[] sky, boolean[] drifting, int[] seen, int[] seenStatic) {
    int n = sky.length;
    boolean[] keep = new boolean[n];
    boolean[] boundary = new boolean[n];
    double[] share = new double[n];
    for (int i = 0; i < n; i++) {
      share[i] = seen[i] == 0 ? Double.NaN : seenStatic[i] / (double) seen[i];
      boundary[i] = share[i] > 0 && share[i] < 1;
      boolean dropped =
          options.dropSky() && sky[i]
              || options.dropBoundary() && boundary[i]
              || options.dropDrifting() && drifting[i];
      keep[i] = seen[i] > 0 && !dropped;
    }
    return new DriftReport(keep, sky, boundary, drifting, share, Optional.empty());
  }
}
