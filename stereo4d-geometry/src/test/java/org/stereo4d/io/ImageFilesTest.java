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
    for (String format : new String[] {"png", "bmp", "tiff"}) {
      ByteImage image = ImageFiles.read(picture(format, BufferedImage.TYPE_INT_RGB));
      assertThat(image.size()).isEqualTo(new ImageSize(31, 17));
      assertThat(image.channels()).isEqualTo(3);
      assertThat(image.at(30, 16, 0)).as(format).isEqualTo(240);
      assertThat(image.at(30, 16, 1)).as(format).isEqualTo(240);
      assertThat(image.at(30, 16, 2)).as(format).isEqualTo(184);
      assertThat(image.at(3, 1, 0)).as(format).isEqualTo(24);
    }
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
        .hasMessageContaining("no picture");
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
