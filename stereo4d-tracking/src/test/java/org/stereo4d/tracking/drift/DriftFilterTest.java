package org.stereo4d.tracking.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.MotionMagnitude;

class DriftFilterTest {
  private static final ImageSize SIZE = new ImageSize(100, 80);
  private static final PinholeCamera CAMERA = new PinholeCamera(SIZE, 100, 100, 50, 40);
  private static final int FRAMES = 3;

  /** Left half sky, then wall up to column 75, then person. */
  private static ClassMap map() {
    byte[] classes = new byte[SIZE.area()];
    for (int k = 0; k < classes.length; k++) {
      int x = k % SIZE.width();
      classes[k] = (byte) (x < 50 ? 3 : x < 75 ? 1 : 13);
    }
    return ClassMap.wrap(classes, SIZE);
  }

  /** Tracks at constant heights with the given columns per frame, lifted to 1 m; NaN is hidden. */
  private static DriftReport judge(
      DriftFilterOptions options, Iterable<ClassMap> maps, float[]... columns) {
    int n = columns.length;
    float[] xy = new float[2 * n * FRAMES];
    float[] xyz = new float[3 * n * FRAMES];
    boolean[] visible = new boolean[n * FRAMES];
    for (int k = 0; k < visible.length; k++) {
      float x = columns[k / FRAMES][k % FRAMES];
      xy[2 * k] = x;
      xy[2 * k + 1] = 40;
      visible[k] = Float.isFinite(x);
      xyz[3 * k] = (x - 50) / 100;
      xyz[3 * k + 2] = 1;
    }
    Tracks2d tracks =
        Tracks2d.wrap(QueryPoints.wrap(new int[n], new float[2 * n]), FRAMES, xy, visible);
    Tracks3d lifted = Tracks3d.wrap(FRAMES, xyz, visible.clone(), new byte[3 * n]);
    List<Rigid3> poses = Collections.nCopies(FRAMES, Rigid3.IDENTITY);
    MotionMagnitude motion = MotionMagnitude.of(lifted, CAMERA, poses);
    return new DriftFilter(options, ClassNames.ADE20K).apply(tracks, lifted, motion, maps, SIZE);
  }

  private static final float[] SKY = {20, 20, 20};
  private static final float[] STILL_WALL = {60, 60, 60};
  private static final float[] DRIFTING_WALL = {55, 61, 67};
  private static final float[] EDGE = {74, 74, 80};
  private static final float[] PERSON = {80, 88, 96};
  private static final float[] NEVER = {Float.NaN, Float.NaN, Float.NaN};

  @Test
  void apply_eachKindOfTrack_isJudgedByItsRule() {
    DriftReport report =
        judge(
            DriftFilterOptions.DEFAULTS,
            Collections.nCopies(FRAMES, map()),
            SKY,
            STILL_WALL,
            DRIFTING_WALL,
            EDGE,
            PERSON,
            NEVER);
    assertThat(report.keep()).containsExactly(false, true, false, false, true, false);
    assertThat(report.sky()).containsExactly(true, false, false, false, false, false);
    assertThat(report.drifting()[2]).isTrue();
    assertThat(report.boundary()[3]).isTrue();
    assertThat(report.kept()).isEqualTo(2);
  }

  @Test
  void apply_rulesOff_keepAllThatIsEverVisible() {
    DriftReport report =
        judge(
            DriftFilterOptions.DEFAULTS.withRules(false, false, false),
            Collections.nCopies(FRAMES, map()),
            SKY,
            DRIFTING_WALL,
            EDGE,
            NEVER);
    assertThat(report.keep()).containsExactly(true, true, true, false);
  }

  @Test
  void apply_mapOfAnotherSize_isResizedNearest() {
    ClassMap half = map().resized(new ImageSize(50, 40));
    DriftReport full =
        judge(DriftFilterOptions.DEFAULTS, Collections.nCopies(FRAMES, map()), SKY, PERSON);
    DriftReport small =
        judge(DriftFilterOptions.DEFAULTS, Collections.nCopies(FRAMES, half), SKY, PERSON);
    assertThat(small.keep()).isEqualTo(full.keep()).containsExactly(false, true);
  }

  @Test
  void apply_tooFewMaps_isRefused() {
    assertThatThrownBy(() -> judge(DriftFilterOptions.DEFAULTS, List.of(map()), SKY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 class maps, were 1");
  }

  @Test
  void constructor_unknownClassName_isNamed() {
    DriftFilterOptions options =
        DriftFilterOptions.DEFAULTS.withClasses(List.of("wal"), List.of("sky"));
    assertThatThrownBy(() -> new DriftFilter(options, ClassNames.ADE20K))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'wal'");
  }

  @Test
  void skipped_keepsAllAndSaysWhy() {
    DriftReport report = DriftFilter.skipped(3, "no segmentation network was given");
    assertThat(report.keep()).containsExactly(true, true, true);
    assertThat(report.skippedBecause()).contains("no segmentation network was given");
  }

  @Test
  void ade20k_namesOfTheSpecification_haveTheirNumbers() {
    assertThat(ClassNames.ADE20K.count()).isEqualTo(151);
    String[] names = {"wall", "building", "sky", "floor", "tree", "ceiling", "road", "grass"};
    int[] numbers = {1, 2, 3, 4, 5, 6, 7, 10};
    for (int k = 0; k < names.length; k++) {
      assertThat(ClassNames.ADE20K.classOf(names[k])).as(names[k]).isEqualTo(numbers[k]);
    }
    assertThat(ClassNames.ADE20K.classOf("sidewalk")).isEqualTo(12);
    assertThat(ClassNames.ADE20K.classOf("person")).isEqualTo(13);
    assertThat(ClassNames.ADE20K.classOf("earth")).isEqualTo(14);
    assertThat(ClassNames.ADE20K.classOf("mountain")).isEqualTo(17);
    assertThat(ClassNames.ADE20K.classOf("plant")).isEqualTo(18);
    assertThat(ClassNames.ADE20K.classOf("car")).isEqualTo(21);
    assertThat(ClassNames.ADE20K.classOf("water")).isEqualTo(22);
    assertThat(ClassNames.ADE20K.classOf("sea")).isEqualTo(27);
    assertThat(ClassNames.ADE20K.classOf("field")).isEqualTo(30);
    assertThat(ClassNames.ADE20K.classOf("sand")).isEqualTo(47);
    assertThat(ClassNames.ADE20K.classOf("flag")).isEqualTo(150);
  }
}
