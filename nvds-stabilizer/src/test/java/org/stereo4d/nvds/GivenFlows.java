package org.stereo4d.nvds;

import java.util.List;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;

/**
 * Answers with flows known before, for pairs of the very frames of a clip.
 *
 * @param back flow number t from frame t + 1 to frame t
 * @param ahead flow number t from frame t to frame t + 1
 */
public record GivenFlows(List<ByteImage> frames, List<FlowField> back, List<FlowField> ahead)
    implements FlowEstimator {
  @Override
  public FlowField flow(ByteImage from, ByteImage to) {
    int a = index(from);
    int b = index(to);
    return b == a - 1 ? back.get(b) : b == a + 1 ? ahead.get(a) : FlowField.zero(from.size());
  }

  private int index(ByteImage frame) {
    for (int t = 0; t < frames.size(); t++) {
      if (frames.get(t) == frame) {
        return t;
      }
    }
    throw new IllegalArgumentException("not a frame of the clip");
  }
}
