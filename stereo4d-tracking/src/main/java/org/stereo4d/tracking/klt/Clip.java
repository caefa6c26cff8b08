package org.stereo4d.tracking.klt;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;

/**
 * What the tracker keeps of a clip: brightness of every frame and coarse motion between neighbours.
 *
 * @param frames all frames
 * @param forward entry t: motion from frame t to t + 1
 * @param backward entry t: motion from frame t + 1 to t
 */
record Clip(List<LumaFrame> frames, List<FlowGrid> forward, List<FlowGrid> backward) {
  private static final int BATCH = 8;

  /**
   * Reads frames once, in order. Pyramids live only until the motion to both neighbours is known;
   * pairs of a batch are worked on in parallel.
   *
   * @return the clip, or the part that was read when the listener said to finish
   */
  static Clip read(Iterable<ByteImage> pictures, boolean withColor, Progress progress) {
    Clip clip = new Clip(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Pyramid> waiting = new ArrayList<>();
    ImageSize size = new ImageSize(1, 1);
    for (ByteImage picture : pictures) {
      Check.that(
          clip.frames.isEmpty() || picture.size().equals(size),
          "frame %s must have the size of the first, %s, had %s",
          clip.frames.size(),
          size,
          picture.size());
      size = picture.size();
      LumaFrame frame = LumaFrame.of(picture, withColor);
      clip.frames.add(frame);
      waiting.add(new Pyramid(frame));
      if (waiting.size() > BATCH) {
        clip.addMotions(waiting);
      }
      if (progress.finishAfter(Step.of("read frames", clip.frames.size(), 0))) {
        break;
      }
    }
    Check.that(
        !clip.frames.isEmpty(), "a clip needs at least one frame, had %s", clip.frames.size());
    clip.addMotions(waiting);
    return clip;
  }

  /** Motions between neighbours of some frames, of which the last is left waiting. */
  private void addMotions(List<Pyramid> waiting) {
    int pairs = waiting.size() - 1;
    FlowGrid[] found = new FlowGrid[2 * pairs];
    Parallel.blocks(
        found.length,
        1,
        (start, end) -> {
          for (int k = start; k < end; k++) {
            Pyramid early = waiting.get(k / 2);
            Pyramid late = waiting.get(k / 2 + 1);
            found[k] = k % 2 == 0 ? FlowGrid.between(early, late) : FlowGrid.between(late, early);
          }
        });
    for (int k = 0; k < found.length; k += 2) {
      forward.add(found[k]);
      backward.add(found[k + 1]);
    }
    waiting.subList(0, pairs).clear();
  }

  int frameCount() {
    return frames.size();
  }

  /** Coarse motion out of a frame, to its neighbour in a direction of +1 or -1. */
  FlowGrid motion(int frame, int direction) {
    return direction > 0 ? forward.get(frame) : backward.get(frame - 1);
  }
}
