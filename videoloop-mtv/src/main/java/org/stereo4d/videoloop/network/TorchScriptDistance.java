package org.stereo4d.videoloop.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.network.Device;
import org.stereo4d.network.ModelContract;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TensorSpec;
import org.stereo4d.network.Tensors;
import org.stereo4d.network.TorchScriptModel;
import org.stereo4d.videoloop.metric.FrameDistance;

/** A learned distance of pictures from a TorchScript file, such as LPIPS. */
public final class TorchScriptDistance implements FrameDistance, AutoCloseable {
  /** Two pictures in [-1, 1] to one number. */
  public static final ModelContract CONTRACT =
      new ModelContract(
          "distance of two pictures",
          List.of(TensorSpec.real("first", "1 3 h w"), TensorSpec.real("second", "1 3 h w")),
          List.of(TensorSpec.real("distance", "1 1 1 1")));

  private final TorchScriptModel model;

  /** A distance around a program; closing it closes the program. */
  public TorchScriptDistance(TorchScriptModel model) {
    this.model = model;
  }

  /** Loads a file. */
  public static TorchScriptDistance load(Path file, Device device) throws IOException {
    return new TorchScriptDistance(
        TorchScriptModel.load(file, CONTRACT, device, Precision.FLOAT32));
  }

  @Override
  public double between(ByteImage a, ByteImage b) {
    try (NDManager scope = model.newScope()) {
      NDArray first = Tensors.ofImages(scope, a.toFloat()).mul(2).sub(1);
      NDArray second = Tensors.ofImages(scope, b.toFloat()).mul(2).sub(1);
      return model.run(new NDList(first, second)).head().toFloatArray()[0];
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
