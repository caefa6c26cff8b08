package org.stereo4d.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.stereo4d.backend.BackendException;
import org.stereo4d.depth.StereoFlow;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;

/** Programs that answer with differences of colours stand for a network. */
class TorchScriptFlowTest {
  /** Flow x = red of the second minus red of the first, y the same of green. */
  private static final String DIFFERENCE =
      """
      def forward(self, a: Tensor, b: Tensor) -> Tensor:
        return torch.slice(torch.sub(b, a), 1, 0, 2)
      """;

  private static TorchScriptFlow flow(String source, TorchScriptFlow.Options options) {
    return new TorchScriptFlow(
        options,
        TorchScriptModel.load(
            TorchScriptArchive.ofMethods(source),
            TorchScriptFlow.CONTRACT,
            Device.cpu(),
            Precision.FLOAT32));
  }

  private static ByteImage flat(ImageSize size, int red, int green) {
    ByteImage out = ByteImage.create(size, 3);
    for (int k = 0; k < out.array().length; k += 3) {
      out.array()[k] = (byte) red;
      out.array()[k + 1] = (byte) green;
    }
    return out;
  }

  @Test
  void flow_sizeThatIsNoMultiple_isPaddedAndCutBack() {
    ImageSize size = new ImageSize(37, 21);
    try (TorchScriptFlow flow = flow(DIFFERENCE, TorchScriptFlow.Options.DEFAULTS)) {
      FlowField field = flow.flow(flat(size, 10, 20), flat(size, 14, 17));
      assertThat(field.size()).isEqualTo(size);
      for (int k = 0; k < field.px().array().length; k += 2) {
        assertThat(field.px().array()[k]).isCloseTo(4, within(1e-4f));
        assertThat(field.px().array()[k + 1]).isCloseTo(-3, within(1e-4f));
      }
    }
  }

  @Test
  void flow_halved_isEnlargedInSizeAndValue() {
    ImageSize size = new ImageSize(64, 32);
    try (TorchScriptFlow flow = flow(DIFFERENCE, TorchScriptFlow.Options.SEA_RAFT)) {
      FlowField field = flow.flow(flat(size, 10, 20), flat(size, 14, 17));
      assertThat(field.size()).isEqualTo(size);
      assertThat(field.dx(33, 7)).isCloseTo(8, within(1e-4f));
      assertThat(field.dy(33, 7)).isCloseTo(-6, within(1e-4f));
    }
  }

  @Test
  void flow_gray_isRepeatedInThreeChannels() {
    ByteImage a = ByteImage.create(new ImageSize(16, 16), 1);
    ByteImage b = ByteImage.create(new ImageSize(16, 16), 1);
    Arrays.fill(b.array(), (byte) 5);
    try (TorchScriptFlow flow = flow(DIFFERENCE, TorchScriptFlow.Options.DEFAULTS)) {
      assertThat(flow.flow(a, b).dy(3, 3)).isCloseTo(5, within(1e-4f));
    }
  }

  @Test
  void flow_networkWithOtherOutput_isNamed() {
    String wrong =
        """
        def forward(self, a: Tensor, b: Tensor) -> Tensor:
          return torch.sub(b, a)
        """;
    ByteImage image = ByteImage.create(new ImageSize(16, 16), 3);
    try (TorchScriptFlow flow = flow(wrong, TorchScriptFlow.Options.DEFAULTS)) {
      assertThatThrownBy(() -> flow.flow(image, image))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("flow");
    }
  }

  @Test
  void flow_otherSizes_areRefused() {
    try (TorchScriptFlow flow = flow(DIFFERENCE, TorchScriptFlow.Options.DEFAULTS)) {
      assertThatThrownBy(
              () -> flow.flow(flat(new ImageSize(8, 8), 0, 0), flat(new ImageSize(16, 8), 0, 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("16x8");
    }
  }

  @Test
  void raftStereo_runsTwiceWithExchangedViews() {
    ImageSize size = new ImageSize(24, 16);
    try (RaftStereo stereo = new RaftStereo(flow(DIFFERENCE, TorchScriptFlow.Options.DEFAULTS))) {
      StereoFlow matches = stereo.estimate(new StereoPair(flat(size, 20, 0), flat(size, 12, 0)));
      assertThat(matches.leftToRight().dx(5, 5)).isCloseTo(-8, within(1e-4f));
      assertThat(matches.rightToLeft().dx(5, 5)).isCloseTo(8, within(1e-4f));
    }
  }
}
