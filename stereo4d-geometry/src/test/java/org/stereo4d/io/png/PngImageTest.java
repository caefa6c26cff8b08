package org.stereo4d.io.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Limits;
import org.stereo4d.testing.Mutations;
import org.stereo4d.testing.RealData;

class PngImageTest {
  private static final ImageSize ODD = new ImageSize(37, 23);

  @TempDir Path folder;

  private static PngImage noise8(int channels) {
    ByteImage image = ByteImage.create(ODD, channels);
    SplittableRandom random = new SplittableRandom(channels);
    for (int i = 0; i < image.array().length; i++) {
      image.array()[i] = (byte) (random.nextInt(10) == 0 ? random.nextInt() : i / 5);
    }
    return PngImage.of(image);
  }

  private static PngImage noise16(int channels) {
    short[] samples = new short[ODD.area() * channels];
    SplittableRandom random = new SplittableRandom(channels);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (random.nextInt(10) == 0 ? random.nextInt() : 60_000 - 7 * i);
    }
    return PngImage.of16(samples, ODD, channels);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void write_thenRead_keepsEverySampleAndText(int channels) throws IOException {
    Map<String, String> text =
        Map.of("sbs_width", "862", "Author", "Ren\u00e9", "Title", "\u6df1\u5ea6", "empty", "");
    Path path = folder.resolve("a.png");
    for (PngImage image : new PngImage[] {noise8(channels), noise16(channels)}) {
      image.withText(text).write(path);
      PngImage back = PngImage.read(path);
      assertThat(back).isEqualTo(image.withText(text));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void write_isReadAlikeByTheJdk(int channels) throws IOException {
    Path path = folder.resolve("b.png");
    for (PngImage image : new PngImage[] {noise8(channels), noise16(channels)}) {
      image.write(path);
      assertSame(ImageIO.read(path.toFile()), image);
    }
  }

  private static void assertSame(BufferedImage expected, PngImage image) {
    Raster raster = expected.getRaster();
    assertThat(raster.getNumBands()).isEqualTo(image.channels());
    for (int y = 0; y < ODD.height(); y++) {
      for (int x = 0; x < ODD.width(); x++) {
        for (int c = 0; c < image.channels(); c++) {
          assertThat(image.sample(x, y, c)).isEqualTo(raster.getSample(x, y, c));
        }
      }
    }
  }

  @Test
  void read_interlaced_isLikePlain() throws IOException {
    int[] types = {
      BufferedImage.TYPE_BYTE_GRAY,
      BufferedImage.TYPE_3BYTE_BGR,
      BufferedImage.TYPE_4BYTE_ABGR,
      BufferedImage.TYPE_USHORT_GRAY
    };
    for (int type : types) {
      for (int width = 1; width <= 9; width++) {
        BufferedImage image = new BufferedImage(width, 11, type);
        SplittableRandom random = new SplittableRandom(type);
        for (int i = 0; i < width * 11; i++) {
          image.setRGB(i % width, i / width, random.nextInt());
        }
        PngImage back = PngImage.read(writeByJdk(image));
        for (int y = 0; y < 11; y++) {
          for (int x = 0; x < width; x++) {
            for (int c = 0; c < back.channels(); c++) {
              assertThat(back.sample(x, y, c)).isEqualTo(image.getRaster().getSample(x, y, c));
            }
          }
        }
      }
    }
  }

  private Path writeByJdk(BufferedImage image) throws IOException {
    Path path = folder.resolve("interlaced.png");
    ImageWriter writer =
        ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(image), "png").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    Files.deleteIfExists(path);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(path.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    }
    writer.dispose();
    return path;
  }

  /** A file by hand: header fields, further chunks before the pixels, and unfiltered rows. */
  private static byte[] file(
      int width, int height, int depth, int type, byte[][] chunks, byte[]... rows)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(PngChunks.SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(17).put("IHDR".getBytes()).putInt(width).putInt(height);
    out.write(chunk(header.put((byte) depth).put((byte) type).put(new byte[3]).array()));
    for (byte[] chunk : chunks) {
      out.write(chunk(chunk));
    }
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.write("IDAT".getBytes());
    DeflaterOutputStream deflated = new DeflaterOutputStream(data);
    for (byte[] row : rows) {
      deflated.write(0);
      deflated.write(row);
    }
    deflated.finish();
    out.write(chunk(data.toByteArray()));
    out.write(chunk("IEND".getBytes()));
    return out.toByteArray();
  }

  private static byte[] chunk(byte[] typeAndData) {
    CRC32 crc = new CRC32();
    crc.update(typeAndData);
    return ByteBuffer.allocate(typeAndData.length + 8)
        .putInt(typeAndData.length - 4)
        .put(typeAndData)
        .putInt((int) crc.getValue())
        .array();
  }

  private static byte[] bytes(String type, int... data) {
    byte[] out = new byte[4 + data.length];
    System.arraycopy(type.getBytes(), 0, out, 0, 4);
    for (int i = 0; i < data.length; i++) {
      out[4 + i] = (byte) data[i];
    }
    return out;
  }

  private static PngImage decode(byte[] file) throws IOException {
    return PngImage.decode(file, Limits.DEFAULTS, "test.png");
  }

  @Test
  void read_oneBitGray_isBlackAndWhite() throws IOException {
    PngImage image = decode(file(10, 1, 1, 0, new byte[0][], new byte[] {(byte) 0b10100000, 0x40}));
    assertThat(image.toBytes().array()).containsExactly(255, 0, 255, 0, 0, 0, 0, 0, 0, 255);
  }

  @Test
  void read_fourBitGray_isScaledTo8Bits() throws IOException {
    PngImage image = decode(file(3, 1, 4, 0, new byte[0][], new byte[] {0x0f, 0x70}));
    assertThat(image.toBytes().array()).containsExactly(0, 255, 0x77);
  }

  @Test
  void read_palette_isRgb_andRgbaWithTransparency() throws IOException {
    byte[] palette = bytes("PLTE", 10, 20, 30, 40, 50, 60, 70, 80, 90);
    byte[] row = {(byte) 0b00011000};
    PngImage rgb = decode(file(3, 1, 2, 3, new byte[][] {palette}, row));
    assertThat(rgb.toBytes().array()).containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90);
    byte[] alpha = bytes("tRNS", 7);
    PngImage rgba = decode(file(3, 1, 2, 3, new byte[][] {palette, alpha}, row));
    assertThat(rgba.toBytes().array())
        .containsExactly(10, 20, 30, 7, 40, 50, 60, 255, 70, 80, 90, 255);
  }

