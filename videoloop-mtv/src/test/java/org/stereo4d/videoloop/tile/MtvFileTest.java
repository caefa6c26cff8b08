package org.stereo4d.videoloop.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.videoloop.mpi.PlaneGeometry;
import org.stereo4d.videoloop.mpi.TextureStack;

class MtvFileTest {
  @TempDir Path folder;

  static MultiTileVideo video(float label) {
    ImageSize size = new ImageSize(24, 16);
    PlaneGeometry geometry =
        new PlaneGeometry(
            new PinholeCamera(size, 20, 20, 12, 8), Rigid3.IDENTITY, 1, 9, 4, size, 5, 7, 2);
    TextureStack atlas = TileCuller.initialAtlas(geometry, 3);
    Random random = new Random(5);
    for (int i = 0; i < atlas.values().length; i += 5) {
      atlas.values()[i + 3] = random.nextFloat() * 4;
      atlas.values()[i + 4] = label;
    }
    return new TileCuller(CullOptions.DEFAULTS).cull(geometry, atlas);
  }

  @Test
  void read_afterWrite_givesTheSameVideo() throws Exception {
    MultiTileVideo video = video(4).lifted(3, 0.02, 1);
    Path file = folder.resolve("a.mtv.npz");
    MtvFile.write(video, file);
    MultiTileVideo back = MtvFile.read(file);
    assertThat(back.geometry()).isEqualTo(video.geometry());
    assertThat(back.map().movingQuads()).isEqualTo(video.map().movingQuads());
    assertThat(back.layers().moving().values()).isEqualTo(video.layers().moving().values());
    assertThat(back.layers().still().values()).isEqualTo(video.layers().still().values());
    assertThat(back.frames()).isEqualTo(3);
  }

  @Test
  void cull_nothingOrEverythingLoops_givesOneKindOfTile() {
    assertThat(video(-5).movingTiles()).isZero();
    assertThat(video(-5).stillTiles()).isPositive();
    assertThat(video(5).stillTiles()).isZero();
    assertThat(video(5).movingTiles()).isPositive();
  }

  @Test
  void cull_noTileLeft_namesTheThreshold() {
    PlaneGeometry geometry = video(1).geometry();
    TextureStack unseen = TileCuller.initialAtlas(geometry, 1);
    assertThatThrownBy(() -> new TileCuller(CullOptions.DEFAULTS).cull(geometry, unseen))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alphaThreshold");
  }

  @Test
  void cull_nearPlanesRemoved_onlyThoseDisappear() {
    PlaneGeometry geometry = video(1).geometry();
    TextureStack atlas = TileCuller.initialAtlas(geometry, 1);
    for (int i = 3; i < atlas.values().length; i += 5) {
      atlas.values()[i] = 3;
    }
    int[] kept =
        new TileCuller(CullOptions.DEFAULTS.withRemovedNearPlanes(1))
            .cull(geometry, atlas)
            .map()
            .stillQuads();
    assertThat(kept[0]).isEqualTo(geometry.quadsPerPlane());
    assertThat(kept).hasSize(geometry.quads() - geometry.quadsPerPlane());
  }

  @Test
  void nearestPlaneShare_equalPlanes_isOneOverTheirNumber() {
    PlaneGeometry geometry = video(1).geometry();
    TextureStack atlas = TileCuller.initialAtlas(geometry, 1);
    for (int i = 3; i < atlas.values().length; i += 5) {
      atlas.values()[i] = 2;
    }
    MultiTileVideo video = new TileCuller(CullOptions.DEFAULTS).cull(geometry, atlas);
    assertThat(video.nearestPlaneShare()).isCloseTo(1.0 / geometry.planes(), within(1e-6));
  }

  @Test
  void layout_fewTiles_packAndUnpack() {
    for (int tiles = 0; tiles < 12; tiles++) {
      TextureStack stack = TextureStack.create(3, tiles * 2, 4, 2);
      for (int i = 0; i < stack.values().length; i++) {
        stack.values()[i] = i;
      }
      for (TileLayout layout : new TileLayout[] {TileLayout.of(tiles), TileLayout.tight(tiles)}) {
        assertThat(layout.unpack(layout.pack(stack, 2), 2, 3).values()).isEqualTo(stack.values());
      }
    }
  }

  @Test
  void read_contradictingFields_isAnIoException() throws Exception {
    Path good = folder.resolve("good.mtv.npz");
    MtvFile.write(video(4), good);
    Map<String, NpyArray> wrong = new LinkedHashMap<>();
    wrong.put("version", NpyArray.of(new int[] {7}));
    wrong.put("planes", NpyArray.of(new int[] {Integer.MAX_VALUE}));
    wrong.put("tile_hw", NpyArray.of(new int[] {3, 9}));
    wrong.put("vertices_hw", NpyArray.of(new int[] {30_000, 30_000}));
    wrong.put("plane_hw", NpyArray.of(new int[] {-1, 4}));
    wrong.put("bounds", NpyArray.of(new double[] {Double.NaN, 4}));
    wrong.put("moving_quads", NpyArray.of(new int[] {5, 5}));
    wrong.put("camera", NpyArray.of(new double[] {1, 2}));
    for (Map.Entry<String, NpyArray> change : wrong.entrySet()) {
      Path bad = folder.resolve(change.getKey() + ".npz");
      replace(good, bad, change.getKey(), change.getValue());
      assertThatThrownBy(() -> MtvFile.read(bad))
          .as(change.getKey())
          .isInstanceOf(IOException.class)
          .hasMessageContaining(bad.getFileName().toString());
    }
  }

  @Test
  void read_damagedBytes_isAnIoExceptionOrTheVideo() throws Exception {
    Path good = folder.resolve("good.mtv.npz");
    MtvFile.write(video(4), good);
    byte[] bytes = Files.readAllBytes(good);
    Random random = new Random(3);
    for (int n = 0; n < 300; n++) {
      byte[] damaged = bytes.clone();
      for (int k = 0; k < 1 + n % 4; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Path bad = Files.write(folder.resolve("bad.npz"), damaged);
      try {
        MtvFile.read(bad);
      } catch (IOException expected) {
        assertThat(expected).hasMessageContaining("bad.npz");
      }
    }
  }

  private static void replace(Path from, Path to, String name, NpyArray value) throws Exception {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    try (NpzFile npz = NpzFile.open(from)) {
      for (String field : npz.names()) {
        arrays.put(field, field.equals(name) ? value : npz.array(field));
      }
    }
    NpzWriter.write(to, arrays);
  }
}
