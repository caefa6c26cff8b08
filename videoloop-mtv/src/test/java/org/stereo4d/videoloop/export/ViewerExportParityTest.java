package org.stereo4d.videoloop.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.io.pose.LlffPoses;
import org.stereo4d.run.Json;
import org.stereo4d.run.Limits;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.Golden;
import org.stereo4d.videoloop.data.LoopCameras;
import org.stereo4d.videoloop.tile.GoldenVideo;
import org.stereo4d.videoloop.tile.MultiTileVideo;
import org.stereo4d.videoloop.tile.TileLayout;

class ViewerExportParityTest {
  private static final double POSITION = 1e-6;
  private static final double COORDINATE = 1e-7;
  private static final double META = 1e-6; // golden poses are float32
  private static final int TEXEL = 1; // a scaled value next to an integer

  /** The mean down axis is perpendicular to the mean view only about. */
  private static final double NEARLY_UP = 1e-2;

  @TempDir Path folder;

  @Test
  void write_goldenModel_givesTheReferencesFiles() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/export_mesh.npz"))) {
      ViewerMeta meta = meta(npz);
      new ViewerExport(ExportOptions.DEFAULTS)
          .write(GoldenVideo.read(npz), meta, folder, Progress.NONE);
      checkMesh(npz);
      checkMeta(npz);
      MultiTileVideo video = GoldenVideo.read(npz);
      int[] shape = npz.shape("static_rgba");
      checkTexture(
          "static.png", npz.bytes("static_rgba"), shape, TileLayout.of(video.stillTiles()));
      int[] frames = npz.shape("dynamic_rgba");
      int size = frames[1] * frames[2] * 4;
      for (int t = 0; t < frames[0]; t++) {
        byte[] frame = Arrays.copyOfRange(npz.bytes("dynamic_rgba"), t * size, (t + 1) * size);
        checkTexture(
            "dynamic/000" + t + ".png",
            frame,
            Arrays.copyOfRange(frames, 1, 3),
            TileLayout.of(video.movingTiles()));
      }
      assertThat(folder.resolve("index.html")).isNotEmptyFile();
    }
  }

  private ViewerMeta meta(NpzFile npz) throws Exception {
    Path file = folder.resolve("poses_bounds.npy");
    NpyArray.of(npz.doubles("poses_bounds"), npz.shape("poses_bounds")).write(file);
    LlffPoses poses = LlffPoses.read(file);
    double factor = npz.integer("factor");
    LlffPoses.View first = poses.views().get(0);
    double[] bounds = npz.doubles("bd_factor");
    ImageSize picture =
        new ImageSize(
            (int) Math.round(first.widthPx() / factor),
            (int) Math.round(first.heightPx() / factor));
    return ViewerMeta.compatible(
        LoopCameras.of(
            poses, factor, picture, new LoopCameras.BoundFactors(bounds[0], bounds[1], false)),
        25);
  }

  private void checkMeta(NpzFile npz) throws Exception {
    Map<String, Object> expected = json(new String(npz.bytes("meta_json"), StandardCharsets.UTF_8));
    Map<String, Object> actual = json(Files.readString(folder.resolve("meta.json")));
    assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
    for (String name : expected.keySet()) {
      double[] a = numbers(actual.get(name));
      double[] b = numbers(expected.get(name));
      for (int i = 0; i < b.length; i++) {
        assertThat(a[i]).as(name).isCloseTo(b[i], within(META * Math.max(1, Math.abs(b[i]))));
      }
    }
  }

  private static Map<String, Object> json(String text) {
    return Json.object(Json.parse(text, Limits.DEFAULTS), "meta");
  }

  private static double[] numbers(Object value) {
    if (value instanceof Number number) {
      return new double[] {number.doubleValue()};
    }
    return Json.list(value, "value").stream()
        .mapToDouble(v -> ((Number) v).doubleValue())
        .toArray();
  }

  /** Compares the cells that hold tiles; what spare ones show is of no consequence. */
  private void checkTexture(String name, byte[] expected, int[] heightWidth, TileLayout layout)
      throws Exception {
    ByteImage image = PngImage.read(folder.resolve(name)).toBytes();
    assertThat(image.size()).isEqualTo(new ImageSize(heightWidth[1], heightWidth[0]));
    int tileHeight = heightWidth[0] / layout.rows();
    int tileWidth = heightWidth[1] / layout.columns();
    for (int i = 0; i < expected.length; i++) {
      int x = i / 4 % heightWidth[1];
      int y = i / 4 / heightWidth[1];
      if (y / tileHeight * layout.columns() + x / tileWidth < layout.tiles()) {
        int difference = (image.array()[i] & 0xff) - (expected[i] & 0xff);
        assertThat(Math.abs(difference)).as("%s %s", name, i).isLessThanOrEqualTo(TEXEL);
      }
    }
  }

  private void checkMesh(NpzFile npz) throws Exception {
    List<double[]> vertices = new ArrayList<>();
    List<double[]> coordinates = new ArrayList<>();
    List<String> faces = new ArrayList<>();
    List<Double> depths = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("geometry.obj"))) {
      String[] part = line.split(" ");
      switch (part[0]) {
        case "v" -> vertices.add(numbers(part));
        case "vt" -> coordinates.add(numbers(part));
        case "f" -> {
          faces.add(line.substring(2));
          depths.add(vertices.get(Integer.parseInt(part[1].split("/")[0]) - 1)[2]);
        }
        default -> assertThat(line).isEmpty();
      }
    }
    same(vertices, npz.doubles("obj_v"), POSITION);
    same(coordinates, npz.doubles("obj_vt"), COORDINATE);
    int[] v = npz.ints("obj_f_v");
    int[] vt = npz.ints("obj_f_vt");
    List<String> expected = new ArrayList<>();
    for (int f = 0; f < v.length / 3; f++) {
      StringBuilder line = new StringBuilder();
      for (int i = 3 * f; i < 3 * f + 3; i++) {
        line.append(i % 3 == 0 ? "" : " ").append(v[i]).append('/').append(vt[i]);
      }
      expected.add(line.toString());
    }
    assertThat(faces).containsExactlyInAnyOrderElementsOf(expected);
    for (int i = 1; i < depths.size(); i++) {
      assertThat(depths.get(i)).isLessThanOrEqualTo(depths.get(i - 1));
    }
  }

  private static double[] numbers(String[] part) {
    return Arrays.stream(part).skip(1).mapToDouble(Double::parseDouble).toArray();
  }

  private static void same(List<double[]> actual, double[] expected, double tolerance) {
    int width = actual.get(0).length;
    assertThat(expected).hasSize(width * actual.size());
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual.get(i / width)[i % width]).isCloseTo(expected[i], within(tolerance));
    }
  }

  @Test
  void meta_recentredCameras_upPointsUp() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/export_mesh.npz"))) {
      Path file = folder.resolve("poses_bounds.npy");
      NpyArray.of(npz.doubles("poses_bounds"), npz.shape("poses_bounds")).write(file);
      LlffPoses poses = LlffPoses.read(file);
      LlffPoses.View first = poses.views().get(0);
      ImageSize size = new ImageSize((int) first.widthPx(), (int) first.heightPx());
      LoopCameras cameras = LoopCameras.of(poses, 1, size, LoopCameras.BoundFactors.DEFAULTS);
      Vec3 up = ViewerMeta.of(cameras, 25).up();
      assertThat(up.distanceTo(new Vec3(0, -1, 0))).isLessThan(NEARLY_UP);
    }
  }
}
