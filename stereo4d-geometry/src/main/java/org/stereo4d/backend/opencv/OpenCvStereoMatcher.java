package org.stereo4d.backend.opencv;

import java.nio.ShortBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_calib3d.StereoSGBM;
import org.bytedeco.opencv.opencv_core.Mat;
import org.stereo4d.backend.BackendException;
import org.stereo4d.backend.NativeLibraries;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.StereoMatcher;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.run.Check;

/**
 * OpenCV's semi-global block matcher on 8-bit luma. Its answer is in 1/16 px; its sentinel becomes
 * NaN. Thread-safe: each call has an engine object of its own.
 */
public final class OpenCvStereoMatcher implements StereoMatcher {
  private static final int MAX_SIDE_PX = 32_767;
  private static final float STEPS_PER_PX = 16;

  private final StereoSgbmOptions options;

  /** A matcher; the engine is loaded by the first call of {@link #match}. */
  public OpenCvStereoMatcher(StereoSgbmOptions options) {
    this.options = options;
  }

  @Override
  public DisparityMap match(StereoPair pair) {
    ImageSize size = pair.left().size();
    int extra = options.extend() ? options.rangePx() : 0;
    Check.that(
        size.width() + extra <= MAX_SIDE_PX && size.height() <= MAX_SIDE_PX,
        "both sides must be <= %s after extension, were %s + %s",
        MAX_SIDE_PX,
        size,
        extra);
    if (size.width() + extra <= options.rangePx() + options.blockPx()) {
      float[] unknown = new float[size.area()];
      Arrays.fill(unknown, Float.NaN);
      return new DisparityMap(FloatImage.wrap(unknown, size, 1));
    }
    NativeLibraries.prepareJavaCpp();
    try {
      return search(pair, extra);
    } catch (LinkageError e) {
      throw OpenCvProvider.missing("stereo matching", e);
    } catch (RuntimeException e) {
      throw new BackendException("OpenCV SGBM of " + size + " failed: " + e.getMessage(), e);
    }
  }

  private DisparityMap search(StereoPair pair, int extra) {
    ImageSize size = pair.left().size();
    int area = options.blockPx() * options.blockPx();
    try (PointerScope scope = new PointerScope()) {
      StereoSGBM engine =
          StereoSGBM.create(
              0,
              options.rangePx(),
              options.blockPx(),
              8 * area,
              32 * area,
              1,
              63,
              options.uniquenessPercent(),
              options.speckleSize(),
              2,
              nativeMode());
      Mat disparity = new Mat();
      engine.compute(gray(pair.left(), extra), gray(pair.right(), extra), disparity);
      ShortBuffer steps = disparity.createBuffer();
      FloatImage px = FloatImage.create(size, 1);
      int stride = size.width() + extra;
      for (int y = 0; y < size.height(); y++) {
        for (int x = 0; x < size.width(); x++) {
          int step = steps.get(y * stride + extra + x);
          px.array()[y * size.width() + x] = step < 0 ? Float.NaN : step / STEPS_PER_PX;
        }
      }
      return new DisparityMap(px);
    }
  }

  private int nativeMode() {
    return switch (options.mode()) {
      case FIVE_PATHS -> StereoSGBM.MODE_SGBM;
      case EIGHT_PATHS -> StereoSGBM.MODE_HH;
      case THREE_PATHS -> StereoSGBM.MODE_SGBM_3WAY;
    };
  }

  private static Mat gray(ByteImage image, int extra) {
    ByteImage luma = image.luma();
    int width = luma.width() + extra;
    byte[] pixels = new byte[width * luma.height()];
    for (int y = 0; y < luma.height(); y++) {
      int row = luma.index(0, y);
      Arrays.fill(pixels, y * width, y * width + extra, luma.array()[row]);
      System.arraycopy(luma.array(), row, pixels, y * width + extra, luma.width());
    }
    return new Mat(luma.height(), width, opencv_core.CV_8UC1, new BytePointer(pixels));
  }
}
