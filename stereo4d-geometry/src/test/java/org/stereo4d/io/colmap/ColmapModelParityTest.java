package org.stereo4d.io.colmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

/** Models as raw bytes and what the reference reads from them. */
class ColmapModelParityTest {
  private static final double TOLERANCE = 1e-9;

  @TempDir Path folder;

  @Test
  void read_bothForms_giveTheReferencesPoses() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/colmap.npz"))) {
      int cases = 0;
      for (String c = "c0_"; npz.has(c + "cameras_bin"); c = "c" + cases + "_") {
        for (String form : List.of("bin", "txt")) {
          Path model = Files.createDirectories(folder.resolve(c + form));
          for (String file : List.of("cameras", "images", "points3D")) {
            Files.write(model.resolve(file + "." + form), npz.bytes(c + file + "_" + form));
          }
          check(ColmapModel.read(model), npz, c);
          Path copy = folder.resolve(c + form + "-copy");
          ColmapModel.read(model).writeText(copy);
          check(ColmapModel.read(copy), npz, c);
        }
        cases++;
      }
      assertThat(cases).isPositive();
    }
  }

  private static void check(ColmapModel model, NpzFile npz, String c) throws IOException {
    int[] ids = npz.ints(c + "image_ids");
    double[] rotations = npz.doubles(c + "rotations_w2c");
    double[] translations = npz.doubles(c + "tvecs");
    int[] cameras = npz.ints(c + "camera_of_image");
    String[] names =
        new String(npz.bytes(c + "names_utf8"), StandardCharsets.UTF_8).strip().split("\n");
    assertThat(model.images()).hasSize(ids.length);
    for (int i = 0; i < ids.length; i++) {
      ColmapImage image = model.images().get(ids[i]);
      assertThat(image.name()).isEqualTo(names[i]);
      assertThat(image.cameraId()).isEqualTo(cameras[i]);
      double[] m = image.cameraFromWorld().toMatrix34();
      for (int r = 0; r < 3; r++) {
        for (int k = 0; k < 3; k++) {
          assertThat(m[4 * r + k]).isCloseTo(rotations[9 * i + 3 * r + k], within(TOLERANCE));
        }
        assertThat(m[4 * r + 3]).isCloseTo(translations[3 * i + r], within(TOLERANCE));
      }
    }
    assertThat(model.points()).isNotEmpty();
  }
}
