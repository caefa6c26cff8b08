package org.stereo4d.backend.opencv;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_video.DISOpticalFlow;
import org.stereo4d.backend.BackendException;
import org.stereo4d.backend.NativeLibraries;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * Dense flow by OpenCV's inverse search on 8-bit luma. Thread-safe: each call has an engine object
 * of its own, which costs little against the search.
 */
public final class OpenCvDisFlow implements FlowEstimator {
  private static final int PATCH_PX = 8;
  private static final int MIN_SIDE_PX = 32;
  private static final int MAX_SIDE_PX = 32_767;

  private final DisFlowOptions options;

  /** An estimator; the engine is loaded by the first call of {@link #flow}. */
  public OpenCvDisFlow(DisFlowOptions options) {
    this.options = options;
  }

  @Override
  public FlowField flow(ByteImage from, ByteImage to) {
    Check.that(
        from.size().equals(to.size()),
        "both pictures must have one size, had %s and %s",
        from.size(),
        to.size());
    Check.that(
        from.width() <= MAX_SIDE_PX && from.height() <= MAX_SIDE_PX,
        "both sides must be <= %s, were %s",
        MAX_SIDE_PX,
        from.size());
    int least = Math.max(MIN_SIDE_PX, PATCH_PX << options.finestScale());
    ImageSize size = new ImageSize(Math.max(least, from.width()), Math.max(least, from.height()));
    NativeLibraries.prepareJavaCpp();
    float[] px;
    try {
      px = search(extend(from.luma(), size), extend(to.luma(), size), size);
    } catch (LinkageError e) {
      throw OpenCvProvider.missing("DIS flow", e);
    } catch (RuntimeException e) {
      throw new BackendException("OpenCV DIS flow of " + size + " failed: " + e.getMessage(), e);
    }
    FloatImage field = FloatImage.wrap(px, size, 2);
    return new FlowField(size.equals(from.size()) ? field : field.crop(0, 0, from.size()).copy());
  }

  private float[] search(byte[] from, byte[] to, ImageSize size) {
    float[] out = new float[2 * size.area()];
    try (PointerScope scope = new PointerScope()) {
      DISOpticalFlow search = DISOpticalFlow.create(nativePreset());
      search.setFinestScale(options.finestScale());
      Mat flow = new Mat();
      search.calc(gray(from, size), gray(to, size), flow);
      new FloatPointer(flow.data()).get(out);
    }
    return out;
  }

  private int nativePreset() {
    return switch (options.preset()) {
      case ULTRAFAST -> DISOpticalFlow.PRESET_ULTRAFAST;
      case FAST -> DISOpticalFlow.PRESET_FAST;
      case MEDIUM -> DISOpticalFlow.PRESET_MEDIUM;
    };
  }

  private static Mat gray(byte[] pixels, ImageSize size) {
    return new Mat(size.height(), size.width(), opencv_core.CV_8UC1, new BytePointer(pixels));
  }

  /** The gray pixels with the last column and row repeated up to a size. */
  private static byte[] extend(ByteImage gray, ImageSize size) {
    if (gray.size().equals(size)) {
      return gray.contiguous();
    }
    byte[] out = new byte[size.area()];
    for (int y = 0, to = 0; y < size.height(); y++) {
      int row = gray.index(0, Math.min(y, gray.height() - 1));
      for (int x = 0; x < size.width(); x++, to++) {
        out[to] = gray.array()[row + Math.min(x, gray.width() - 1)];
      }
    }
    return out;
  }
}
