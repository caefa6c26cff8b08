package org.stereo4d.io.colmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.testing.Mutations;

class ColmapModelTest {
  private static final String CAMERAS =
      "# comment\n\n7 PINHOLE 640 480 500 510 320.5 240\n2 SIMPLE_RADIAL 10 20 5 5 10 0.1\n";
  private static final String IMAGES =
      "# comment\n"
          + "9 1 0 0 0 1 2 3 7 b name with blanks.png\n"
          + "1.5 2.5 12 3 4 -1\n"
          + "4 0 0 0 1 0 0 0 2 a.png\n"
          + "\n";
  private static final String POINTS = "12 1 2 3 255 128 0 0.5 9 0\n";

  @TempDir Path folder;

  private Path text(String cameras, String images, String points) throws IOException {
    Files.writeString(folder.resolve("cameras.txt"), cameras);
    Files.writeString(folder.resolve("images.txt"), images);
    Files.writeString(folder.resolve("points3D.txt"), points);
    return folder;
  }

  @Test
  void read_text_findsEverythingById() throws IOException {
    ColmapModel model = ColmapModel.read(text(CAMERAS, IMAGES, POINTS));
    assertThat(model.cameras().keySet()).containsExactly(7, 2);
    assertThat(model.imagesByName()).extracting(ColmapImage::id).containsExactly(4, 9);
    ColmapImage image = model.images().get(9);
    assertThat(image.name()).isEqualTo("b name with blanks.png");
    assertThat(image.pointIds()).containsExactly(12, -1);
    assertThat(image.xyPx()).containsExactly(1.5, 2.5, 3, 4);
    assertThat(image.worldFromCamera().translation()).isEqualTo(new Vec3(-1, -2, -3));
    assertThat(model.cameraOf(image).toPinhole().focalYPx()).isEqualTo(510);
    assertThat(model.points().get(12L).rgb()).isEqualTo(0xff8000);
    assertThat(model.images().get(4).pointIds()).isEmpty();
    assertThatThrownBy(() -> model.cameras().get(2).toPinhole())
        .hasMessageContaining("SIMPLE_RADIAL");
  }

  @Test
  void writeText_thenRead_isSame() throws IOException {
    ColmapModel model = ColmapModel.read(text(CAMERAS, IMAGES, POINTS));
    Path copy = folder.resolve("copy");
    model.writeText(copy);
    ColmapModel back = ColmapModel.read(copy);
    assertThat(back).usingRecursiveComparison().isEqualTo(model);
  }

  @Test
  void read_bothForms_prefersBinary() throws IOException {
    text(CAMERAS, IMAGES, POINTS);
    writeBinary(folder);
    assertThat(ColmapModel.read(folder).cameras().keySet()).containsExactly(-5);
  }

