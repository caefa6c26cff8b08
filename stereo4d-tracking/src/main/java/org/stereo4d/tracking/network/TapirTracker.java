package org.stereo4d.tracking.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.network.Device;
import org.stereo4d.network.ModelContract;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TensorSpec;
import org.stereo4d.network.TorchScriptModel;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.tracking.PointTracker;
import org.stereo4d.tracking.TrackedPoints;

/**
 * Points followed by a TAPIR-class TorchScript file (spec D.2, K.2). Confidence is the score that
 * decides visibility.
 *
 * <p>Memory: the frames of the clip at the network's size as floats, on the device. Closing it
 * frees the network.
 */
public final class TapirTracker implements PointTracker, AutoCloseable {
  private static final List<TensorSpec> OUTPUTS =
      List.of(
          TensorSpec.real("tracks", "1 n t 2"),
          TensorSpec.real("occlusion", "1 n t"),
          TensorSpec.real("expected_dist", "1 n t"));

  /** One file: frames and queries to tracks. */
  public static final ModelContract CONTRACT =
      new ModelContract(
          "point tracking",
          List.of(TensorSpec.real("frames", "1 t h w 3"), TensorSpec.real("queries", "1 n 3")),
          OUTPUTS);

  /** First of two files: frames to features of any shape. */
  public static final ModelContract ENCODER_CONTRACT =
      new ModelContract(
          "features of a clip for point tracking",
          List.of(TensorSpec.real("frames", "1 t h w 3")),
          List.of(TensorSpec.real("features", "1 t ? ? ?")));

  /** Second of two files: features and queries to tracks. */
  public static final ModelContract QUERY_CONTRACT =
      new ModelContract(
          "point tracking from features",
          List.of(TensorSpec.real("features", "1 t ? ? ?"), TensorSpec.real("queries", "1 n 3")),
          OUTPUTS);

  private final TapirOptions options;
  private final Optional<TorchScriptModel> encoder;
  private final TorchScriptModel network;

  /** A tracker that owns a program of {@link #CONTRACT}. */
  public TapirTracker(TapirOptions options, TorchScriptModel network) {
    this.options = options;
    this.encoder = Optional.empty();
    this.network = network;
  }

  /** A tracker that owns programs of {@link #ENCODER_CONTRACT} and {@link #QUERY_CONTRACT}. */
  public TapirTracker(TapirOptions options, TorchScriptModel encoder, TorchScriptModel network) {
    this.options = options;
    this.encoder = Optional.of(encoder);
    this.network = network;
  }

  /**
   * Loads one file.
   *
   * @throws IOException if it cannot be read
   */
  public static TapirTracker load(
      Path file, TapirOptions options, Device device, Precision precision) throws IOException {
    return new TapirTracker(options, TorchScriptModel.load(file, CONTRACT, device, precision));
  }

