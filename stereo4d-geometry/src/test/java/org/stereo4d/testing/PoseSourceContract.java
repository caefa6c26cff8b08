package org.stereo4d.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PoseSource;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;

/** What every {@link PoseSource} must do. */
public abstract class PoseSourceContract {
  /** The source to test. */
  protected abstract PoseSource source() throws IOException;

  /** A clip the source has poses for. */
  protected String clipId() {
    return "clip";
  }

  /** Times of frames the source has poses for, rising. */
  protected abstract double[] timesSeconds();

  @Test
  void worldFromCameras_everyFrame_hasAPose() throws IOException {
    List<Rigid3> poses = source().worldFromCameras(clipId(), timesSeconds());
    assertThat(poses).hasSize(timesSeconds().length);
    for (Rigid3 worldFromCamera : poses) {
      Vec3 back = worldFromCamera.inverse().apply(worldFromCamera.apply(new Vec3(1, 2, 3)));
      assertThat(back.minus(new Vec3(1, 2, 3)).norm()).isLessThan(1e-9);
    }
  }

  @Test
  void worldFromCameras_twice_same() throws IOException {
    assertThat(source().worldFromCameras(clipId(), timesSeconds()))
        .isEqualTo(source().worldFromCameras(clipId(), timesSeconds()));
  }

  @Test
  void worldFromCameras_leavesTimesUntouched() throws IOException {
    double[] times = timesSeconds();
    source().worldFromCameras(clipId(), times);
    assertThat(times).containsExactly(timesSeconds());
  }

  @Test
  void worldFromCameras_noFrames_givesNoPoses() throws IOException {
    assertThat(source().worldFromCameras(clipId(), new double[0])).isEmpty();
  }
}
