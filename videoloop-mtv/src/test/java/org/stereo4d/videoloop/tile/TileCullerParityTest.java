package org.stereo4d.videoloop.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;
import org.stereo4d.videoloop.GoldenScene;
import org.stereo4d.videoloop.mpi.LayerRenderer;
import org.stereo4d.videoloop.mpi.LayerView;
import org.stereo4d.videoloop.mpi.PlaneGeometry;
import org.stereo4d.videoloop.mpi.Rendering;
import org.stereo4d.videoloop.mpi.TextureStack;

class TileCullerParityTest {
  private static final double TEXEL = 1e-5; // golden values are float32
  private static final double IMAGE = 1e-5;
  private static final double COORDINATE = 1e-6; // of a range of 2, in float32

  @Test
  void cull_goldenAtlas_keepsThoseTiles() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/tile_culling.npz"))) {
      for (int removed = 0; npz.has("rm" + removed + "_static_quads"); removed++) {
        String name = "rm" + removed + "_";
        MultiTileVideo video = cull(npz, removed);
        assertThat(video.map().stillQuads()).isEqualTo(npz.ints(name + "static_quads"));
        assertThat(video.map().movingQuads()).isEqualTo(npz.ints(name + "dyn_quads"));
        checkAtlas(npz, video, video.layers().still(), video.stillTiles(), name, "", "static");
        checkAtlas(npz, video, video.layers().moving(), video.movingTiles(), name, "_dyn", "dyn");
      }
    }
  }

  private static MultiTileVideo cull(NpzFile npz, int removed) throws Exception {
    CullOptions options =
        CullOptions.DEFAULTS
            .withAlphaThreshold(npz.number("alpha_thresh"))
            .withLoopThreshold(npz.number("loop_thresh"))
            .withErosions((int) npz.integer("erode_num"))
            .withRemovedNearPlanes(removed)
            .withCompatible(true);
    PlaneGeometry geometry = GoldenScene.geometry(npz);
    return new TileCuller(options)
        .cull(geometry, GoldenScene.atlasWithLabel(npz, "atlas", "atlas_mask"));
  }

  private static void checkAtlas(
      NpzFile npz,
      MultiTileVideo video,
      TextureStack stack,
      int tiles,
      String name,
      String suffix,
      String kind)
      throws Exception {
    TileLayout layout = TileLayout.of(tiles);
    assertThat(npz.ints(name + "grid_" + kind + "_hw"))
        .containsExactly(layout.rows(), layout.columns());
    int height = video.map().tileHeight();
    int width = video.map().tileWidth();
    GoldenScene.assertClose(
        layout.pack(stack, height).toPlanes(),
        npz.floats(name + "atlas" + suffix),
        TEXEL,
        0,
        name + kind);
    double[] corners = layout.corners(height, width);
    double[] expected = npz.doubles(name + "uvs" + suffix);
    for (int i = 0; i < expected.length; i++) {
      assertThat(corners[i]).isCloseTo(expected[i], within(COORDINATE));
    }
    int[] faces = npz.ints(name + "faces" + suffix);
    int[] quads = kind.equals("static") ? video.map().stillQuads() : video.map().movingQuads();
    for (int i = 0; i < quads.length; i++) {
      assertThat(faces[6 * i]).isEqualTo(video.geometry().corners(quads[i])[0]);
      assertThat(faces[6 * i + 2]).isEqualTo(video.geometry().corners(quads[i])[3]);
    }
  }

  @Test
  void render_culledModel_givesTheGoldenImages() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/tile_culling.npz"))) {
      MultiTileVideo video = cull(npz, 0);
      for (int v = 0; npz.has("v" + v + "_rgb"); v++) {
        LayerView view =
            new LayerView(
                video.map(), GoldenScene.targetCamera(npz, v), GoldenScene.targetFromWorld(npz, v));
        Rendering out = new LayerRenderer().render(video.layers(), view);
        GoldenScene.assertClose(
            out.image(0).array(), npz.floats("v" + v + "_rgb"), IMAGE, 0, "rgb");
        GoldenScene.assertClose(out.alpha(), npz.floats("v" + v + "_alpha"), IMAGE, 0, "alpha");
        assertThat(out.slots()).isEqualTo((int) npz.integer("v" + v + "_num_layers"));
      }
    }
  }

  @Test
  void layout_goldenCounts_agree() throws Exception {
    try (NpzFile npz = NpzFile.open(Golden.file("videoloop/tile_culling.npz"))) {
      int[] counts = npz.ints("layout_n");
      int[] expected = npz.ints("layout_hw");
      for (int i = 0; i < counts.length; i++) {
        TileLayout layout = TileLayout.of(counts[i]);
        assertThat(new int[] {layout.rows(), layout.columns()})
            .containsExactly(expected[2 * i], expected[2 * i + 1]);
      }
    }
  }
}
