package org.stereo4d.backend.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;

/** The resizer against OpenCV, whose rules four of its filters follow. */
class ImageResizerRefereeTest {
  /** OpenCV computes places and weights in float. */
  private static final float FLOAT_TOLERANCE = 1e-5f;

  /** OpenCV uses fixed-point weights of 11 bits for 8-bit images, each pass rounded. */
  private static final int BYTE_TOLERANCE = 1;

  private static int nativeFilter(ResizeFilter filter) {
    return switch (filter) {
      case BILINEAR -> opencv_imgproc.INTER_LINEAR;
      case CUBIC -> opencv_imgproc.INTER_CUBIC;
      case AREA -> opencv_imgproc.INTER_AREA;
      default -> throw new AssertionError(filter);
    };
  }

  private static ResizeFilter filter(int index) {
    return new ResizeFilter[] {ResizeFilter.BILINEAR, ResizeFilter.CUBIC, ResizeFilter.AREA}[index];
  }

  /** OpenCV's area rule is another one when only one side grows. */
  private static boolean sameDirection(
      ResizeFilter filter, int width, int newWidth, int height, int newHeight) {
    return filter != ResizeFilter.AREA
        || (newWidth <= width && newHeight <= height)
        || (newWidth >= width && newHeight >= height);
  }

  @Property(tries = 300)
  void resize_floats_areThoseOfOpenCv(
      @ForAll @IntRange(max = 2) int filterIndex,
      @ForAll @IntRange(min = 1, max = 50) int width,
      @ForAll @IntRange(min = 1, max = 50) int height,
      @ForAll @IntRange(min = 1, max = 50) int newWidth,
      @ForAll @IntRange(min = 1, max = 50) int newHeight,
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll long seed) {
    Assume.that(sameDirection(filter(filterIndex), width, newWidth, height, newHeight));
    FloatImage image = FloatImage.create(new ImageSize(width, height), channels);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < image.array().length; i++) {
      image.array()[i] = (float) random.nextDouble();
    }
    ImageSize size = new ImageSize(newWidth, newHeight);
    float[] ours = new ImageResizer(filter(filterIndex)).resize(image, size).array();
    float[] theirs = new float[ours.length];
    try (PointerScope scope = new PointerScope()) {
      Mat in =
          new Mat(height, width, opencv_core.CV_32FC(channels), new FloatPointer(image.array()));
      Mat out = new Mat();
      opencv_imgproc.resize(
          in, out, new Size(newWidth, newHeight), 0, 0, nativeFilter(filter(filterIndex)));
      new FloatPointer(out.data()).get(theirs);
    }
    for (int i = 0; i < ours.length; i++) {
      assertThat(ours[i]).isCloseTo(theirs[i], within(FLOAT_TOLERANCE));
    }
  }

  @Property(tries = 300)
  void resize_bytes_areThoseOfOpenCvWithinALevel(
      @ForAll @IntRange(max = 2) int filterIndex,
      @ForAll @IntRange(min = 1, max = 50) int width,
      @ForAll @IntRange(min = 1, max = 50) int height,
      @ForAll @IntRange(min = 1, max = 50) int newWidth,
      @ForAll @IntRange(min = 1, max = 50) int newHeight,
      @ForAll long seed) {
    Assume.that(sameDirection(filter(filterIndex), width, newWidth, height, newHeight));
    ByteImage image = ByteImage.create(new ImageSize(width, height), 3);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < image.array().length; i++) {
      image.array()[i] = (byte) random.nextInt();
    }
    ImageSize size = new ImageSize(newWidth, newHeight);
    byte[] ours = new ImageResizer(filter(filterIndex)).resize(image, size).array();
    byte[] theirs = new byte[ours.length];
    try (PointerScope scope = new PointerScope()) {
      Mat in = new Mat(height, width, opencv_core.CV_8UC3, new BytePointer(image.array()));
      Mat out = new Mat();
      opencv_imgproc.resize(
          in, out, new Size(newWidth, newHeight), 0, 0, nativeFilter(filter(filterIndex)));
      out.data().get(theirs);
    }
    for (int i = 0; i < ours.length; i++) {
      assertThat(ours[i] & 0xff).isCloseTo(theirs[i] & 0xff, within(BYTE_TOLERANCE));
    }
  }
}
