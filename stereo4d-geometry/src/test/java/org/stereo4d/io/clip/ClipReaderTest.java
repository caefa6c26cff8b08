package org.stereo4d.io.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpyType;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.run.Limits;
import org.stereo4d.testing.Mutations;

/** Every clip-reader row of the table of bad inputs (spec H), strict and lenient. */
class ClipReaderTest {
  private static final ClipReader STRICT = new ClipReader(ClipReader.Mode.STRICT, Limits.DEFAULTS);
  private static final ClipReader LENIENT =
      new ClipReader(ClipReader.Mode.LENIENT, Limits.DEFAULTS);

  @TempDir Path folder;

  /** Four frames; tracks at frames {0, 2}, {} and {1, 2, 3}. */
  private static Map<String, NpyArray> fields() {
    double[] poses = new double[4 * 12];
    for (int t = 0; t < 4; t++) {
      poses[12 * t] = 1;
      poses[12 * t + 5] = 1;
      poses[12 * t + 10] = 1;
      poses[12 * t + 3] = 0.1 * t;
    }
    double[] rotations = {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, -1, 0, 1, 0};
    float[] xyz = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    Map<String, NpyArray> fields = new LinkedHashMap<>();
    fields.put("name", NpyArray.scalar("a_b-c_100"));
    fields.put("video_id", NpyArray.scalar("a_b-c"));
    fields.put("timestamps", NpyArray.of(new long[] {100, 200, 300, 400}));
    fields.put("camera2world", NpyArray.of(poses, 4, 3, 4));
    fields.put("track_lengths", NpyArray.of(new long[] {2, 0, 3}));
    fields.put("track_indices", NpyArray.of(new int[] {0, 2, 1, 2, 3}));
    fields.put("track_coordinates", NpyArray.of(xyz, 5, 3));
    fields.put("rectified2rig", NpyArray.of(rotations, 2, 3, 3));
    fields.put("fov_bounds", NpyArray.of(new double[] {-90, 90, -80, 80}));
    return fields;
  }

  private Path with(String field, NpyArray array) throws IOException {
    Map<String, NpyArray> fields = fields();
    fields.put(field, array);
    Path path = folder.resolve("clip.npz");
    NpzWriter.write(path, fields);
    return path;
  }

  private Path without(String field) throws IOException {
    Map<String, NpyArray> fields = fields();
    fields.remove(field);
    Path path = folder.resolve("clip_9.npz");
    NpzWriter.write(path, fields);
    return path;
  }

