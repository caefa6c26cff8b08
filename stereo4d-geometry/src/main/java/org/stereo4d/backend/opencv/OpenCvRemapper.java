package org.stereo4d.backend.opencv;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.stereo4d.backend.BackendException;
import org.stereo4d.backend.NativeLibraries;
import org.stereo4d.image.Border;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.warp.ImageRemapper;
import org.stereo4d.warp.RemapOptions;
import org.stereo4d.warp.RemapTable;
import org.stereo4d.warp.Sampling;

/**
 * OpenCV's remap. It rounds coordinates to 1/32 px whatever the rule: against exact arithmetic it
 * is up to six levels off on noise, under one on average. Sides of 32 768 and more overflow inside
 * it and are refused.
 */
public final class OpenCvRemapper implements ImageRemapper {
  private static final int MAX_SIDE_PX = 32_767;

  /** A remapper; the engine is loaded by the first call. */
  public OpenCvRemapper() {}

  @Override
  public void remap(ByteImage source, RemapTable table, RemapOptions options, ByteImage target) {
    check(source.size(), source.channels(), table);
    table.checkTarget(source, target);
    Check.that(options.border() != Border.NAN, "border NAN needs a float picture");
    run(
        () -> {
          Mat in = bytes(source);
          Mat out = warp(in, table, options);
          out.data().get(target.array());
        });
  }

  @Override
  public FloatImage remap(FloatImage source, RemapTable table, RemapOptions options) {
    check(source.size(), source.channels(), table);
    FloatImage target = FloatImage.create(table.targetSize(), source.channels());
    run(
        () -> {
          Mat in =
              floats(source.contiguous(), source.size(), opencv_core.CV_32FC(source.channels()));
          Mat out = warp(in, table, options);
          new FloatPointer(out.data()).get(target.array());
        });
    return target;
  }

  private static void check(ImageSize size, int channels, RemapTable table) {
    Check.that(
        size.equals(table.sourceSize()),
        "the table reads pictures of %s, was given %s",
        table.sourceSize(),
        size);
    Check.that(channels <= 4, "OpenCV's remap takes at most 4 channels, had %s", channels);
    Check.that(
        Math.max(size.width(), size.height()) <= MAX_SIDE_PX
            && Math.max(table.targetSize().width(), table.targetSize().height()) <= MAX_SIDE_PX,
        "sides must be <= %s, were %s to %s",
        MAX_SIDE_PX,
        size,
        table.targetSize());
  }

  private static void run(Runnable work) {
    NativeLibraries.prepareJavaCpp();
    try (PointerScope scope = new PointerScope()) {
      work.run();
    } catch (LinkageError e) {
      throw OpenCvProvider.missing("remap", e);
    } catch (RuntimeException e) {
      throw new BackendException("OpenCV remap failed: " + e.getMessage(), e);
    }
  }

  private static Mat bytes(ByteImage image) {
    return new Mat(
        image.height(),
        image.width(),
        opencv_core.CV_8UC(image.channels()),
        new BytePointer(image.contiguous()));
  }

  private static Mat floats(float[] values, ImageSize size, int type) {
    return new Mat(size.height(), size.width(), type, new FloatPointer(values));
  }

  private static Mat warp(Mat in, RemapTable table, RemapOptions options) {
    Mat x = floats(finite(table.xIndex()), table.targetSize(), opencv_core.CV_32FC1);
    Mat y = floats(finite(table.yIndex()), table.targetSize(), opencv_core.CV_32FC1);
    Mat out = new Mat();
    double outside = options.border() == Border.NAN ? Double.NaN : 0;
    opencv_imgproc.remap(
        in, out, x, y, rule(options.sampling()), border(options.border()), Scalar.all(outside));
    return out;
  }

  /** NaN would become an arbitrary integer inside the engine. */
  private static float[] finite(float[] index) {
    float[] out = index.clone();
    for (int k = 0; k < out.length; k++) {
      out[k] = out[k] >= -1000 ? Math.min(out[k], 40_000) : -1000;
    }
    return out;
  }

  private static int rule(Sampling sampling) {
    return switch (sampling) {
      case NEAREST -> opencv_imgproc.INTER_NEAREST;
      case BILINEAR, FIXED_POINT -> opencv_imgproc.INTER_LINEAR;
      case BICUBIC, FIXED_POINT_BICUBIC -> opencv_imgproc.INTER_CUBIC;
    };
  }

  private static int border(Border border) {
    return switch (border) {
      case ZERO, NAN -> opencv_core.BORDER_CONSTANT;
      case REPLICATE -> opencv_core.BORDER_REPLICATE;
      case REFLECT_101 -> opencv_core.BORDER_REFLECT_101;
    };
  }
}
