package org.stereo4d.stereocrafter.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.ColorNormalization;
import org.stereo4d.network.ModelContract;
import org.stereo4d.network.SizeRule;
import org.stereo4d.network.TensorSpec;
import org.stereo4d.network.TorchScriptModel;
import org.stereo4d.stereocrafter.depth.WindowDepthNetwork;

/**
 * A video depth network of the Video-Depth-Anything class as a TorchScript program: normalised RGB
 * (1, T, 3, H, W) to relative inverse depth (1, T, H, W). Owns the program.
 */
public final class TorchScriptWindowDepth implements WindowDepthNetwork, AutoCloseable {
  /** What the program takes and gives. */
  public static final ModelContract CONTRACT =
      new ModelContract(
          "relative inverse depth of a window of frames",
          List.of(TensorSpec.real("frames", "1 t 3 h w")),
          List.of(TensorSpec.real("depth", "1 t h w")));

  private static final int SIDE_PX = 518;
  private static final int MULTIPLE_PX = 14;
  private static final double WIDE = 1.78;
  private static final double WIDEST = 1.777;

  private final TorchScriptModel program;

  /** Runs a program of {@link #CONTRACT}. */
  public TorchScriptWindowDepth(TorchScriptModel program) {
    this.program = program;
  }

  @Override
  public ImageSize inputSize(ImageSize frame) {
    double aspect =
        Math.max(frame.width(), frame.height()) / (double) Math.min(frame.width(), frame.height());
    int side = SIDE_PX;
    if (aspect > WIDE) {
      int shorter = (int) (SIDE_PX * WIDEST / aspect);
      side = Math.max(1, (int) Math.rint(shorter / (double) MULTIPLE_PX)) * MULTIPLE_PX;
    }
    return SizeRule.LOWER_BOUND.sizeFor(frame, side, MULTIPLE_PX);
  }

  @Override
  public List<FloatImage> estimate(List<FloatImage> frames) {
    ImageSize size = frames.get(0).size();
    float[] values = new float[frames.size() * 3 * size.area()];
    for (int t = 0; t < frames.size(); t++) {
      float[] planes = ColorNormalization.IMAGENET.apply(frames.get(t)).planes();
      System.arraycopy(planes, 0, values, t * planes.length, planes.length);
    }
    try (NDManager scope = program.newScope()) {
      NDArray input =
          scope.create(values, new Shape(1, frames.size(), 3, size.height(), size.width()));
      float[] depth = program.run(new NDList(input)).head().toFloatArray();
      List<FloatImage> out = new ArrayList<>();
      for (int t = 0; t < frames.size(); t++) {
        float[] map = Arrays.copyOfRange(depth, t * size.area(), (t + 1) * size.area());
        for (int i = 0; i < map.length; i++) {
          map[i] = Math.max(0, map[i]);
        }
        out.add(FloatImage.wrap(map, size, 1));
      }
      return out;
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
