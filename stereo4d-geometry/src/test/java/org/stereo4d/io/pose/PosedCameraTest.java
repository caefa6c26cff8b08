package org.stereo4d.io.pose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.testing.Mutations;

class PosedCameraTest {
  @TempDir Path folder;

  private static List<PosedCamera> cameras() {
    PinholeCamera camera = new PinholeCamera(new ImageSize(640, 360), 520.25, 519, 321.5, 180);
    Rigid3 pose = new Rigid3(Rotation3.ofYawPitchRollDegrees(10, -20, 170), new Vec3(1e-9, -2, 3));
    return List.of(
        new PosedCamera("0000", camera, pose), new PosedCamera("b \"q\"", camera, Rigid3.IDENTITY));
  }

  @Test
  void writeAll_thenReadAll_isSame() throws IOException {
    Path path = folder.resolve("cameras.json");
    PosedCamera.writeAll(path, cameras());
    List<PosedCamera> back = PosedCamera.readAll(path);
    assertThat(back).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(back.get(i).name()).isEqualTo(cameras().get(i).name());
      assertThat(back.get(i).camera()).isEqualTo(cameras().get(i).camera());
      Rigid3 difference =
          back.get(i).worldFromCamera().inverse().compose(cameras().get(i).worldFromCamera());
      assertThat(difference.translation().norm()).isLessThan(1e-14);
      assertThat(difference.rotation().angleRadians()).isLessThan(1e-7); // arc cosine near 1
    }
  }

  @Test
  void readAll_badFiles_areRefusedByPlace() throws IOException {
    Path path = folder.resolve("bad.json");
    PosedCamera.writeAll(path, cameras());
    String good = Files.readString(path);
    String[][] bad = {
      {good.replace("\"cameras\"", "\"views\""), "cameras"},
      {good.replaceFirst("640", "\"640\""), "width"},
      {good.replaceFirst("640", "640.5"), "640.5"},
      {good.replaceFirst("520.25", "-1"), "focal"},
      {good.replaceFirst("\"name\": \"0000\",", ""), "name"},
      {good.replaceFirst("\"worldFromCamera\": \\[", "\"worldFromCamera\": [1, "), "13"},
      {good.substring(0, good.length() / 2), "bad.json"},
      {"[]", "bad.json"}
    };
    for (String[] b : bad) {
      Files.writeString(path, b[0]);
      assertThatThrownBy(() -> PosedCamera.readAll(path))
          .as(b[1])
          .isInstanceOf(IOException.class)
          .hasMessageContaining("bad.json")
          .hasMessageContaining(b[1]);
    }
  }

  @Test
  void readAll_damagedFiles_areReadOrRefused() throws Exception {
    Path path = folder.resolve("c.json");
    PosedCamera.writeAll(path, cameras());
    assertThat(Mutations.survives(path, 22, PosedCamera::readAll).refused()).isGreaterThan(500);
  }
}