  /**
   * Loads encoder and query program.
   *
   * @throws IOException if one cannot be read
   */
  public static TapirTracker load(
      Path encoderFile, Path queryFile, TapirOptions options, Device device, Precision precision)
      throws IOException {
    TorchScriptModel encoder =
        TorchScriptModel.load(encoderFile, ENCODER_CONTRACT, device, precision);
    try {
      return new TapirTracker(
          options, encoder, TorchScriptModel.load(queryFile, QUERY_CONTRACT, device, precision));
    } catch (IOException | RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  @Override
  public TrackedPoints track(Iterable<ByteImage> frames, QueryPoints queries, Progress progress) {
    try (NDManager scope = network.newScope()) {
      List<NDArray> rows = new ArrayList<>();
      ImageSize size = readFrames(frames, scope, rows, progress);
      int frameCount = rows.size();
      for (int i = 0; i < queries.count(); i++) {
        Check.that(
            queries.frame(i) < frameCount,
            "query %s: frame must be < %s, was %s",
            i,
            frameCount,
            queries.frame(i));
      }
      NDArray joined = NDArrays.concat(new NDList(rows), 0);
      rows.forEach(NDArray::close);
      NDArray pictures = joined.expandDims(0);
      joined.close();
      if (encoder.isEmpty()) {
        return run(pictures, size, frameCount, queries, progress);
      }
      NDArray features = encoder.get().run(new NDList(pictures)).head();
      pictures.close();
      return run(features, size, frameCount, queries, progress);
    }
  }

  private ImageSize readFrames(
      Iterable<ByteImage> frames, NDManager scope, List<NDArray> rows, Progress progress) {
    ImageResizer resizer = new ImageResizer(ResizeFilter.LANCZOS);
    ImageSize size = options.inputSize();
    for (ByteImage frame : frames) {
      Check.that(
          rows.isEmpty() || frame.size().equals(size),
          "frame %s must have the size of the first, %s, had %s",
          rows.size(),
          size,
          frame.size());
      size = frame.size();
      ByteImage rgb = frame.channels() == 1 ? frame.grayToRgb() : frame;
      ByteImage resized =
          size.equals(options.inputSize()) ? rgb : resizer.resize(rgb, options.inputSize());
      rows.add(tensor(resized, scope));
      if (progress.finishAfter(Step.of("read frames", rows.size(), 0))) {
        break;
      }
    }
    Check.that(!rows.isEmpty(), "a clip needs at least one frame, had %s", rows.size());
    return size;
  }

  private static NDArray tensor(ByteImage image, NDManager scope) {
    byte[] bytes = image.contiguous();
    float[] values = new float[bytes.length];
    for (int k = 0; k < bytes.length; k++) {
      values[k] = (bytes[k] & 0xff) / 255f * 2 - 1;
    }
    return scope.create(
        FloatBuffer.wrap(values), new Shape(1, image.height(), image.width(), image.channels()));
  }

  private TrackedPoints run(
      NDArray clip, ImageSize size, int frameCount, QueryPoints queries, Progress progress) {
    double toWidth = options.inputSize().width() / (double) size.width();
    double toHeight = options.inputSize().height() / (double) size.height();
    NDManager keeper = clip.getManager();
    int entries = Math.multiplyExact(queries.count(), frameCount);
    float[] xy = new float[Math.multiplyExact(2, entries)];
    boolean[] visible = new boolean[entries];
    byte[] confidence = new byte[entries];
    for (int first = 0; first < queries.count(); ) {
      int count = Math.min(options.chunk(), queries.count() - first);
      float[] tyx = new float[3 * count];
      for (int k = 0; k < count; k++) {
        tyx[3 * k] = queries.frame(first + k);
        tyx[3 * k + 1] = (float) (queries.yPx(first + k) * toHeight);
        tyx[3 * k + 2] = (float) (queries.xPx(first + k) * toWidth);
      }
      try (NDManager scope = network.newScope()) {
        NDArray asked = scope.create(tyx, new Shape(1, count, 3));
        clip.attach(scope); // outputs belong to the scope of the first input
        NDList found = network.run(new NDList(clip, asked));
        clip.attach(keeper);
        float[] places = found.get(0).toFloatArray();
        float[] occlusion = found.get(1).toFloatArray();
        float[] distance = found.get(2).toFloatArray();
        for (int k = 0; k < count * frameCount; k++) {
          int entry = first * frameCount + k;
          xy[2 * entry] = (float) (places[2 * k] / toWidth);
          xy[2 * entry + 1] = (float) (places[2 * k + 1] / toHeight);
          double score = TapirVisibility.score(occlusion[k], distance[k]);
          visible[entry] = TapirVisibility.isVisible(score);
          confidence[entry] = TrackedPoints.quantized(score);
        }
      }
      first += count;
      if (progress.finishAfter(Step.of("track points", first, queries.count()))) {
        break;
      }
    }
    Tracks2d tracks = Tracks2d.wrap(queries, frameCount, xy, visible);
    return TrackedPoints.wrap(tracks, confidence);
  }

  @Override
  public void close() {
    encoder.ifPresent(TorchScriptModel::close);
    network.close();
  }
}