  @Test
  void read_transparentColour_addsAlpha() throws IOException {
    byte[] key = bytes("tRNS", 0, 1, 0, 2, 0, 3);
    PngImage image = decode(file(2, 1, 8, 2, new byte[][] {key}, new byte[] {1, 2, 3, 1, 2, 4}));
    assertThat(image.toBytes().array()).containsExactly(1, 2, 3, 0, 1, 2, 4, 255);
  }

  @Test
  void read_badFields_areRefusedByName() throws IOException {
    byte[] palette = bytes("PLTE", 1, 2, 3);
    byte[] row = new byte[64];
    assertRefused(file(4, 1, 3, 0, new byte[0][], row), "colour type 0 with 3 bits");
    assertRefused(file(4, 1, 8, 5, new byte[0][], row), "colour type 5");
    assertRefused(file(0, 1, 8, 0, new byte[0][], row), "0x1");
    assertRefused(file(4, 40000, 8, 0, new byte[0][], row), "40000");
    assertRefused(file(30000, 30000, 8, 0, new byte[0][], row), "more than its");
    assertRefused(file(4, 1, 8, 3, new byte[0][], row), "PLTE has 0 bytes");
    assertRefused(file(1, 1, 8, 3, new byte[][] {palette}, new byte[] {1}), "colour 1");
    assertRefused(file(4, 2, 8, 0, new byte[0][], new byte[4]), "cut off");
    assertRefused(file(1, 1, 8, 0, new byte[][] {bytes("ABCD")}, row), "critical chunk ABCD");
    assertRefused(new byte[] {1, 2, 3}, "no PNG");
    byte[] filter = file(1, 1, 8, 0, new byte[0][]);
    assertRefused(filter, "cut off");
  }

  private static void assertRefused(byte[] file, String reason) {
    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("test.png")
        .hasMessageContaining(reason);
  }

