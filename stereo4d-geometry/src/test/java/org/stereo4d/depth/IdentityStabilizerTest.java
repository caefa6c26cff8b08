package org.stereo4d.depth;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.testing.DepthStabilizerContract;

/** The contract holds for the stabiliser that changes nothing. */
class IdentityStabilizerTest extends DepthStabilizerContract {
  @Override
  protected DepthStabilizer stabilizer() {
    return IdentityStabilizerTest::unchanged;
  }

  private static List<InverseDepthMap> unchanged(
      List<ByteImage> frames, List<InverseDepthMap> initial, Progress progress) {
    Check.that(
        frames.size() == initial.size(),
        "%s frames need as many maps, got %s",
        frames.size(),
        initial.size());
    List<InverseDepthMap> out = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      Check.that(
          frames.get(i).size().equals(frames.get(0).size())
              && initial.get(i).size().equals(initial.get(0).size()),
          "frame %s must have the size of the first, has %s and a map of %s",
          i,
          frames.get(i).size(),
          initial.get(i).size());
      out.add(new InverseDepthMap(initial.get(i).values().copy()));
      if (progress.finishAfter(Step.of("nothing", i + 1, frames.size()))) {
        break;
      }
    }
    return out;
  }
}
