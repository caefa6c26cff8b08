package org.stereo4d.backend.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;

/** A picture in the pixel format of an encoder. */
interface RawPicture {
  /** A picture of a size in a format that {@link Encoder#pixelFormat} names. */
  static RawPicture of(ImageSize size, PixelFormat format) {
    return switch (format) {
      case YUV420 -> new PlanarPicture(size, true);
      case YUV444 -> new PlanarPicture(size, false);
      case BGR0 -> new PackedPicture(size);
    };
  }

  /** Takes the samples of an RGB or gray picture of the size. */
  void fill(ByteImage image);

  /** Copies the samples into a frame of the size and format. */
  void copyTo(AVFrame frame);
}
