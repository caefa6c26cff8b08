package org.stereo4d.optim.rig;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.tracking.PointTracker;
import org.stereo4d.video.Frame;
import org.stereo4d.video.FrameSpan;
import org.stereo4d.video.VideoReader;

/**
 * Cuts a video into clips for the estimation of poses.
 *
 * <ul>
 *   <li>A <b>cut</b> lies between frames whose colour histograms and brightness both differ.
 *   <li>A <b>cross-fade</b> shows as a dip of the variance of brightness, {@code v(t + 4) < 0.92
 *       min(v(t), v(t + 8))}, because a blend of two unrelated pictures has less contrast than
 *       either, while few points of frame t are found in frame t + 8, and few the other way round.
 *   <li>Shots longer than a clip may be are divided evenly.
 *   <li>A <b>still</b> is a clip in which no match moves and no part of the picture changes; a
 *       tripod with something moving before it is none. A <b>title</b> has hardly any matches.
 * </ul>
 *
 * <p>Reads the video twice and holds nine small pictures, whatever its length.
 */
public final class ShotFinder {
  private static final int FADE_FRAMES = 8;
  private static final double FADE_DIP = 0.92;
  private static final double FADE_MATCHES = 0.3;
  private static final double STILL_DIFFERENCE = 0.006; // 1.5 of 255 levels
  private static final CornerFinder CORNERS = new CornerFinder(6, 0.005, 8);

  private final ShotOptions options;
  private final PointTracker tracker;

  /** A finder that matches frames with a tracker. */
  public ShotFinder(ShotOptions options, PointTracker tracker) {
    this.options = options;
    this.tracker = tracker;
  }

  /**
   * Cuts a video.
   *
   * @param source opens the video anew
   */
  public ShotReport find(RigEstimator.Source source, Progress progress) throws IOException {
    Cuts cuts = cuts(source, progress);
    List<FrameSpan> clips = new ArrayList<>();
    List<ShotReport.Dropped> dropped = new ArrayList<>();
    int start = 0;
    for (FrameSpan gap : cuts.gaps) {
      addShot(start, gap.first(), clips, dropped);
      if (gap.frameCount() > 1) {
        dropped.add(new ShotReport.Dropped(gap, ShotReport.Reason.CROSS_FADE));
        start = gap.end();
      } else {
        start = gap.first();
      }
    }
    addShot(start, cuts.frameCount, clips, dropped);
    List<FrameSpan> kept = judge(source, clips, dropped, progress);
    dropped.sort((a, b) -> Integer.compare(a.span().first(), b.span().first()));
    return new ShotReport(cuts.frameCount, kept, dropped);
  }

  private void addShot(
      int first, int end, List<FrameSpan> clips, List<ShotReport.Dropped> dropped) {
    int frames = end - first;
    if (frames <= 0) {
      return;
    }
    if (frames < options.minFrames()) {
      dropped.add(new ShotReport.Dropped(new FrameSpan(first, end), ShotReport.Reason.SHORT));
      return;
    }
    int parts = (frames + options.maxFrames() - 1) / options.maxFrames();
    for (int p = 0; p < parts; p++) {
      clips.add(
          new FrameSpan(
              first + (int) ((long) frames * p / parts),
              first + (int) ((long) frames * (p + 1) / parts)));
    }
  }

  /**
   * Where shots end: a span of one frame is a hard cut before that frame, longer ones are fades.
   */
  private record Cuts(int frameCount, List<FrameSpan> gaps) {}

  private Cuts cuts(RigEstimator.Source source, Progress progress) throws IOException {
    List<FrameSpan> gaps = new ArrayList<>();
    Deque<ShotThumbnail> window = new ArrayDeque<>();
    int t = 0;
    try (VideoReader reader = source.open()) {
      int total = reader.info().frameCount().orElse(0);
      for (Optional<Frame> frame = reader.next(); frame.isPresent(); frame = reader.next(), t++) {
        ShotThumbnail now = new ShotThumbnail(frame.get().image(), options.sideBySide());
        ShotThumbnail before = window.peekLast();
        if (before != null && isCut(before, now)) {
          gaps.add(new FrameSpan(t, t + 1));
          window.clear();
        }
        window.addLast(now);
        if (window.size() > FADE_FRAMES + 1) {
          window.removeFirst();
        }
        if (options.findFades() && window.size() == FADE_FRAMES + 1 && isFade(window)) {
          addFade(gaps, t - FADE_FRAMES, t + 1);
        }
        progress.finishAfter(Step.of("shots: cuts", t + 1, total));
      }
    }
    return new Cuts(t, gaps);
  }

  private static void addFade(List<FrameSpan> gaps, int first, int end) {
    FrameSpan last = gaps.isEmpty() ? null : gaps.get(gaps.size() - 1);
    if (last != null && last.frameCount() > 1 && last.end() >= first) {
      gaps.set(gaps.size() - 1, new FrameSpan(last.first(), end));
    } else {
      gaps.add(new FrameSpan(first, end));
    }
  }