  @Test
  void read_flippedBit_isNoticedByTheChecksum() throws IOException {
    byte[] file = file(1, 1, 8, 0, new byte[][] {bytes("tEXt", 'a', 0, 'b')}, new byte[] {5});
    file[45] ^= 1;
    assertRefused(file, "CRC");
  }

  @Test
  void ofValues16_roundsAndClamps() {
    FloatImage values =
        FloatImage.wrap(
            new float[] {-1, 0.4f, 0.5f, 65534.5f, 70000, Float.NaN}, new ImageSize(6, 1), 1);
    assertThat(PngImage.ofValues16(values).toValues().array())
        .containsExactly(0, 0, 1, 65535, 65535, 0);
  }

  @Test
  void toBytes_of16Bits_rounds() {
    PngImage image = PngImage.of16(new short[] {0, 128, 129, -1}, new ImageSize(4, 1), 1);
    assertThat(image.toBytes().array()).containsExactly(0, 0, 1, -1);
  }

  @Test
  void read_damagedFiles_areReadOrRefused() throws Exception {
    Path path = folder.resolve("c.png");
    noise8(3).withText(Map.of("a", "b")).write(path);
    assertThat(Mutations.survives(path, 3, PngImage::read).refused()).isGreaterThan(1000);
    noise16(2).write(path);
    assertThat(Mutations.survives(path, 4, PngImage::read).refused()).isGreaterThan(1000);
  }

  @Test
  void read_damagedFilesWithRepairedChecksums_areReadOrRefused() throws Exception {
    byte[] palette = bytes("PLTE", 1, 2, 3, 4, 5, 6, 7, 8, 9);
    byte[] alpha = bytes("tRNS", 1, 2);
    byte[] text = bytes("zTXt", 'k', 0, 0, 1, 2, 3, 4);
    byte[] row = {0b00011000, 0};
    byte[] good = file(5, 3, 2, 3, new byte[][] {palette, alpha, text}, row, row, row);
    Mutations.survives(
        good,
        ".png",
        5,
        path -> {
          byte[] damaged = Files.readAllBytes(path);
          repairChecksums(damaged);
          decode(damaged);
        });
  }

  private static void repairChecksums(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file);
    int at = 8;
    while (at + 12 <= file.length) {
      int length = in.getInt(at);
      if (length < 0 || length > file.length - at - 12) {
        return;
      }
      CRC32 crc = new CRC32();
      crc.update(file, at + 4, length + 4);
      in.putInt(at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }
  }

  @Test
  void read_realDepthPicture_givesItsTextAndRange() throws IOException {
    PngImage image = PngImage.read(RealData.path("splat/iw3/easy_D.png"));
    assertThat(image.bitsPerSample()).isEqualTo(16);
    assertThat(image.text())
        .containsEntry("sbs_width", "862")
        .containsEntry("sbs_depth_min", "452");
    int least = 65535;
    int most = 0;
    for (float v : image.toValues().array()) {
      least = (int) Math.min(least, v);
      most = (int) Math.max(most, v);
    }
    assertThat(least).isGreaterThanOrEqualTo(452);
    assertThat(most).isLessThanOrEqualTo(1206);
  }

  @Test
  void read_realPictures_isLikeTheJdk() throws IOException {
    String[] names = {
      "stereo/cones/im2.png",
      "stereo/cones/disp2.png",
      "flow/kitti/flow_gt.png",
      "depth/tum_fr2_pair/1_depth.png",
      "stereo/tsukuba/groundtruth.png"
    };
    for (String name : names) {
      Path path = RealData.path(name);
      PngImage image = PngImage.read(path);
      BufferedImage expected = ImageIO.read(path.toFile());
      boolean palette = expected.getColorModel() instanceof IndexColorModel;
      for (int y = 0; y < expected.getHeight(); y += 3) {
        for (int x = 0; x < expected.getWidth(); x += 3) {
          for (int c = 0; c < image.channels(); c++) {
            int value =
                palette
                    ? expected.getRGB(x, y) >> (16 - 8 * c) & 0xff
                    : expected.getRaster().getSample(x, y, c);
            assertThat(image.sample(x, y, c)).as(name).isEqualTo(value);
          }
        }
      }
    }
  }
}
