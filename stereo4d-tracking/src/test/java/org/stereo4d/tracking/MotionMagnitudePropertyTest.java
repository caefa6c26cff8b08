package org.stereo4d.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.track.Tracks3d;

class MotionMagnitudePropertyTest {
  private static final PinholeCamera CAMERA =
      PinholeCamera.ofHorizontalFovDegrees(new ImageSize(512, 512), 60);

  /** Float coordinates of a few metres project to about 1e-4 px. */
  private static final double FLOAT_PX = 1e-3;

  private static List<Rigid3> walk(int frames, SplittableRandom random) {
    List<Rigid3> out = new ArrayList<>();
    for (int t = 0; t < frames; t++) {
      Vec3 turn =
          new Vec3(random.nextDouble() * 0.1, random.nextDouble() * 0.1, random.nextDouble() * 0.1);
      out.add(
          new Rigid3(
              Rotation3.ofAxisAngleRadians(turn),
              new Vec3(random.nextDouble() * 0.2, random.nextDouble() * 0.2, 0)));
    }
    return out;
  }

  private static Tracks3d points(
      int count, int frames, double stepMeters, SplittableRandom random) {
    float[] xyz = new float[3 * count * frames];
    boolean[] visible = new boolean[count * frames];
    for (int i = 0; i < count; i++) {
      double x = random.nextDouble() - 0.5;
      double y = random.nextDouble() - 0.5;
      double z = 3 + 3 * random.nextDouble();
      for (int t = 0; t < frames; t++) {
        int k = i * frames + t;
        xyz[3 * k] = (float) (x + t * stepMeters);
        xyz[3 * k + 1] = (float) y;
        xyz[3 * k + 2] = (float) z;
        visible[k] = random.nextInt(5) > 0;
      }
    }
    return Tracks3d.wrap(frames, xyz, visible, new byte[3 * count]);
  }

  @Property(tries = 30)
  void of_stillPointsSeenByAnyCamera_isZero(
      @ForAll @IntRange(min = 1, max = 40) int frames, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MotionMagnitude motion =
        MotionMagnitude.of(points(5, frames, 0, random), CAMERA, walk(frames, random));
    for (float px : motion.array()) {
      assertThat((double) px).isCloseTo(0, within(FLOAT_PX));
    }
  }

  @Test
  void of_constantStep_isTheStepTimesTheWindow() {
    int frames = 30;
    boolean[] visible = new boolean[frames];
    Arrays.fill(visible, true);
    float[] xyz = new float[3 * frames];
    for (int t = 0; t < frames; t++) {
      xyz[3 * t] = 0.01f * t;
      xyz[3 * t + 2] = 4;
    }
    Tracks3d track = Tracks3d.wrap(frames, xyz, visible, new byte[3]);
    MotionMagnitude motion =
        MotionMagnitude.of(
            track, CAMERA, new ArrayList<>(java.util.Collections.nCopies(frames, Rigid3.IDENTITY)));
    double stepPx = CAMERA.focalXPx() * 0.01 / 4;
    assertThat(motion.px(0, 0)).isZero();
    assertThat((double) motion.px(0, 5)).isCloseTo(5 * stepPx, within(FLOAT_PX));
    assertThat((double) motion.px(0, 29)).isCloseTo(16 * stepPx, within(FLOAT_PX));
    assertThat(motion.dynamic(MotionMagnitude.DYNAMIC_PX)).containsExactly(true);
  }

  @Test
  void of_oneAndThreeThreads_sameBits() {
    SplittableRandom random = new SplittableRandom(5);
    Tracks3d tracks = points(500, 20, 0.02, random);
    List<Rigid3> poses = walk(20, random);
    float[] one =
        new ForkJoinPool(1).submit(() -> MotionMagnitude.of(tracks, CAMERA, poses).array()).join();
    float[] three =
        new ForkJoinPool(3).submit(() -> MotionMagnitude.of(tracks, CAMERA, poses).array()).join();
    assertThat(one).isEqualTo(three);
  }
}
