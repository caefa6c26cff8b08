package org.stereo4d.videoloop.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;
import org.stereo4d.synthetic.SyntheticLoop;

/**
 * Still cameras and one video of each; the videos have no common clock and may differ in length.
 *
 * @param cameras one per clip
 * @param clips RGB frames of each view, all of one size
 * @param framesPerSecond of the clips, Hz; {@code > 0}; used when a loop is played
 * @param loopable for each clip the pixels that can loop, of its size; empty to find them in the
 *     clip
 */
public record LoopScene(
    LoopCameras cameras,
    List<List<ByteImage>> clips,
    double framesPerSecond,
    List<Optional<Mask>> loopable) {
  /** A scene whose loopable pixels are found in its clips. */
  public LoopScene(LoopCameras cameras, List<List<ByteImage>> clips, double framesPerSecond) {
    this(cameras, clips, framesPerSecond, Collections.nCopies(clips.size(), Optional.empty()));
  }

  /** Checks that clips and cameras agree. */
  public LoopScene {
    clips = clips.stream().map(List::copyOf).toList();
    loopable = List.copyOf(loopable);
    Check.that(
        clips.size() == cameras.views(),
        "there must be a clip for each of the %s poses, were %s",
        cameras.views(),
        clips.size());
    Check.that(
        framesPerSecond > 0 && Double.isFinite(framesPerSecond),
        "framesPerSecond must be > 0 and finite, was %s",
        framesPerSecond);
    ImageSize size = cameras.cameras().get(0).size();
    Check.that(
        loopable.size() == clips.size(),
        "loopable must have an entry for each of the %s clips, had %s",
        clips.size(),
        loopable.size());
    for (int v = 0; v < clips.size(); v++) {
      int view = v;
      loopable
          .get(v)
          .ifPresent(
              mask ->
                  Check.that(
                      mask.size().equals(size),
                      "loopable mask %s must be %s, was %s",
                      view,
                      size,
                      mask.size()));
      Check.that(!clips.get(v).isEmpty(), "clip %s must have frames, had %s", v, 0);
      for (int t = 0; t < clips.get(v).size(); t++) {
        ByteImage frame = clips.get(v).get(t);
        Check.that(
            frame.size().equals(size) && frame.channels() == 3,
            "frame %s of clip %s must be %s RGB, was %s",
            t,
            v,
            size,
            frame);
      }
    }
  }

  /**
   * What a synthetic scene's cameras film. Bounds leave five percent around the true depths; the
   * unit of length is the metre.
   */
  public static LoopScene of(SyntheticLoop loop) {
    int views = loop.options().cameraCount();
    List<List<ByteImage>> clips = new ArrayList<>();
    double near = Double.POSITIVE_INFINITY;
    double far = 0;
    for (int v = 0; v < views; v++) {
      int view = v;
      clips.add(
          IntStream.range(0, loop.options().clipFrames())
              .parallel()
              .mapToObj(frame -> loop.image(view, frame))
              .toList());
      double[] bounds = loop.nearFarMeters(v);
      near = Math.min(near, bounds[0]);
      far = Math.max(far, bounds[1]);
    }
    LoopCameras cameras =
        new LoopCameras(
            LoopCameras.recentered(loop.worldFromCameras()),
            Collections.nCopies(views, loop.camera()),
            0.95 * near,
            1.05 * far);
    return new LoopScene(cameras, clips, loop.options().framesPerSecond());
  }

  /** Number of views. */
  public int views() {
    return clips.size();
  }

  /** Size of every frame. */
  public ImageSize size() {
    return cameras.cameras().get(0).size();
  }

  /**
   * The scene without some views.
   *
   * @param views indices of the views to leave out, such as those kept for evaluation
   */
  public LoopScene without(List<Integer> views) {
    for (int view : views) {
      Check.that(view >= 0 && view < views(), "view must be in [0, %s), was %s", views(), view);
    }
    List<Integer> kept = new ArrayList<>();
    for (int v = 0; v < views(); v++) {
      if (!views.contains(v)) {
        kept.add(v);
      }
    }
    Check.that(!kept.isEmpty(), "some view must be left of %s, was none", views());
    return new LoopScene(
        cameras.select(kept),
        kept.stream().map(clips::get).toList(),
        framesPerSecond,
        kept.stream().map(loopable::get).toList());
  }

  /** Pixels of a view that can loop: those given, or those that go up as well as down. */
  public Mask loopable(int view) {
    return loopable.get(view).orElseGet(() -> LoopableMask.of(clips.get(view)));
  }
}
