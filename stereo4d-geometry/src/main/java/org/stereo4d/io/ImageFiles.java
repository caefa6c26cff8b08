package org.stereo4d.io;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.Limits;

/**
 * PNG and JPEG pictures as 8-bit RGB.
 *
 * <p>PNG is decoded by {@link PngImage}; alpha is dropped and 16-bit samples are rounded to 8. JPEG
 * goes through the codec of the JDK, whose size is asked and checked before it decodes; samples are
 * those of the file, colour profiles and orientation tags are not applied.
 */
public final class ImageFiles {
  private static final int PNG_START = 0x89;
  private static final int JPEG_START = 0xff;

  /** Each block of 8x8 pixels takes at least one bit, so a byte codes at most this many. */
  private static final long MAX_JPEG_PIXELS_PER_BYTE = 8 * 64;

  /** The codec's picture and ours. */
  private static final int BYTES_PER_PIXEL = 6;

  private ImageFiles() {}

  /** Reads a picture as RGB; a gray one has three equal channels. */
  public static ByteImage read(Path path) throws IOException {
    return read(path, Limits.DEFAULTS);
  }

  /** Reads a picture as RGB; a gray one has three equal channels. */
  public static ByteImage read(Path path, Limits limits) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      in.mark(1);
      int start = in.read();
      in.reset();
      return start == PNG_START
          ? rgb(PngImage.read(path, limits))
          : jpeg(in, start, Files.size(path), limits, path.toString());
    }
  }

  /**
   * Decodes a picture in memory, for example a JPEG of a data set, as RGB.
   *
   * @param what where it comes from, the beginning of messages
   */
  public static ByteImage decode(byte[] file, Limits limits, String what) throws IOException {
    int start = file.length > 0 ? file[0] & 0xff : -1;
    return start == PNG_START
        ? rgb(PngImage.decode(file, limits, what))
        : jpeg(new ByteArrayInputStream(file), start, file.length, limits, what);
  }

  private static ByteImage rgb(PngImage png) {
    ByteImage image = png.toBytes();
    if (image.channels() == 3) {
      return image;
    }
    ByteImage out = ByteImage.create(image.size(), 3);
    int step = image.channels();
    int green = step >= 3 ? 1 : 0;
    int blue = step >= 3 ? 2 : 0;
    for (int i = 0, k = 0; k < out.array().length; i += step, k += 3) {
      out.array()[k] = image.array()[i];
      out.array()[k + 1] = image.array()[i + green];
      out.array()[k + 2] = image.array()[i + blue];
    }
    return out;
  }

  private static ByteImage jpeg(
      InputStream in, int start, long fileBytes, Limits limits, String what) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
    if (start != JPEG_START || !readers.hasNext()) {
      throw new IOException(what + ": is neither a PNG nor a JPEG picture");
    }
    ImageReader reader = readers.next();
    try (ImageInputStream data = new MemoryCacheImageInputStream(in)) {
      reader.setInput(data, true, true);
      long width = reader.getWidth(0);
      long height = reader.getHeight(0);
      limits.requireImage(width, height, BYTES_PER_PIXEL, what + ": size");
      if (width * height / MAX_JPEG_PIXELS_PER_BYTE > fileBytes) {
        throw new IOException(
            what + ": claims " + width + "x" + height + " pixels in " + fileBytes + " bytes");
      }
      return rgb(reader.read(0));
    } catch (RuntimeException e) {
      // the JDK's codec answers damaged data with unchecked exceptions of many kinds
      throw new IOException(what + ": cannot be decoded: " + e, e);
    } catch (IOException e) {
      throw e.getMessage() != null && e.getMessage().startsWith(what)
          ? e
          : new IOException(what + ": cannot be decoded: " + e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }

  private static ByteImage rgb(BufferedImage image) {
    ImageSize size = new ImageSize(image.getWidth(), image.getHeight());
    ByteImage out = ByteImage.create(size, 3);
    byte[] to = out.array();
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
        && image.getRaster().getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getData().length == to.length) {
      byte[] bgr = buffer.getData();
      for (int i = 0; i < to.length; i += 3) {
        to[i] = bgr[i + 2];
        to[i + 1] = bgr[i + 1];
        to[i + 2] = bgr[i];
      }
      return out;
    }
    return bands(image, out);
  }

  /** Samples as stored: getRGB would bend them by the colour profile of the picture. */
  private static ByteImage bands(BufferedImage image, ByteImage out) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int[] from = {0, bands >= 3 ? 1 : 0, bands >= 3 ? 2 : 0};
    int[] row = new int[out.width()];
    for (int c = 0; c < 3; c++) {
      int shift = Math.max(0, raster.getSampleModel().getSampleSize(from[c]) - 8);
      for (int y = 0; y < out.height(); y++) {
        raster.getSamples(0, y, out.width(), 1, from[c], row);
        int k = 3 * y * out.width() + c;
        for (int x = 0; x < out.width(); x++, k += 3) {
          out.array()[k] = (byte) (row[x] >> shift);
        }
      }
    }
    return out;
  }
}
