package org.stereo4d.tracking.klt;

import java.util.List;

/**
 * What the tracker keeps of a clip: brightness of every frame and coarse motion between neighbours.
 *
 * @param frames all frames
 * @param forward entry t: motion from frame t to t + 1
 * @param backward entry t: motion from frame t + 1 to t
 */
record Clip(List<LumaFrame> frames, List<FlowGrid> forward, List<FlowGrid> backward) {
  int frameCount() {
    return frames.size();
  }

  /** Coarse motion out of a frame, to its neighbour in a direction of +1 or -1. */
  FlowGrid motion(int frame, int direction) {
    return direction > 0 ? forward.get(frame) : backward.get(frame - 1);
  }
}
