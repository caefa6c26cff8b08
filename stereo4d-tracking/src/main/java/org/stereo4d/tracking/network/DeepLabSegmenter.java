package org.stereo4d.tracking.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.network.Device;
import org.stereo4d.network.ModelContract;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TensorSpec;
import org.stereo4d.network.TorchScriptModel;
import org.stereo4d.tracking.drift.ClassMap;
import org.stereo4d.tracking.drift.ClassNames;
import org.stereo4d.tracking.drift.Segmenter;

/**
 * Segmentation by a DeepLab-class TorchScript file (spec E.1, K.3). Closing it frees the network.
 */
public final class DeepLabSegmenter implements Segmenter, AutoCloseable {
  /** What the file takes and gives. */
  public static final ModelContract CONTRACT =
      new ModelContract(
          "segmentation",
          List.of(TensorSpec.integer("image", "1 h w 3")),
          List.of(TensorSpec.integer("classes", "1 h w")));

  private static final int LONGER_SIDE_PX = 513;

  private final ClassNames names;
  private final TorchScriptModel network;

  /** A segmentation that owns a program of {@link #CONTRACT}. */
  public DeepLabSegmenter(ClassNames names, TorchScriptModel network) {
    this.names = names;
    this.network = network;
  }

  /**
   * Loads a file trained on ADE20K.
   *
   * @throws IOException if it cannot be read
   */
  public static DeepLabSegmenter load(Path file, Device device) throws IOException {
    return new DeepLabSegmenter(
        ClassNames.ADE20K, TorchScriptModel.load(file, CONTRACT, device, Precision.FLOAT32));
  }

  /** Size the network sees: the longer side 513, the other in proportion, rounded to nearest. */
  static ImageSize inputSize(ImageSize size) {
    double scale = LONGER_SIDE_PX / (double) Math.max(size.width(), size.height());
    return new ImageSize(
        (int) Math.max(1, Math.round(scale * size.width())),
        (int) Math.max(1, Math.round(scale * size.height())));
  }

  @Override
  public ClassNames names() {
    return names;
  }

  @Override
  public ClassMap segment(ByteImage picture) {
    ByteImage rgb = picture.channels() == 1 ? picture.grayToRgb() : picture;
    ImageSize size = inputSize(picture.size());
    ByteImage input = new ImageResizer(ResizeFilter.LANCZOS).resize(rgb, size);
    try (NDManager scope = network.newScope()) {
      NDArray image =
          scope.create(
              ByteBuffer.wrap(input.contiguous()),
              new Shape(1, size.height(), size.width(), 3),
              DataType.UINT8);
      NDArray classes = network.run(new NDList(image)).head();
      long[] found = classes.toType(DataType.INT64, false).toLongArray();
      byte[] out = new byte[found.length];
      for (int k = 0; k < out.length; k++) {
        boolean known = found[k] >= 0 && found[k] < names.count();
        out[k] = (byte) (known ? found[k] : ClassMap.BACKGROUND);
      }
      return ClassMap.wrap(out, size).resized(picture.size());
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
