package org.stereo4d.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.stereo4d.depth.DepthEstimator;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * Relative inverse depth by a TorchScript file: it takes normalised RGB (1, 3, H, W) and gives (1,
 * H, W). Thread-safe.
 */
public final class TorchScriptDepthEstimator implements DepthEstimator, AutoCloseable {
  /** What the file takes and gives. */
  public static final ModelContract CONTRACT =
      new ModelContract(
          "relative inverse depth from one picture",
          List.of(TensorSpec.real("image", "1 3 h w")),
          List.of(TensorSpec.real("depth", "1 h w")));

  private final DepthModel model;
  private final TorchScriptModel network;

  /** An estimator that owns a program of {@link #CONTRACT}. */
  public TorchScriptDepthEstimator(DepthModel model, TorchScriptModel network) {
    this.model = model;
    this.network = network;
  }

  /**
   * Loads a file.
   *
   * @param model the numbers of the network in the file
   * @throws IOException if the file cannot be read
   */
  public static TorchScriptDepthEstimator load(
      Path file, DepthModel model, Device device, Precision precision) throws IOException {
    return new TorchScriptDepthEstimator(
        model, TorchScriptModel.load(file, CONTRACT, device, precision));
  }

  @Override
  public InverseDepthMap estimate(ByteImage rgb) {
    return model.finish(run(model.prepare(rgb)), rgb.size());
  }

  /**
   * The map of a picture that has a size of the network already, not resized.
   *
   * @param rgb colours in [0, 1], or beyond after a cubic resize
   */
  public InverseDepthMap estimateUnscaled(FloatImage rgb) {
    int multiple = model.multiplePx();
    Check.that(
        rgb.width() % multiple == 0 && rgb.height() % multiple == 0,
        "sides must be multiples of %s, were %s; the nearest size is %sx%s",
        multiple,
        rgb.size(),
        nearest(rgb.width(), multiple),
        nearest(rgb.height(), multiple));
    return model.finish(run(model.normalization().apply(rgb)), rgb.size());
  }

  private static int nearest(int side, int multiple) {
    return Math.max(1, Math.round((float) side / multiple)) * multiple;
  }

  private FloatImage run(FloatImage input) {
    try (NDManager scope = network.newScope()) {
      NDArray image = Tensors.ofImages(scope, input);
      NDArray depth = network.run(new NDList(image)).head();
      return FloatImage.wrap(depth.toFloatArray(), new ImageSize(input.width(), input.height()), 1);
    }
  }

  /** The numbers of the network. */
  public DepthModel model() {
    return model;
  }

  @Override
  public void close() {
    network.close();
  }
}
