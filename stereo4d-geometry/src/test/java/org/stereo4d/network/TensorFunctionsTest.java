package org.stereo4d.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stereo4d.flow.FlowField;
import org.stereo4d.flow.FlowWarp;
import org.stereo4d.image.Border;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;

class TensorFunctionsTest {
  /** Single precision, values of order 1. */
  private static final float ROUNDING = 2e-6f;

  private static TensorFunctions functions;
  private static NDManager scope;

  @BeforeAll
  static void load() {
    functions = TensorFunctions.load(Device.cpu());
    scope = TorchEngine.newScope(Device.cpu());
  }

  @AfterAll
  static void close() {
    scope.close();
    functions.close();
  }

  private static FloatImage wave(int width, int height, int channels) {
    FloatImage out = FloatImage.create(new ImageSize(width, height), channels);
    for (int i = 0; i < out.array().length; i++) {
      out.array()[i] = (float) Math.sin(1.7 * i * i);
    }
    return out;
  }

  private static void assertClose(NDArray actual, float[] expected) {
    float[] values = actual.toFloatArray();
    assertThat(values).hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).as("element %s", i).isCloseTo(expected[i], within(ROUNDING));
    }
  }

  /** The referee is our own warp, which has the same rule in pixels. */
  @Test
  void gridSample_isTheBackwardWarp() {
    FloatImage image = wave(7, 5, 2);
    FloatImage flow = wave(7, 5, 2);
    float[] grid = new float[2 * 35];
    for (int y = 0, i = 0; y < 5; y++) {
      for (int x = 0; x < 7; x++, i += 2) {
        flow.set(x, y, 0, 3 * flow.at(x, y, 0));
        grid[i] = 2 * (x + flow.at(x, y, 0)) / 6 - 1;
        grid[i + 1] = 2 * (y + flow.at(x, y, 1)) / 4 - 1;
      }
    }
    NDArray x = Tensors.ofImages(scope, image);
    NDArray places = scope.create(grid, new Shape(1, 5, 7, 2));
    FlowField field = new FlowField(flow);
    assertClose(
        functions.gridSample(x, places, TensorFunctions.Padding.ZEROS),
        new FlowWarp(Border.ZERO).warp(image, field).planes());
    assertClose(
        functions.gridSample(x, places, TensorFunctions.Padding.BORDER),
        new FlowWarp(Border.REPLICATE).warp(image, field).planes());
  }

  @Test
  void gridSample_gradient_isTheFiniteDifference() {
    FloatImage image = wave(6, 6, 1);
    float[] place = {0.13f, -0.41f};
    try (NDManager inner = scope.newSubManager()) {
      NDArray x = Tensors.ofImages(inner, image);
      NDArray grid = inner.create(place, new Shape(1, 1, 1, 2));
      grid.setRequiresGradient(true);
      try (GradientCollector collector = TorchEngine.engine().newGradientCollector()) {
        collector.backward(functions.gridSample(x, grid, TensorFunctions.Padding.ZEROS).sum());
      }
      float[] gradient = grid.getGradient().toFloatArray();
      float step = 1e-2f; // stays within one cell, where sampling is bilinear
      for (int i = 0; i < 2; i++) {
        float[] ahead = place.clone();
        float[] behind = place.clone();
        ahead[i] += step;
        behind[i] -= step;
        float difference = sample(inner, x, ahead) - sample(inner, x, behind);
        assertThat(difference / (2 * step)).isCloseTo(gradient[i], within(1e-3f));
      }
    }
  }

  private static float sample(NDManager inner, NDArray x, float[] place) {
    NDArray grid = inner.create(place, new Shape(1, 1, 1, 2));
    return functions.gridSample(x, grid, TensorFunctions.Padding.ZEROS).getFloat();
  }

  @Test
  void indexAdd_repeatedIndex_adds() {
    NDArray target = scope.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(3, 2));
    NDArray index = scope.create(new long[] {2, 0, 2});
    NDArray rows = scope.create(new float[] {10, 20, 30, 40, 50, 60}, new Shape(3, 2));
    assertClose(functions.indexAdd(target, 0, index, rows), new float[] {31, 42, 3, 4, 65, 86});
    NDArray columns = scope.create(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, new Shape(3, 3));
    NDArray twoColumns = scope.create(new long[] {1, 0, 1});
    assertClose(
        functions.indexAdd(target, 1, twoColumns, columns), new float[] {3, 6, 8, 14, 13, 22});
    assertClose(target, new float[] {1, 2, 3, 4, 5, 6});
  }

  @Test
  void indexSelect_repeatedIndex_copiesSlices() {
    NDArray source = scope.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(3, 2));
    assertClose(
        functions.indexSelect(source, 0, scope.create(new long[] {2, 0, 2})),
        new float[] {5, 6, 1, 2, 5, 6});
    assertClose(
        functions.indexSelect(source, 1, scope.create(new long[] {1})), new float[] {2, 4, 6});
  }

  @Test
  void resizeBilinear_centred_isTheImageResizer() {
    FloatImage image = wave(9, 7, 3);
    ImageSize size = new ImageSize(14, 4);
    NDArray x = Tensors.ofImages(scope, image);
    assertClose(
        functions.resizeBilinear(x, size.width(), size.height(), false),
        new ImageResizer(ResizeFilter.BILINEAR).resize(image, size).planes());
  }

  @Test
  void resizeBilinear_aligned_keepsCorners() {
    NDArray x = scope.create(new float[] {0, 1, 2, 3}, new Shape(1, 1, 2, 2));
    NDArray out = functions.resizeBilinear(x, 3, 3, true);
    assertClose(out, new float[] {0, 0.5f, 1, 1, 1.5f, 2, 2, 2.5f, 3});
  }

  @Test
  void attention_isSoftmaxOfScaledScores() {
    NDArray q = Tensors.ofImages(scope, wave(4, 3, 2)); // 2 heads, 3 queries of 4
    NDArray k = Tensors.ofImages(scope, wave(4, 5, 2)).mul(2);
    NDArray v = Tensors.ofImages(scope, wave(6, 5, 2));
    NDArray bias = Tensors.ofImages(scope, wave(5, 3, 2));
    NDArray scores = q.matMul(k.transpose(0, 1, 3, 2)).div(2); // sqrt(4)
    assertClose(functions.attention(q, k, v), scores.softmax(-1).matMul(v).toFloatArray());
    assertClose(
        functions.attention(q, k, v, bias), scores.add(bias).softmax(-1).matMul(v).toFloatArray());
  }

  @Test
  void images_roundTrip() {
    FloatImage a = wave(5, 4, 3);
    FloatImage b = wave(8, 7, 3).crop(2, 1, new ImageSize(5, 4));
    try (NDArray batch = Tensors.ofImages(scope, a, b)) {
      assertThat(batch.getShape()).isEqualTo(new Shape(2, 3, 4, 5));
      assertThat(batch.getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(Tensors.toImage(batch, 0)).isEqualTo(a);
      assertThat(Tensors.toImage(batch, 1)).isEqualTo(b.copy());
    }
  }
}