  private static void assertRefused(ClipReader reader, Path path, String field, String value) {
    assertThatThrownBy(() -> reader.read(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(String.valueOf(path.getFileName()))
        .hasMessageContaining(field)
        .hasMessageContaining(value);
  }

  private static void assertBothRefuse(Path path, String field, String value) {
    assertRefused(STRICT, path, field, value);
    assertRefused(LENIENT, path, field, value);
  }

  @Test
  void read_soundClip_hasNoDefects() throws IOException {
    Path path = with("name", NpyArray.scalar("a_b-c_100"));
    for (ClipReader reader : List.of(STRICT, LENIENT)) {
      ClipReader.Result result = reader.read(path);
      assertThat(result.defects()).isEmpty();
      StereoClip clip = result.clip();
      assertThat(clip.tracks().count()).isEqualTo(3);
      assertThat(clip.tracks().isVisible(0, 1)).isFalse();
      assertThat(clip.tracks().point(0, 2).z()).isEqualTo(6);
      assertThat(clip.tracks().point(2, 3).x()).isEqualTo(13);
      assertThat(clip.worldFromCameras().get(2).translation().x()).isEqualTo(0.2);
      assertThat(clip.timesSeconds()[3]).isEqualTo(400e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "video_id",
        "timestamps",
        "camera2world",
        "track_lengths",
        "track_indices",
        "track_coordinates",
        "rectified2rig",
        "fov_bounds"
      })
  void read_missingField_isRefused(String field) throws IOException {
    assertRefused(STRICT, without(field), "'" + field + "'", "missing");
  }

  @Test
  void read_renamedField_isRefusedAndTheFieldsThatExistAreListed() throws IOException {
    Map<String, NpyArray> fields = fields();
    fields.put("time_stamps", fields.remove("timestamps"));
    Path path = folder.resolve("renamed.npz");
    NpzWriter.write(path, fields);
    assertBothRefuse(path, "'timestamps'", "time_stamps");
  }

  @Test
  void readLenient_missingCalibrationPosesAndIds_takesDefaults() throws IOException {
    ClipReader.Result noPoses = LENIENT.read(without("camera2world"));
    assertThat(noPoses.clip().worldFromCameras()).containsOnly(Rigid3.IDENTITY);
    assertThat(noPoses.defects()).singleElement().asString().contains("camera2world");
    assertThat(LENIENT.read(without("fov_bounds")).clip().calibration().bounds())
        .isEqualTo(Vr180Calibration.IDENTITY.bounds());
    assertThat(LENIENT.read(without("rectified2rig")).clip().calibration().leftFromRectified())
        .isEqualTo(Vr180Calibration.IDENTITY.leftFromRectified());
    assertThat(LENIENT.read(without("video_id")).clip().videoId()).isEqualTo("a_b-c");
    assertThat(LENIENT.read(without("name")).clip().name()).isEqualTo("clip_9");
    assertThat(LENIENT.read(without("track_lengths")).clip().tracks().count()).isZero();
  }

  @Test
  void read_wrongRank_isRefused() throws IOException {
    assertBothRefuse(
        with("camera2world", NpyArray.of(new double[48], 4, 12)), "camera2world", "(4, 12)");
    assertBothRefuse(
        with("timestamps", NpyArray.of(new long[] {1, 2, 3, 4}, 2, 2)), "timestamps", "(2, 2)");
    assertBothRefuse(
        with("track_coordinates", NpyArray.of(new float[15])), "track_coordinates", "(15,)");
    assertBothRefuse(
        with("rectified2rig", NpyArray.of(new double[9], 3, 3)), "rectified2rig", "(3, 3)");
    assertBothRefuse(with("fov_bounds", NpyArray.of(new double[3])), "fov_bounds", "(3,)");
    assertBothRefuse(
        with("camera2world", NpyArray.of(new double[36], 3, 3, 4)), "camera2world", "4");
  }

  @Test
  void read_wrongType_isRefused() throws IOException {
    assertBothRefuse(
        with("timestamps", NpyArray.of(new double[] {1, 2, 3, 4})), "timestamps", "float64");
    assertBothRefuse(
        with("fov_bounds", NpyArray.of(new String[] {"a", "b", "c", "d"})), "fov", "unicode");
  }

  @Test
  void read_sumOfLengthsContradictsEntries_isRefused() throws IOException {
    NpyArray lengths = NpyArray.of(new long[] {2, 0, 4});
    assertRefused(STRICT, with("track_lengths", lengths), "track_lengths", "6");
    ClipReader.Result result = LENIENT.read(with("track_lengths", lengths));
    assertThat(result.clip().tracks().count()).isEqualTo(2);
    assertThat(result.defects()).singleElement().asString().contains("track 2").contains("4");
    NpyArray tooFew = NpyArray.of(new long[] {2, 0, 2});
    assertRefused(STRICT, with("track_lengths", tooFew), "track_lengths", "4");
  }

  @Test
  void read_coordinatesContradictIndices_isRefused() throws IOException {
    assertBothRefuse(
        with("track_coordinates", NpyArray.of(new float[12], 4, 3)), "track_coordinates", "(4, 3)");
  }

  @Test
  void read_negativeOrOverflowingLengths_areRefused() throws IOException {
    for (long bad : new long[] {-1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      NpyArray lengths = NpyArray.of(new long[] {2, bad, 3});
      assertRefused(STRICT, with("track_lengths", lengths), "track_lengths", "");
      assertThat(LENIENT.read(with("track_lengths", lengths)).clip().tracks().count()).isEqualTo(1);
    }
  }

  @Test
  void read_indexOutsideTheClip_isRefused_orItsTrackDropped() throws IOException {
    for (int bad : new int[] {4, -1}) {
      NpyArray indices = NpyArray.of(new int[] {0, bad, 1, 2, 3});
      assertRefused(STRICT, with("track_indices", indices), "track_indices", String.valueOf(bad));
      ClipReader.Result result = LENIENT.read(with("track_indices", indices));
      assertThat(result.clip().tracks().count()).isEqualTo(2);
      assertThat(result.clip().tracks().point(1, 3).x()).isEqualTo(13);
      assertThat(result.defects()).singleElement().asString().contains("track 0");
    }
  }

  @Test
  void read_duplicateIndex_isRefused_orItsTrackDropped() throws IOException {
    NpyArray indices = NpyArray.of(new int[] {0, 2, 1, 3, 1});
    assertRefused(STRICT, with("track_indices", indices), "track_indices", "frame 1 twice");
    ClipReader.Result result = LENIENT.read(with("track_indices", indices));
    assertThat(result.clip().tracks().count()).isEqualTo(2);
    assertThat(result.defects()).singleElement().asString().contains("track 2");
  }

  @Test
  void read_timestampsThatDoNotRise_areRefused() throws IOException {
    assertBothRefuse(
        with("timestamps", NpyArray.of(new long[] {100, 200, 200, 400})), "timestamps", "200");
    assertBothRefuse(
        with("timestamps", NpyArray.of(new long[] {100, 50, 200, 400})), "timestamps", "50");
    assertBothRefuse(
        with("timestamps", NpyArray.of(new long[] {-5, 50, 200, 400})), "timestamps", "-5");
    assertBothRefuse(with("timestamps", NpyArray.of(new long[0])), "timestamps", "0 frames");
  }

  @Test
  void read_poseThatIsNoRotation_isRefused() throws IOException {
    double[] poses = fields().get("camera2world").doubles().clone();
    poses[12] = 1.002;
    assertBothRefuse(with("camera2world", NpyArray.of(poses, 4, 3, 4)), "frame 1", "0.004");
    poses[12] = -1; // a mirror
    assertBothRefuse(with("camera2world", NpyArray.of(poses, 4, 3, 4)), "frame 1", "2.0");
  }

  @Test
  void read_nanPose_isRefused() throws IOException {
    double[] poses = fields().get("camera2world").doubles().clone();
    poses[24] = Double.NaN;
    assertBothRefuse(with("camera2world", NpyArray.of(poses, 4, 3, 4)), "frame 2", "NaN");
    poses[24] = 1;
    poses[39] = Double.NaN;
    assertBothRefuse(with("camera2world", NpyArray.of(poses, 4, 3, 4)), "frame 3", "NaN");
  }

  @Test
  void read_rigThatIsNoRotation_isRefused() throws IOException {
    double[] rotations = fields().get("rectified2rig").doubles().clone();
    rotations[9] = 1.1;
    assertBothRefuse(with("rectified2rig", NpyArray.of(rotations, 2, 3, 3)), "right eye", "0.2");
  }

  @Test
  void read_impossibleFovBounds_areRefused() throws IOException {
    double[][] bad = {
      {90, -90, -80, 80},
      {-90, 90, 80, -80},
      {0, 0, -80, 80},
      {-181, 181, -80, 80},
      {-90, 90, -91, 91},
      {Double.NaN, 90, -80, 80},
      {-90, 90, -80, Double.NaN}
    };
    for (double[] bounds : bad) {
      assertBothRefuse(with("fov_bounds", NpyArray.of(bounds)), "fov_bounds", "degrees");
    }
  }

  @Test
  void read_zeroTracks_isValid() throws IOException {
    Map<String, NpyArray> fields = fields();
    fields.put("track_lengths", NpyArray.of(new long[0]));
    fields.put("track_indices", NpyArray.of(new int[0]));
    fields.put("track_coordinates", NpyArray.of(new float[0], 0, 3));
    Path path = folder.resolve("none.npz");
    NpzWriter.write(path, fields);
    assertThat(STRICT.read(path).clip().tracks().count()).isZero();
    Path copy = folder.resolve("none-copy.npz");
    STRICT.read(path).clip().write(copy);
    assertThat(STRICT.read(copy).clip().tracks().count()).isZero();
  }

  @Test
  void read_trackOfLengthZero_isValidAndSurvivesWriting() throws IOException {
    Path copy = folder.resolve("copy.npz");
    STRICT.read(with("name", NpyArray.scalar("n_1"))).clip().write(copy);
    StereoClip clip = STRICT.read(copy).clip();
    assertThat(clip.tracks().count()).isEqualTo(3);
    assertThat(clip.tracks().isVisible(1, 0)).isFalse();
  }

  @Test
  void read_coordinatesThatAreNotFinite_areHidden() throws IOException {
    float[] xyz = fields().get("track_coordinates").floats().clone();
    xyz[4] = Float.NaN;
    StereoClip clip = STRICT.read(with("track_coordinates", NpyArray.of(xyz, 5, 3))).clip();
    assertThat(clip.tracks().isVisible(0, 2)).isFalse();
    assertThat(clip.tracks().isVisible(0, 0)).isTrue();
  }

  @Test
  void read_otherTypesAndOrders_giveTheSameClip() throws IOException {
    Map<String, NpyArray> fields = fields();
    fields.put("timestamps", NpyArray.wrap(NpyType.UINT16, new short[] {100, 200, 300, 400}, 4));
    fields.put("track_lengths", NpyArray.wrap(NpyType.INT8, new byte[] {2, 0, 3}, 3));
    fields.put("track_indices", NpyArray.wrap(NpyType.UINT64, new long[] {0, 2, 1, 2, 3}, 5));
    fields.put(
        "track_coordinates",
        NpyArray.wrap(NpyType.FLOAT16, fields.get("track_coordinates").floats(), 5, 3));
    fields.put("fov_bounds", NpyArray.of(new int[] {-90, 90, -80, 80}));
    fields.put("name", NpyArray.ofBytes("a_b-c_100".getBytes()));
    Path path = folder.resolve("types.npz");
    NpzWriter.write(path, fields);
    StereoClip clip = STRICT.read(path).clip();
    assertThat(clip.name()).isEqualTo("a_b-c_100");
    assertThat(clip.tracks().point(2, 3).x()).isEqualTo(13);
    assertThat(clip.timestampsMicros()).containsExactly(100, 200, 300, 400);
  }

  @Test
  void read_unknownFields_areKeptAndWrittenAgain() throws IOException {
    NpyArray extra = NpyArray.wrap(NpyType.UINT16, new short[] {1, 2, 3}, 3, 1);
    StereoClip clip = STRICT.read(with("my_field", extra)).clip();
    Path copy = folder.resolve("copy.npz");
    clip.write(copy);
    assertThat(STRICT.read(copy).clip().otherFields()).containsEntry("my_field", extra).hasSize(1);
  }

  @Test
  void write_colours_comeBack() throws IOException {
    NpyArray colors = NpyArray.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3);
    StereoClip clip = STRICT.read(with("track_colors", colors)).clip();
    Path copy = folder.resolve("copy.npz");
    clip.write(copy);
    assertThat(STRICT.read(copy).clip().tracks().rgb()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void poseSource_ofAFolder_givesPosesOfTheNearestTimes() throws IOException {
    Path path = folder.resolve("a_b-c_100.npz");
    NpzWriter.write(path, fields());
    ClipFolder source = new ClipFolder(folder);
    List<Rigid3> poses = source.worldFromCameras("a_b-c_100", new double[] {390e-6, 110e-6});
    assertThat(poses.get(0).translation().x()).isEqualTo(0.1 * 3);
    assertThat(poses.get(1).translation().x()).isZero();
    assertThatThrownBy(() -> source.worldFromCameras("a_b-c_100", new double[] {1}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no pose for frame 0");
    assertThatThrownBy(() -> source.worldFromCameras("../x", new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void read_damagedFiles_areReadOrRefused() throws Exception {
    Path path = with("my_field", NpyArray.scalar(3));
    assertThat(Mutations.survives(path, 10, file -> StereoClip.read(file)).refused())
        .isGreaterThan(1000);
  }

  @Test
  void read_damagedFields_areReadOrRefused() throws Exception {
    for (String field : List.of("track_lengths", "track_indices")) {
      Path good = folder.resolve("field.npy");
      fields().get(field).write(good);
      Mutations.survives(
          good,
          11,
          file -> {
            NpyArray damaged = NpyArray.read(file);
            LENIENT.read(with(field, damaged));
          });
    }
  }
}
