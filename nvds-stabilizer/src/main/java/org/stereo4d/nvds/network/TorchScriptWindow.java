package org.stereo4d.nvds.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.Device;
import org.stereo4d.network.ModelContract;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TensorSpec;
import org.stereo4d.network.Tensors;
import org.stereo4d.network.TorchScriptModel;
import org.stereo4d.nvds.InferenceSize;
import org.stereo4d.run.Check;

/**
 * A stabiliser as a TorchScript file, any network of {@link #CONTRACT}. It cannot share the work on
 * a frame between windows. A traced file accepts the size it was traced for only.
 */
public final class TorchScriptWindow implements WindowNetwork {
  /** What the file takes and gives. */
  public static final ModelContract CONTRACT =
      new ModelContract(
          "steady inverse depth of the last of four frames",
          List.of(TensorSpec.real("window", "1 4 4 h w")),
          List.of(TensorSpec.real("depth", "1 1 h w")));

  private final TorchScriptModel model;
  private final int multiplePx;

  /**
   * A stabiliser that owns a program of {@link #CONTRACT}.
   *
   * @param multiplePx what both sides must be a multiple of; > 0
   */
  public TorchScriptWindow(TorchScriptModel model, int multiplePx) {
    Check.that(multiplePx > 0, "multiplePx must be > 0, was %s", multiplePx);
    this.model = model;
    this.multiplePx = multiplePx;
  }

  /** Loads a file whose sides are multiples of 4. */
  public static TorchScriptWindow load(Path file, Device device, Precision precision)
      throws IOException {
    return new TorchScriptWindow(TorchScriptModel.load(file, CONTRACT, device, precision), 4);
  }

  private record Encoded(FloatImage frame) implements EncodedFrame {
    @Override
    public ImageSize size() {
      return frame.size();
    }

    @Override
    public void close() {}
  }

  @Override
  public EncodedFrame encode(FloatImage frame) {
    Check.that(frame.channels() == 4, "a frame has 4 channels, had %s", frame.channels());
    InferenceSize.require(frame.size(), multiplePx);
    return new Encoded(frame);
  }

  @Override
  public FloatImage decode(List<? extends EncodedFrame> window) {
    Check.that(window.size() == 4, "a window has 4 frames, had %s", window.size());
    FloatImage[] frames = new FloatImage[4];
    for (int k = 0; k < 4; k++) {
      Check.that(window.get(k) instanceof Encoded, "frame %s was encoded by another network", k);
      frames[k] = ((Encoded) window.get(k)).frame();
    }
    try (NDManager scope = model.newScope()) {
      NDArray stacked = Tensors.ofImages(scope, frames);
      Shape shape = stacked.getShape();
      NDArray input = stacked.reshape(1, 4, 4, shape.get(2), shape.get(3));
      NDArray output = model.run(new NDList(input)).head();
      return Tensors.toImage(DepthHead.relu(output), 0);
    }
  }

  @Override
  public int multiplePx() {
    return multiplePx;
  }

  @Override
  public void close() {
    model.close();
  }
}
