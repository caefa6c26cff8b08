package org.stereo4d.backend.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.ShortPointer;
import org.stereo4d.image.ImageSize;

/**
 * One plane of samples of 10 bits, in two bytes each.
 *
 * @param size of the plane
 * @param samples row by row, without gaps
 */
record DeepPlane(ImageSize size, short[] samples) {
  static DeepPlane create(int width, int height) {
    ImageSize size = new ImageSize(width, height);
    return new DeepPlane(size, new short[size.area()]);
  }

  /** Copies the samples into a plane of a frame. */
  void copyTo(AVFrame frame, int plane) {
    ShortPointer target = new ShortPointer(frame.data(plane));
    int stride = frame.linesize(plane) / Short.BYTES;
    int width = size.width();
    for (int y = 0; y < size.height(); y++) {
      target.position((long) y * stride).put(samples, y * width, width);
    }
  }
}