  private boolean isCut(ShotThumbnail before, ShotThumbnail now) {
    return before.histogramDistance(now) > options.histogramDistance()
        && before.lumaDifference(now) > options.lumaDifference();
  }

  private boolean isFade(Deque<ShotThumbnail> window) {
    Iterator<ShotThumbnail> frames = window.iterator();
    ShotThumbnail first = frames.next();
    ShotThumbnail middle = first;
    for (int i = 0; i < FADE_FRAMES / 2; i++) {
      middle = frames.next();
    }
    ShotThumbnail last = window.getLast();
    return middle.variance < FADE_DIP * Math.min(first.variance, last.variance)
        && Matches.between(tracker, first, last).share() < FADE_MATCHES
        && Matches.between(tracker, last, first).share() < FADE_MATCHES;
  }

  /** Drops stills and titles, by pairs of frames at the start, middle and end of each clip. */
  private List<FrameSpan> judge(
      RigEstimator.Source source,
      List<FrameSpan> clips,
      List<ShotReport.Dropped> dropped,
      Progress progress)
      throws IOException {
    if (clips.isEmpty() || !options.dropStills() && !options.dropTitles()) {
      return clips;
    }
    List<FrameSpan> kept = new ArrayList<>();
    try (VideoReader reader = source.open()) {
      int t = 0;
      for (FrameSpan clip : clips) {
        int[] wanted = sampleFrames(clip);
        ShotThumbnail[] thumbnails = new ShotThumbnail[wanted.length];
        for (; t < clip.end(); t++) {
          Optional<Frame> frame = reader.next();
          if (frame.isEmpty()) {
            throw new IOException("the video had more frames when it was read before");
          }
          int at = Arrays.binarySearch(wanted, t);
          if (at >= 0) {
            thumbnails[at] = new ShotThumbnail(frame.get().image(), options.sideBySide());
          }
        }
        Optional<ShotReport.Reason> reason = judge(thumbnails);
        if (reason.isEmpty()) {
          kept.add(clip);
        } else {
          dropped.add(new ShotReport.Dropped(clip, reason.get()));
        }
        progress.finishAfter(Step.of("shots: clips", t, clips.get(clips.size() - 1).end()));
      }
    }
    return kept;
  }

  /** Two neighbours at the start, two in the middle, two at the end; fewer in tiny clips. */
  private static int[] sampleFrames(FrameSpan clip) {
    int middle = (clip.first() + clip.end() - 1) / 2;
    return Arrays.stream(
            new int[] {
              clip.first(),
              Math.min(clip.first() + 1, clip.end() - 1),
              middle,
              Math.min(middle + 1, clip.end() - 1),
              Math.max(clip.first(), clip.end() - 2),
              clip.end() - 1
            })
        .sorted()
        .distinct()
        .toArray();
  }

  private Optional<ShotReport.Reason> judge(ShotThumbnail[] frames) {
    int matches = 0;
    boolean moves = false;
    for (int i = 1; i < frames.length; i++) {
      Matches pair = Matches.between(tracker, frames[i - 1], frames[i]);
      matches = Math.max(matches, pair.count());
      moves |=
          pair.count() > 0 && pair.medianPx() >= options.stillPx()
              || frames[i - 1].largestCellDifference(frames[i]) > STILL_DIFFERENCE;
    }
    if (options.dropTitles() && matches < options.minMatches()) {
      return Optional.of(ShotReport.Reason.TITLE);
    }
    return options.dropStills() && !moves ? Optional.of(ShotReport.Reason.STILL) : Optional.empty();
  }

  /**
   * Points of one frame found in another.
   *
   * @param count found
   * @param share of those looked for; 0 without any
   * @param medianPx how far they moved
   */
  private record Matches(int count, double share, double medianPx) {
    static Matches between(PointTracker tracker, ShotThumbnail from, ShotThumbnail to) {
      float[] corners = CORNERS.find(from.luma);
      int n = corners.length / 2;
      if (n == 0) {
        return new Matches(0, 0, Double.NaN);
      }
      Tracks2d tracks =
          tracker
              .track(
                  List.of(from.luma, to.luma), QueryPoints.wrap(new int[n], corners), Progress.NONE)
              .tracks();
      double[] moved = new double[n];
      int found = 0;
      for (int i = 0; i < n; i++) {
        if (tracks.isVisible(i, 1)) {
          moved[found++] =
              Math.hypot(tracks.xPx(i, 1) - corners[2 * i], tracks.yPx(i, 1) - corners[2 * i + 1]);
        }
      }
      Arrays.sort(moved, 0, found);
      double median = found == 0 ? Double.NaN : moved[found / 2];
      return new Matches(found, found / (double) n, median);
    }
  }
}