  private static void writeBinary(Path folder) throws IOException {
    ByteBuffer cameras = buffer(8 + 24 + 24);
    cameras.putLong(1).putInt(-5).putInt(0).putLong(64).putLong(48);
    cameras.putDouble(50).putDouble(32).putDouble(24);
    Files.write(folder.resolve("cameras.bin"), cameras.array());
    byte[] name = "\u00e9.png".getBytes(StandardCharsets.UTF_8);
    ByteBuffer images = buffer(8 + 4 + 56 + 4 + name.length + 1 + 8 + 24);
    images.putLong(1).putInt(3).putDouble(2).putDouble(0).putDouble(0).putDouble(0);
    images.putDouble(1).putDouble(2).putDouble(3).putInt(-5).put(name).put((byte) 0);
    images.putLong(1).putDouble(1.5).putDouble(2.5).putLong(-1);
    Files.write(folder.resolve("images.bin"), images.array());
    ByteBuffer points = buffer(8 + 8 + 24 + 3 + 8 + 8 + 8);
    points.putLong(1).putLong(77).putDouble(1).putDouble(2).putDouble(3);
    points.put((byte) 1).put((byte) 2).put((byte) 255).putDouble(0.25).putLong(1);
    points.putInt(3).putInt(0);
    Files.write(folder.resolve("points3D.bin"), points.array());
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void read_binary_normalisesQuaternionsAndReadsUtf8() throws IOException {
    writeBinary(folder);
    ColmapModel model = ColmapModel.read(folder);
    ColmapImage image = model.images().get(3);
    assertThat(image.name()).isEqualTo("\u00e9.png");
    assertThat(image.cameraFromWorld().rotation().w()).isEqualTo(1);
    assertThat(model.points().get(77L).rgb()).isEqualTo(0x0102ff);
    assertThat(model.points().get(77L).imageIds()).containsExactly(3);
  }

  @Test
  void read_badText_isRefusedWithFileAndLine() throws IOException {
    assertRefused(CAMERAS.replace("PINHOLE 640", "HOLE 640"), IMAGES, POINTS, "HOLE");
    assertRefused(CAMERAS.replace("510 ", ""), IMAGES, POINTS, "4 parameters");
    assertRefused(CAMERAS.replace("500", "-1"), IMAGES, POINTS, "focal");
    assertRefused(CAMERAS.replace("640", "99999"), IMAGES, POINTS, "99999");
    assertRefused(CAMERAS.replace("7 PIN", "x PIN"), IMAGES, POINTS, "cameras.txt: line 3");
    assertRefused(CAMERAS.replace("2 SIMPLE", "7 SIMPLE"), IMAGES, POINTS, "camera 7");
    assertRefused(CAMERAS, IMAGES.replace("9 1 0 0 0", "9 0 0 0 0"), POINTS, "quaternion");
    assertRefused(CAMERAS, IMAGES.replace("3 4 -1", "3 4"), POINTS, "images.txt: line 3");
    assertRefused(CAMERAS, IMAGES.replace("2 a.png", "8 a.png"), POINTS, "camera 8");
    assertRefused(CAMERAS, IMAGES.replace("7 b name with blanks.png", "7"), POINTS, "a name");
    assertRefused(CAMERAS, IMAGES, POINTS.replace("9 0", "5 0"), "image 5");
    assertRefused(CAMERAS, IMAGES, POINTS.replace("9 0", "9"), "points3D.txt");
    assertRefused(CAMERAS, IMAGES, POINTS.replace("12 1", "12 NaN"), "finite");
  }

  private void assertRefused(String cameras, String images, String points, String reason)
      throws IOException {
    Path model = text(cameras, images, points);
    assertThatThrownBy(() -> ColmapModel.read(model))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void read_unknownBinaryModel_isRefusedByItsId() throws IOException {
    writeBinary(folder);
    byte[] cameras = Files.readAllBytes(folder.resolve("cameras.bin"));
    cameras[12] = 42;
    Files.write(folder.resolve("cameras.bin"), cameras);
    assertThatThrownBy(() -> ColmapModel.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("model 42");
  }

  @Test
  void read_noModel_isRefused() {
    assertThatThrownBy(() -> ColmapModel.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("neither");
  }

  @Test
  void read_damagedFiles_areReadOrRefused() throws Exception {
    Path text = Files.createDirectories(folder.resolve("text"));
    Path binary = Files.createDirectories(folder.resolve("binary"));
    ColmapModel.read(text(CAMERAS, IMAGES, POINTS)).writeText(text);
    writeBinary(binary);
    for (String file : List.of("cameras", "images", "points3D")) {
      for (Path form : List.of(text, binary)) {
        Path good = form.resolve(file + (form == text ? ".txt" : ".bin"));
        byte[] before = Files.readAllBytes(good);
        Mutations.Outcome outcome =
            Mutations.survives(
                good,
                15,
                damaged -> {
                  Files.write(good, Files.readAllBytes(damaged));
                  ColmapModel.read(form);
                });
        assertThat(outcome.refused()).isGreaterThan(500);
        Files.write(good, before);
      }
    }
  }

  @Test
  void poseSource_givesOnePosePerFrame_scaledToMetres() throws IOException {
    ColmapModel model = ColmapModel.read(text(CAMERAS, IMAGES, POINTS));
    ColmapPoseSource source = new ColmapPoseSource(model, 0.5);
    List<Rigid3> poses = source.worldFromCameras("clip", new double[] {0, 1});
    assertThat(poses.get(1).translation()).isEqualTo(new Vec3(-0.5, -1, -1.5));
    assertThatThrownBy(() -> source.worldFromCameras("clip", new double[3]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("2 registered images")
        .hasMessageContaining("3 frames");
  }
}
