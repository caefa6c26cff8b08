package org.stereo4d.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.run.Check;

/**
 * Dense flow by a TorchScript file of the RAFT family (contract K.1): it takes two RGB pictures (1,
 * 3, H, W) with values 0..255 and gives the flow from the first to the second (1, 2, H, W), pixels.
 *
 * <p>Sides are extended to multiples by repeating the last column and row. With halvings the
 * pictures are halved first, the flow is enlarged and multiplied, as the reference does once for
 * SEA-RAFT. Thread-safe.
 */
public final class TorchScriptFlow implements FlowEstimator, AutoCloseable {
  /** What the file takes and gives. */
  public static final ModelContract CONTRACT =
      new ModelContract(
          "dense flow between two pictures",
          List.of(TensorSpec.real("from", "1 3 h w"), TensorSpec.real("to", "1 3 h w")),
          List.of(TensorSpec.real("flow", "1 2 h w")));

  private static final ImageResizer BILINEAR = new ImageResizer(ResizeFilter.BILINEAR);

  private final Options options;
  private final TorchScriptModel network;

  /**
   * What the network needs of its input.
   *
   * @param multiplePx sides are extended to multiples of this; > 0. RAFT and SEA-RAFT need 8
   * @param halvings how often the pictures are halved first; 0..4
   */
  public record Options(int multiplePx, int halvings) {
    /** Multiples of 8, full size. */
    public static final Options DEFAULTS = new Options(8, 0);

    /** Multiples of 8, halved once: SEA-RAFT's scale of -1. */
    public static final Options SEA_RAFT = new Options(8, 1);

    /** Checks the ranges. */
    public Options {
      Check.that(multiplePx > 0, "multiplePx must be > 0, was %s", multiplePx);
      Check.that(halvings >= 0 && halvings <= 4, "halvings must be in 0..4, was %s", halvings);
    }
  }

  /** An estimator that owns a program of {@link #CONTRACT}. */
  public TorchScriptFlow(Options options, TorchScriptModel network) {
    this.options = options;
    this.network = network;
  }

  /**
   * Loads a file.
   *
   * @throws IOException if the file cannot be read
   */
  public static TorchScriptFlow load(Path file, Options options, Device device, Precision precision)
      throws IOException {
    return new TorchScriptFlow(options, TorchScriptModel.load(file, CONTRACT, device, precision));
  }

  @Override
  public FlowField flow(ByteImage from, ByteImage to) {
    Check.that(
        from.size().equals(to.size()),
        "both pictures must have one size, had %s and %s",
        from.size(),
        to.size());
    ImageSize size = from.size();
    int factor = 1 << options.halvings();
    ImageSize small =
        new ImageSize(Math.max(1, size.width() / factor), Math.max(1, size.height() / factor));
    ImageSize padded = new ImageSize(multiple(small.width()), multiple(small.height()));
    FloatImage field = run(input(from, small, padded), input(to, small, padded));
    FloatImage cropped = field.crop(0, 0, small);
    return new FlowField(factor == 1 ? cropped.copy() : enlarge(cropped, size));
  }

  private int multiple(int side) {
    return (side + options.multiplePx() - 1) / options.multiplePx() * options.multiplePx();
  }

  private static FloatImage enlarge(FloatImage field, ImageSize size) {
    FloatImage out = BILINEAR.resize(field, size);
    float scaleX = size.width() / (float) field.width();
    float scaleY = size.height() / (float) field.height();
    for (int k = 0; k < out.array().length; k += 2) {
      out.array()[k] *= scaleX;
      out.array()[k + 1] *= scaleY;
    }
    return out;
  }

  /** Values 0..255 in three channels, halved and extended. */
  private static FloatImage input(ByteImage image, ImageSize small, ImageSize padded) {
    ByteImage rgb = image.channels() == 1 ? image.grayToRgb() : image;
    FloatImage floats = rgb.toFloat();
    FloatImage scaled = small.equals(rgb.size()) ? floats : BILINEAR.resize(floats, small);
    FloatImage out = FloatImage.create(padded, 3);
    for (int y = 0; y < padded.height(); y++) {
      int row = Math.min(y, small.height() - 1);
      for (int x = 0; x < padded.width(); x++) {
        int i = scaled.index(Math.min(x, small.width() - 1), row);
        int o = out.index(x, y);
        for (int c = 0; c < 3; c++) {
          out.array()[o + c] = 255 * scaled.array()[i + c];
        }
      }
    }
    return out;
  }

  private FloatImage run(FloatImage from, FloatImage to) {
    try (NDManager scope = network.newScope()) {
      NDArray field =
          network
              .run(new NDList(Tensors.ofImages(scope, from), Tensors.ofImages(scope, to)))
              .head();
      return Tensors.toImage(field, 0);
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
