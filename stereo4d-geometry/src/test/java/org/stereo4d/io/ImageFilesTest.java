package org.stereo4d.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.Limits;
import org.stereo4d.testing.Mutations;
import org.stereo4d.testing.RealData;

class ImageFilesTest {
  @TempDir Path folder;

  private Path picture(String format, int type) throws IOException {
    BufferedImage image = new BufferedImage(31, 17, type);
    for (int y = 0; y < 17; y++) {
      for (int x = 0; x < 31; x++) {
        image.setRGB(x, y, 0xff000000 | 8 * x << 16 | 15 * y << 8 | 4 * (x + y));
      }
    }
    Path path = folder.resolve("a." + format);
    ImageIO.write(image, format, path.toFile());
    return path;
  }

  @Test
  void read_lossless_givesTheColours() throws IOException {
    ByteImage image = ImageFiles.read(picture("png", BufferedImage.TYPE_INT_RGB));
    assertThat(image.size()).isEqualTo(new ImageSize(31, 17));
    assertThat(image.channels()).isEqualTo(3);
    assertThat(image.at(30, 16, 0)).isEqualTo(240);
    assertThat(image.at(30, 16, 1)).isEqualTo(240);
    assertThat(image.at(30, 16, 2)).isEqualTo(184);
    assertThat(image.at(3, 1, 0)).isEqualTo(24);
  }

  @Test
  void read_jpeg_isNearTheColours() throws IOException {
    ByteImage image = ImageFiles.read(picture("jpg", BufferedImage.TYPE_INT_RGB));
    int codecError = 24; // subsampled chroma on a steep ramp
    assertThat(image.at(15, 8, 0)).isBetween(120 - codecError, 120 + codecError);
    assertThat(image.at(15, 8, 1)).isBetween(120 - codecError, 120 + codecError);
    assertThat(image.at(15, 8, 2)).isBetween(92 - codecError, 92 + codecError);
  }

  @Test
  void read_grayPng_repeatsTheChannel() throws IOException {
    Path path = folder.resolve("g.png");
    PngImage.of(ByteImage.wrap(new byte[] {5, 9, 7, 1}, new ImageSize(2, 1), 2)).write(path);
    assertThat(ImageFiles.read(path).array()).containsExactly(5, 5, 5, 7, 7, 7);
  }

  @Test
  void read_noPicture_isRefused() throws IOException {
    Path path = Files.write(folder.resolve("t.jpg"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> ImageFiles.read(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("t.jpg")
        .hasMessageContaining("neither");
  }

  @Test
  void read_otherFormats_areRefused() throws IOException {
    for (String format : new String[] {"bmp", "gif", "tiff"}) {
      Path path = picture(format, BufferedImage.TYPE_INT_RGB);
      assertThatThrownBy(() -> ImageFiles.read(path)).hasMessageContaining("neither");
    }
  }

  @Test
  void read_grayJpeg_keepsItsLevels() throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 32 * 32; i++) {
      image.getRaster().setSample(i % 32, i / 32, 0, 100);
    }
    Path path = folder.resolve("gray.jpg");
    ImageIO.write(image, "jpg", path.toFile());
    ByteImage back = ImageFiles.read(path);
    assertThat(back.channels()).isEqualTo(3);
    assertThat(back.at(5, 5, 0)).isBetween(99, 101);
    assertThat(back.at(5, 5, 2)).isEqualTo(back.at(5, 5, 0));
  }

  @Test
  void read_jpegThatClaimsMorePixelsThanItsBytesHold_isRefused() throws IOException {
    Path path = picture("jpg", BufferedImage.TYPE_INT_RGB);
    byte[] file = Files.readAllBytes(path);
    int frame = 0;
    while ((file[frame] & 0xff) != 0xff || (file[frame + 1] & 0xff) != 0xc0) {
      frame++;
    }
    file[frame + 5] = 0x40; // height 16 401
    file[frame + 7] = 0x40; // width 16 415
    Files.write(path, file);
    assertThatThrownBy(() -> ImageFiles.read(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("16415x16401 pixels");
  }

  @Test
  void read_largerThanTheLimit_isRefused() throws IOException {
    Path path = picture("jpg", BufferedImage.TYPE_INT_RGB);
    assertThatThrownBy(() -> ImageFiles.read(path, Limits.DEFAULTS.withMaxImageSidePx(30)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("31x17")
        .hasMessageContaining("30");
  }

  @Test
  void read_realJpeg_isAsLarge() throws IOException {
    ByteImage image = ImageFiles.read(RealData.path("vr180/photo_container.vr.jpg"));
    assertThat(image.size()).isEqualTo(new ImageSize(1280, 1280));
    ByteImage head = ImageFiles.read(RealData.path("llff/ethiopian_head/images/DSC_0007.jpg"));
    assertThat(head.size()).isEqualTo(new ImageSize(500, 500));
  }

  @Test
  void read_damagedJpegs_areReadOrRefused() throws Exception {
    Path path = picture("jpg", BufferedImage.TYPE_INT_RGB);
    assertThat(Mutations.survives(path, 8, ImageFiles::read).refused()).isGreaterThan(200);
  }
}
