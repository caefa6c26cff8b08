package org.stereo4d.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stereo4d.flow.EndPointErrors;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;

/** What every {@link FlowEstimator} must do. */
public abstract class FlowEstimatorContract {
  private static final ImageSize SIZE = new ImageSize(160, 96);

  /** The estimator to test. */
  protected abstract FlowEstimator estimator();

  /** Mean error allowed on a smooth texture that moves by whole pixels, away from the frame. */
  protected double tolerancePx() {
    return 0.2;
  }

  /** A smooth texture without repetition inside the picture, moved by (dx, dy). */
  protected static ByteImage texture(ImageSize size, double dx, double dy) {
    ByteImage out = ByteImage.create(size, 3);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        double u = x - dx;
        double v = y - dy;
        double wave =
            Math.sin(0.31 * u + 0.13 * v)
                + Math.sin(0.17 * u - 0.29 * v + 1)
                + Math.sin(0.057 * u + 0.071 * v + 2)
                + Math.sin(0.53 * u + 0.41 * v + 3);
        for (int c = 0; c < 3; c++) {
          out.set(x, y, c, (int) (127.5 + 30 * wave));
        }
      }
    }
    return out;
  }

  private static FlowField constant(ImageSize size, float dx, float dy) {
    FloatImage px = FloatImage.create(size, 2);
    for (int i = 0; i < px.array().length; i += 2) {
      px.array()[i] = dx;
      px.array()[i + 1] = dy;
    }
    return new FlowField(px);
  }

  private static FlowField inner(FlowField flow, int margin) {
    ImageSize size =
        new ImageSize(flow.size().width() - 2 * margin, flow.size().height() - 2 * margin);
    return new FlowField(flow.px().crop(margin, margin, size));
  }

  @Test
  void flow_constantShift_givesThatShift() {
    FlowField flow = estimator().flow(texture(SIZE, 0, 0), texture(SIZE, 5, -3));
    EndPointErrors errors = EndPointErrors.of(inner(flow, 12), inner(constant(SIZE, 5, -3), 12));
    assertThat(errors.coverage()).isEqualTo(1);
    assertThat(errors.meanPx()).isLessThan(tolerancePx());
  }

  @Test
  void flow_samePicture_isZero() {
    ByteImage picture = texture(SIZE, 0, 0);
    FlowField flow = estimator().flow(picture, picture);
    assertThat(EndPointErrors.of(flow, FlowField.zero(SIZE)).meanPx())
        .isCloseTo(0, within(tolerancePx() / 2));
  }

  @Test
  void flow_flatPicture_isFinite() {
    ByteImage flat = ByteImage.create(SIZE, 3);
    FlowField flow = estimator().flow(flat, flat);
    assertThat(EndPointErrors.of(flow, FlowField.zero(SIZE)).count()).isEqualTo(SIZE.area());
  }

  @Test
  void flow_twice_sameBits() {
    ByteImage from = texture(SIZE, 0, 0);
    ByteImage to = texture(SIZE, 2, 1);
    assertThat(estimator().flow(from, to)).isEqualTo(estimator().flow(from, to));
  }

  @Test
  void flow_leavesInputsUntouched() {
    ByteImage from = texture(SIZE, 0, 0);
    ByteImage to = texture(SIZE, 2, 1);
    estimator().flow(from, to);
    assertThat(from).isEqualTo(texture(SIZE, 0, 0));
    assertThat(to).isEqualTo(texture(SIZE, 2, 1));
  }

  @Test
  void flow_crop_isTheFlowOfItsCopy() {
    ImageSize size = new ImageSize(96, 64);
    ByteImage from = texture(SIZE, 0, 0).crop(7, 9, size);
    ByteImage to = texture(SIZE, 1, 1).crop(7, 9, size);
    assertThat(estimator().flow(from, to)).isEqualTo(estimator().flow(from.copy(), to.copy()));
  }

  @Test
  void flow_grayPicture_isAccepted() {
    FlowField flow = estimator().flow(texture(SIZE, 0, 0).luma(), texture(SIZE, 2, 0).luma());
    assertThat(flow.size()).isEqualTo(SIZE);
  }

  @Test
  void flow_differentSizes_refused() {
    ByteImage from = texture(SIZE, 0, 0);
    ByteImage to = texture(new ImageSize(161, 96), 0, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> estimator().flow(from, to))
        .withMessageContaining("160x96")
        .withMessageContaining("161x96");
  }

  @Test
  void flow_tinyAndThinPictures_haveTheirSize() {
    for (ImageSize size :
        List.of(
            new ImageSize(1, 1),
            new ImageSize(12, 12),
            new ImageSize(200, 28),
            new ImageSize(100, 12),
            new ImageSize(31, 400),
            new ImageSize(3000, 5))) {
      FlowField flow = estimator().flow(texture(size, 0, 0), texture(size, 1, 0));
      assertThat(flow.size()).isEqualTo(size);
      assertThat(EndPointErrors.of(flow, FlowField.zero(size)).count()).isEqualTo(size.area());
    }
  }

  @Test
  void flow_fourThreadsAtOnce_sameBitsAsOne() throws InterruptedException, ExecutionException {
    ByteImage from = texture(SIZE, 0, 0);
    ByteImage to = texture(SIZE, 3, 2);
    FlowField expected = estimator().flow(from, to);
    FlowEstimator shared = estimator();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<FlowField>> results =
          IntStream.range(0, 8).mapToObj(i -> pool.submit(() -> shared.flow(from, to))).toList();
      for (Future<FlowField> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      pool.shutdown();
    }
  }
}
