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
 * Reads frames once, in order. Pyramids live only until the motion to both neighbours is known;
 * pairs of a batch are worked on in parallel.
 */
final class ClipReader {
  private static final int BATCH = 8;

  private final boolean withColor;
  private final List<LumaFrame> frames = new ArrayList<>();
  private final List<FlowGrid> forward = new ArrayList<>();
  private final List<FlowGrid> backward = new ArrayList<>();
  private final List<Pyramid> waiting = new ArrayList<>();

  ClipReader(boolean withColor) {
    this.withColor = withColor;
  }

  /** The clip, or the part that was read when the listener said to finish. */
  Clip read(Iterable<ByteImage> pictures, Progress progress) {
    ImageSize size = new ImageSize(1, 1);
    for (ByteImage picture : pictures) {
      Check.that(
          frames.isEmpty() || picture.size().equals(size),
          "frame %s must have the size of the first, %s, had %s",
          frames.size(),
          size,
          picture.size());
      size = picture.size();
      LumaFrame frame = LumaFrame.of(picture, withColor);
      frames.add(frame);
      waiting.add(new Pyramid(frame));
      if (waiting.size() > BATCH) {
        flush();
      }
      if (progress.finishAfter(Step.of("read frames", frames.size(), 0))) {
        break;
      }
    }
    Check.that(!frames.isEmpty(), "a clip needs at least one frame, had %s", frames.size());
    flush();
    return new Clip(frames, forward, backward);
  }

  private void flush() {
    int pairs = waiting.size() - 1;
    FlowGrid[] found = new FlowGrid[2 * pairs];
    Parallel.blocks(
        found.length,
        1,
        (start, end) -> {
          for (int k = start; k < end; k++) {
            Pyramid early = waiting.get(k / 2);
            Pyramid late = waiting.get(k / 2 + 1);
            found[k] = k % 2 == 0 ? GridFlow.between(early, late) : GridFlow.between(late, early);
          }
        });
    for (int k = 0; k < found.length; k += 2) {
      forward.add(found[k]);
      backward.add(found[k + 1]);
    }
    Pyramid last = waiting.get(pairs);
    waiting.clear();
    waiting.add(last);
  }
}
