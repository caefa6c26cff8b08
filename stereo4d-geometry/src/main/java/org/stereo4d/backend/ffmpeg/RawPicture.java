package org.stereo4d.backend.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.video.ColorTags;

/** A picture in the pixel format of an encoder. */
interface RawPicture {
  /**
   * A picture of a size in a format that {@link Encoder#pixelFormat} names.
   *
   * @param colors of formats of 10 bits
   */
  static RawPicture of(ImageSize size, PixelFormat format, ColorTags colors) {
    return switch (format) {
      case YUV420 -> new PlanarPicture(size, true);
      case YUV444 -> new PlanarPicture(size, false);
      case BGR0 -> new PackedPicture(size);
      case YUV420_10, YUV444_10 ->
          new DeepPlanarPicture(
              size, format.halvesChroma(), colors.hasBt2020Luma() ? Luma.BT2020 : Luma.BT709);
      case GBR_10 -> new DeepRgbPicture(size);
    };
  }

  /** Takes the samples of an RGB or gray picture of the size. */
  void fill(ByteImage image);

  /** Takes those of a picture in [0, 1], rounded. */
  default void fill(FloatImage image) {
    fill(image.toBytes());
  }

  /** Copies the samples into a frame of the size and format. */
  void copyTo(AVFrame frame);
}
