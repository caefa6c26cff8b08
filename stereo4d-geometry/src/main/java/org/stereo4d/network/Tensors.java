package org.stereo4d.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.checkpoint.CheckpointTensor;
import org.stereo4d.run.Check;

/** Our values as arrays of the engine and back; the door where element types are guarded. */
public final class Tensors {
  private Tensors() {}

  /**
   * Refuses element types that end the process inside the native library.
   *
   * @throws IllegalArgumentException if the type is one of those
   */
  public static void requireSafe(DataType type) {
    boolean safe =
        switch (type) {
          case FLOAT32, FLOAT64, FLOAT16, UINT8, INT32, INT8, INT64, BOOLEAN -> true;
          default -> false;
        };
    Check.that(safe, "arrays of %s would end the process, use another type", type);
  }

  /**
   * A tensor of a file. Real numbers become float, halves stay halves when asked for; small and
   * unsigned integers are widened to those the engine has.
   *
   * @param precision of real numbers; integers keep theirs
   */
  public static NDArray of(NDManager scope, CheckpointTensor tensor, Precision precision)
      throws IOException {
    Shape shape = new Shape(Arrays.stream(tensor.shape()).asLongStream().toArray());
    return switch (tensor.type()) {
      case FLOAT32, FLOAT16, BFLOAT16, FLOAT64 ->
          real(scope, tensor, shape).toType(precision.dataType(), false);
      case BOOL -> raw(scope, tensor, shape, DataType.BOOLEAN);
      case UINT8 -> raw(scope, tensor, shape, DataType.UINT8);
      case INT8 -> raw(scope, tensor, shape, DataType.INT8);
      case INT32 -> raw(scope, tensor, shape, DataType.INT32);
      case INT64, UINT64 -> raw(scope, tensor, shape, DataType.INT64);
      case UINT16, INT16, UINT32 -> scope.create(tensor.longs(), shape);
    };
  }

  private static NDArray real(NDManager scope, CheckpointTensor tensor, Shape shape)
      throws IOException {
    return switch (tensor.type()) {
      case FLOAT32 -> raw(scope, tensor, shape, DataType.FLOAT32);
      case FLOAT16 -> raw(scope, tensor, shape, DataType.FLOAT16);
      default -> scope.create(tensor.floats(), shape);
    };
  }

  private static NDArray raw(NDManager scope, CheckpointTensor tensor, Shape shape, DataType type)
      throws IOException {
    long bytes = (long) tensor.count() * tensor.type().itemBytes();
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    tensor.read(buffer);
    return scope.create(buffer.flip(), shape, type);
  }

  /** Images of one size as (N, C, H, W). */
  public static NDArray ofImages(NDManager scope, FloatImage... images) {
    Check.that(images.length > 0, "at least one image is needed");
    FloatImage first = images[0];
    int samples = first.size().area() * first.channels();
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(Math.multiplyExact(4 * images.length, samples))
            .order(ByteOrder.nativeOrder());
    for (FloatImage image : images) {
      Check.that(
          image.size().equals(first.size()) && image.channels() == first.channels(),
          "images must have one shape, were %s and %s",
          first,
          image);
      buffer.asFloatBuffer().put(image.planes());
      buffer.position(buffer.position() + 4 * samples);
    }
    Shape shape = new Shape(images.length, first.channels(), first.height(), first.width());
    return scope.create(buffer.flip(), shape, DataType.FLOAT32);
  }

  /** Item n of (N, C, H, W) as an image. */
  public static FloatImage toImage(NDArray batch, int item) {
    Shape shape = batch.getShape();
    Check.that(
        shape.dimension() == 4 && item >= 0 && item < shape.get(0),
        "item %s must be in (N, C, H, W), was %s",
        item,
        shape);
    ImageSize size = new ImageSize((int) shape.get(3), (int) shape.get(2));
    try (NDArray one = batch.get(item)) {
      return FloatImage.ofPlanes(one.toFloatArray(), size, (int) shape.get(1));
    }
  }
}
