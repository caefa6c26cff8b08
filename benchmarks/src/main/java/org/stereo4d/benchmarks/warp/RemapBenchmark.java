package org.stereo4d.benchmarks.warp;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.CV_16SC2;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.convertMaps;
import static org.bytedeco.opencv.global.opencv_imgproc.remap;

import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stereo4d.camera.EquirectCamera;
import org.stereo4d.camera.FovBounds;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.warp.RemapTable;

/**
 * A 60-degree view of an equirectangular eye, RGB bytes, bilinear. Rival: OpenCV's remap with
 * fixed-point maps on the same coordinates. Per target pixel both move 12 bytes of source, 6 of
 * table and 3 of target.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RemapBenchmark {
  /** Side of the eye and of the view, px. */
  @Param({"3840:2048", "3840:512", "511:257"})
  public String sides = "511:257";

  /** Worker threads. */
  @Param({"1", "2"})
  public int threads = 1;

  private ByteImage eye;
  private RemapTable table;
  private ByteImage ours;
  private ForkJoinPool pool;
  private Mat eyeMat;
  private Mat mapXy;
  private Mat mapFraction;
  private final Mat view = new Mat();

  /** Builds one random eye, smoothed by its own size, and both tables. */
  @Setup
  public void prepare() {
    String[] parts = sides.split(":");
    ImageSize eyeSize = new ImageSize(Integer.parseInt(parts[0]), Integer.parseInt(parts[0]));
    int side = Integer.parseInt(parts[1]);
    eye = ByteImage.create(eyeSize, 3);
    new Random(1).nextBytes(eye.array());
    PinholeCamera camera = PinholeCamera.ofHorizontalFovDegrees(new ImageSize(side, side), 60);
    table =
        RemapTable.between(camera, EquirectCamera.of(eyeSize, FovBounds.VR180), Rotation3.IDENTITY);
    ours = ByteImage.create(camera.size(), 3);
    pool = new ForkJoinPool(threads);
    opencv_core.setNumThreads(threads);
    eyeMat = new Mat(eyeSize.height(), eyeSize.width(), CV_8UC3);
    eyeMat.data().put(eye.array(), 0, eye.array().length);
    Mat x = new Mat(side, side, CV_32F);
    Mat y = new Mat(side, side, CV_32F);
    new FloatPointer(x.data()).put(table.xIndex(), 0, side * side);
    new FloatPointer(y.data()).put(table.yIndex(), 0, side * side);
    mapXy = new Mat();
    mapFraction = new Mat();
    convertMaps(x, y, mapXy, mapFraction, CV_16SC2, false);
    checkAnswer();
  }

  private void checkAnswer() {
    byte[] rival = new byte[openCv().rows() * view.cols() * 3];
    view.data().get(rival);
    byte[] own = plain().array();
    double sum = 0;
    for (int i = 0; i < own.length; i++) {
      sum += Math.abs((own[i] & 0xff) - (rival[i] & 0xff));
    }
    // the rival rounds coordinates to 1/32 px, which costs under a level on average on noise
    if (sum / own.length > 1.5) {
      throw new IllegalStateException("mean difference " + sum / own.length);
    }
  }

  /** Our kernel. */
  @Benchmark
  public ByteImage plain() {
    return pool.submit(
            () -> {
              table.apply(eye, ours);
              return ours;
            })
        .join();
  }

  /** The rival. */
  @Benchmark
  public Mat openCv() {
    remap(eyeMat, view, mapXy, mapFraction, INTER_LINEAR, BORDER_CONSTANT, new Scalar());
    return view;
  }

  /** Frees the native pictures. */
  @TearDown
  public void close() {
    pool.shutdown();
    eyeMat.close();
    mapXy.close();
    mapFraction.close();
    view.close();
  }
}
