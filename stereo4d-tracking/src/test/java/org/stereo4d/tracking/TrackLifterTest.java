package org.stereo4d.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.depth.DepthLookup;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;

class TrackLifterTest {
  private static final ImageSize SIZE = new ImageSize(8, 6);
  private static final PinholeCamera CAMERA = new PinholeCamera(SIZE, 8, 8, 4, 3);
  private static final ByteImage GRAY = ByteImage.create(SIZE, 3);

  private static DepthMap depth(float... firstRow) {
    float[] meters = new float[SIZE.area()];
    Arrays.fill(meters, 2);
    System.arraycopy(firstRow, 0, meters, 0, firstRow.length);
    return new DepthMap(FloatImage.wrap(meters, SIZE, 1));
  }

  private static Tracks2d point(float xPx, float yPx) {
    return Tracks2d.wrap(
        QueryPoints.wrap(new int[] {0}, new float[] {0, 0}),
        1,
        new float[] {xPx, yPx},
        new boolean[] {true});
  }

  private static Tracks3d lift(Tracks2d tracks, DepthMap depth, DepthLookup lookup) {
    return new TrackLifter(CAMERA, LiftOptions.DEFAULTS.withLookup(lookup))
        .lift(tracks, List.of(depth), List.of(Rigid3.IDENTITY), List.of(GRAY));
  }

  @Test
  void lift_principalPoint_isStraightAhead() {
    Tracks3d lifted = lift(point(4, 3), depth(), DepthLookup.ROUND);
    assertThat(lifted.xyz()).containsExactly(0, 0, 2);
  }

  @Test
  void lift_fromTheSecondHalfOfAPixel_roundReadsTheNextFloorReadsItsOwn() {
    DepthMap depth = depth(5, 7);
    assertThat(lift(point(0.75f, 0.25f), depth, DepthLookup.ROUND).xyz()[2]).isEqualTo(7);
    assertThat(lift(point(0.75f, 0.25f), depth, DepthLookup.FLOOR).xyz()[2]).isEqualTo(5);
  }

  @Test
  void lift_unknownZeroNegativeOrFarDepth_isHidden() {
    for (float bad : new float[] {Float.NaN, 0, -1, 20, Float.POSITIVE_INFINITY}) {
      Tracks3d lifted = lift(point(0.25f, 0.25f), depth(bad), DepthLookup.ROUND);
      assertThat(lifted.isVisible(0, 0)).as("depth %s", bad).isFalse();
      assertThat(lifted.xyz()).containsOnly(0);
    }
  }

  @Test
  void lift_outsideThePicture_isHidden() {
    assertThat(lift(point(8, 3), depth(), DepthLookup.ROUND).isVisible(0, 0)).isFalse();
    assertThat(lift(point(-0.01f, 3), depth(), DepthLookup.ROUND).isVisible(0, 0)).isFalse();
    assertThat(lift(point(7.99f, 5.99f), depth(), DepthLookup.ROUND).isVisible(0, 0)).isTrue();
  }

  @Test
  void lift_notFinitePlace_isHidden() {
    assertThat(lift(point(Float.NaN, 3), depth(), DepthLookup.ROUND).isVisible(0, 0)).isFalse();
  }

  @Test
  void lift_frameCountsThatDiffer_areRefused() {
    TrackLifter lifter = new TrackLifter(CAMERA, LiftOptions.DEFAULTS);
    Tracks2d tracks = point(1, 1);
    List<Rigid3> pose = List.of(Rigid3.IDENTITY);
    assertThatThrownBy(() -> lifter.lift(tracks, List.of(depth()), List.of(), List.of(GRAY)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("as many poses, had 0");
    assertThatThrownBy(() -> lifter.lift(tracks, List.of(), pose, List.of(GRAY)))
        .hasMessageContaining("as many depth maps and pictures, had 0");
    assertThatThrownBy(
            () -> lifter.lift(tracks, List.of(depth(), depth()), pose, List.of(GRAY, GRAY)))
        .hasMessageContaining("had more");
  }

  @Test
  void lift_mapOfAnotherSize_isRefused() {
    DepthMap wide = new DepthMap(FloatImage.create(new ImageSize(9, 6), 1));
    assertThatThrownBy(() -> lift(point(1, 1), wide, DepthLookup.ROUND))
        .hasMessageContaining("8x6")
        .hasMessageContaining("9x6");
  }

  @Test
  void lift_oneAndThreeThreads_sameBits() {
    Tracks2d tracks = TrackPrunerPropertyTest.random(5000, 1, 8, 1);
    Tracks3d one =
        new ForkJoinPool(1).submit(() -> lift(tracks, depth(), DepthLookup.ROUND)).join();
    Tracks3d three =
        new ForkJoinPool(3).submit(() -> lift(tracks, depth(), DepthLookup.ROUND)).join();
    assertThat(one.xyz()).isEqualTo(three.xyz());
    assertThat(one.visible()).isEqualTo(three.visible());
  }

  @Test
  void liftAndMask_everythingHidden_givesEmptyMasksNotErrors() {
    Tracks2d tracks =
        Tracks2d.wrap(
            QueryPoints.wrap(new int[] {0}, new float[] {1, 1}), 4, new float[8], new boolean[4]);
    Tracks3d lifted =
        new TrackLifter(CAMERA, LiftOptions.DEFAULTS)
            .lift(
                tracks,
                Collections.nCopies(4, depth()),
                Collections.nCopies(4, Rigid3.IDENTITY),
                Collections.nCopies(4, GRAY));
    assertThat(lifted.erodedVisibility(5)).containsOnly(false);
    MotionMagnitude motion =
        MotionMagnitude.of(lifted, CAMERA, Collections.nCopies(4, Rigid3.IDENTITY));
    assertThat(motion.array()).containsOnly(0);
    assertThat(motion.percentilePx(0, lifted.visible(), 0.9)).isNaN();
    assertThat(motion.dynamic(MotionMagnitude.DYNAMIC_PX)).containsExactly(false);
  }
}
