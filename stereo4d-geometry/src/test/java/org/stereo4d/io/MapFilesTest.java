package org.stereo4d.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.testing.Mutations;
import org.stereo4d.testing.RealData;

/** PFM, .flo and 16-bit depth. */
class MapFilesTest {
  @TempDir Path folder;

  private static FloatImage ramp(int width, int height, int channels) {
    FloatImage image = FloatImage.create(new ImageSize(width, height), channels);
    for (int i = 0; i < image.array().length; i++) {
      image.array()[i] = i * 0.25f - 3;
    }
    return image;
  }

  private Path pfm(String header, float... values) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    for (float v : values) {
      bytes.putFloat(v);
    }
    out.write(bytes.array());
    return Files.write(folder.resolve("x.pfm"), out.toByteArray());
  }

  @Test
  void pfm_writtenThenRead_isSame() throws IOException {
    Path path = folder.resolve("a.pfm");
    for (int channels : new int[] {1, 3}) {
      FloatImage image = ramp(7, 5, channels);
      image.array()[3] = Float.POSITIVE_INFINITY;
      Pfm.write(path, image);
      assertThat(Pfm.read(path)).isEqualTo(image);
      Pfm.write(path, image.crop(1, 2, new ImageSize(4, 3)));
      assertThat(Pfm.read(path)).isEqualTo(image.crop(1, 2, new ImageSize(4, 3)));
    }
  }

  @Test
  void pfm_bigEndian_rowsFromBottomToTop() throws IOException {
    FloatImage image = Pfm.read(pfm("Pf\n2 2\n1.0\n", 1, 2, 3, 4));
    assertThat(image.array()).containsExactly(3, 4, 1, 2);
  }

  @Test
  void pfm_disparity_unknownIsNaN() throws IOException {
    DisparityMap map = Pfm.readDisparity(pfm("Pf 2 1 1\n", Float.POSITIVE_INFINITY, 2));
    assertThat(map.at(0, 0)).isNaN();
    assertThat(map.at(1, 0)).isEqualTo(2);
  }

  @Test
  void pfm_badHeaders_areRefused() throws IOException {
    String[] headers = {
      "P5\n2 1\n1\n",
      "Pf\n2 x\n1\n",
      "Pf\n2 1\n0\n",
      "Pf\n2 1\nnan\n",
      "Pf\n-2 1\n1\n",
      "Pf\n40000 1\n1\n",
      "Pf\n9999999999 1\n1\n",
      "Pf\n2",
      "Pf\n2 30000\n1\n"
    };
    for (String header : headers) {
      Path path = pfm(header, 1, 2);
      assertThatThrownBy(() -> Pfm.read(path))
          .as(header)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("x.pfm");
    }
  }

  @Test
  void pfm_real_hasTheKnownRange() throws IOException {
    DisparityMap map = Pfm.readDisparity(RealData.path("stereo/motorcycle/disp_left.pfm"));
    assertThat(map.size()).isEqualTo(new ImageSize(741, 500));
    float least = Float.MAX_VALUE;
    float most = 0;
    for (float v : map.px().array()) {
      least = v < least ? v : least;
      most = v > most ? v : most;
    }
    double unknown = 1 - map.known().count() / (double) map.size().area();
    assertThat(unknown).isBetween(0.0725, 0.0735);
    assertThat(least).isBetween(7.185f, 7.195f);
    assertThat(most).isBetween(59.905f, 59.915f);
  }

  @Test
  void flo_writtenThenRead_isSame_withUnknownAsNaN() throws IOException {
    FloatImage image = ramp(6, 3, 2);
    image.array()[4] = Float.NaN;
    image.array()[5] = Float.NaN;
    Path path = folder.resolve("a.flo");
    Flo.write(path, new FlowField(image));
    assertThat(Flo.read(path).px()).isEqualTo(image);
    ByteBuffer raw =
        ByteBuffer.wrap(Files.readAllBytes(path)).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    assertThat(raw.getFloat(12 + 16)).isGreaterThan(1e9f);
  }

  @Test
  void flo_oneUnknownComponent_makesThePixelUnknown() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(20).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    file.putFloat(202021.25f).putInt(1).putInt(1).putFloat(-1.1e9f).putFloat(1);
    FlowField flow = Flo.read(Files.write(folder.resolve("b.flo"), file.array()));
    assertThat(flow.dx(0, 0)).isNaN();
    assertThat(flow.dy(0, 0)).isNaN();
  }

  @Test
  void flo_badFiles_areRefused() throws IOException {
    int[][] heads = {
      {0, 1, 1}, {202021, 0, 1}, {202021, 40000, 1}, {202021, 2, 1}, {202021, -1, 1}
    };
    for (int[] head : heads) {
      ByteBuffer file = ByteBuffer.allocate(20).order(java.nio.ByteOrder.LITTLE_ENDIAN);
      file.putFloat(head[0] == 0 ? 1 : 202021.25f).putInt(head[1]).putInt(head[2]);
      Path path = Files.write(folder.resolve("c.flo"), file.array());
      assertThatThrownBy(() -> Flo.read(path))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("c.flo");
    }
  }

  @Test
  void flo_real_hasTheKnownRange() throws IOException {
    FlowField flow = Flo.read(RealData.path("splat/forward_warp/flow_0_to_1.flo"));
    assertThat(flow.size()).isEqualTo(new ImageSize(1024, 436));
    float least = Float.MAX_VALUE;
    float most = -Float.MAX_VALUE;
    for (int i = 0; i < flow.px().array().length; i += 2) {
      least = Math.min(least, flow.px().array()[i]);
      most = Math.max(most, flow.px().array()[i]);
    }
    assertThat(least).isBetween(-7.25f, -7.15f);
    assertThat(most).isBetween(35.25f, 35.35f);
  }

  @Test
  void depthPng_roundTrip_keepsHalfAUnit() throws IOException {
    float[] meters = {1.2344f, Float.NaN, 0, -1, 65.535f, 65.536f, 0.0004f};
    Path path = folder.resolve("d.png");
    DepthMap depth = new DepthMap(FloatImage.wrap(meters, new ImageSize(7, 1), 1));
    DepthPng.write(path, depth, DepthPng.MILLIMETERS);
    float[] back = DepthPng.read(path, DepthPng.MILLIMETERS).meters().array();
    assertThat(back[0]).isEqualTo(1.234f);
    assertThat(back[1]).isNaN();
    assertThat(back[2]).isNaN();
    assertThat(back[3]).isNaN();
    assertThat(back[4]).isEqualTo(65.535f);
    assertThat(back[5]).isNaN();
    assertThat(back[6]).isNaN();
  }

  @Test
  void depthPng_real_hasTheKnownRange() throws IOException {
    DepthMap depth =
        DepthPng.read(RealData.path("depth/kinect_basket/basket_depth.png"), DepthPng.MILLIMETERS);
    float least = Float.MAX_VALUE;
    float most = 0;
    for (float v : depth.meters().array()) {
      least = v < least ? v : least;
      most = v > most ? v : most;
    }
    assertThat(least).isEqualTo(0.674f);
    assertThat(most).isEqualTo(1.560f);
    assertThat(depth.known().count() / (640.0 * 480)).isBetween(0.80, 0.82);
  }

  @Test
  void read_damagedFiles_areReadOrRefused() throws Exception {
    Path pfm = folder.resolve("f.pfm");
    Pfm.write(pfm, ramp(7, 5, 3));
    assertThat(Mutations.survives(pfm, 6, Pfm::read).refused()).isGreaterThan(200);
    Path flo = folder.resolve("f.flo");
    Flo.write(flo, new FlowField(ramp(7, 5, 2)));
    assertThat(Mutations.survives(flo, 7, Flo::read).refused()).isGreaterThan(200);
  }
}
