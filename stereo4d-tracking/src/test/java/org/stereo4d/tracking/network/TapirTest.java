package org.stereo4d.tracking.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stereo4d.backend.BackendException;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.Device;
import org.stereo4d.network.ModelContract;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TorchScriptArchive;
import org.stereo4d.network.TorchScriptModel;
import org.stereo4d.run.Progress;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.tracking.TrackedPoints;

/** Programs that shift points by one pixel per frame stand for a network. */
class TapirTest {
  private static final ImageSize INPUT = new ImageSize(32, 16);
  private static final double TOLERANCE_PX = 1e-4;

  /** Tracks x = x_q + (t - t_q), y = y_q; hidden where the frame's red is below zero. */
  private static final String QUERY_BODY =
      """
        n = torch.size(queries, 1)
        t = torch.size(frames, 1)
        steps = torch.view(torch.arange(t), [1, 1, -1])
        start = torch.slice(queries, 2, 0, 1)
        x = torch.add(torch.slice(queries, 2, 2, 3), torch.sub(steps, start))
        y = torch.add(torch.slice(queries, 2, 1, 2), torch.mul(x, 0))
        red = torch.select(torch.select(torch.select(frames, 4, 0), 3, 0), 2, 0)
        hidden = torch.mul(torch.expand(torch.unsqueeze(red, 1), [1, n, t]), -20)
        near = torch.sub(torch.mul(hidden, 0), 20)
        return (torch.stack([x, y], -1), hidden, near)
      """;

  private static final String WHOLE =
      "def forward(self, frames: Tensor, queries: Tensor) -> Tuple[Tensor, Tensor, Tensor]:\n"
          + QUERY_BODY;

  private static TorchScriptModel model(String source, ModelContract contract) {
    return TorchScriptModel.load(
        TorchScriptArchive.ofMethods(source), contract, Device.cpu(), Precision.FLOAT32);
  }

  private static List<ByteImage> frames(ImageSize size, int... levels) {
    List<ByteImage> out = new ArrayList<>();
    for (int level : levels) {
      ByteImage image = ByteImage.create(size, 3);
      Arrays.fill(image.array(), (byte) level);
      out.add(image);
    }
    return out;
  }

  private static final QueryPoints QUERIES =
      QueryPoints.wrap(new int[] {0, 1, 2}, new float[] {4, 6, 8, 12, 20, 30});

  private static void check(TrackedPoints found, double scaleX) {
    Tracks2d tracks = found.tracks();
    for (int i = 0; i < QUERIES.count(); i++) {
      for (int t = 0; t < 3; t++) {
        double x = QUERIES.xPx(i) + (t - QUERIES.frame(i)) * scaleX;
        assertThat((double) tracks.xPx(i, t)).isCloseTo(x, within(TOLERANCE_PX));
        assertThat((double) tracks.yPx(i, t)).isCloseTo(QUERIES.yPx(i), within(TOLERANCE_PX));
        assertThat(tracks.isVisible(i, t)).isEqualTo(t != 1);
        assertThat(found.confidence(i, t) > 0.5f).isEqualTo(t != 1);
      }
    }
  }

  @Test
  void track_anySize_scalesWidthAndHeightEachByTheirOwn() {
    // 64x64 to 32x16: one pixel of the network is 2 px of the picture along x, 4 along y
    TapirOptions options = TapirOptions.DEFAULTS.withInputSize(INPUT);
    try (TapirTracker tracker = new TapirTracker(options, model(WHOLE, TapirTracker.CONTRACT))) {
      List<ByteImage> frames = frames(new ImageSize(64, 64), 255, 0, 255);
      check(tracker.track(frames, QUERIES, Progress.NONE), 2);
    }
  }

  @Test
  void track_inChunks_isTheSameAsAtOnce() {
    TapirOptions options = TapirOptions.DEFAULTS.withInputSize(INPUT).withChunk(2);
    try (TapirTracker tracker = new TapirTracker(options, model(WHOLE, TapirTracker.CONTRACT))) {
      check(tracker.track(frames(new ImageSize(64, 64), 255, 0, 255), QUERIES, Progress.NONE), 2);
    }
  }

  @Test
  void track_encoderAndQueryProgram_areTheSameAsOneFile() {
    String encoder =
        "def forward(self, frames: Tensor) -> Tensor:\n  return torch.mul(frames, 1)\n";
    TapirOptions options = TapirOptions.DEFAULTS.withInputSize(INPUT).withChunk(1);
    try (TapirTracker tracker =
        new TapirTracker(
            options,
            model(encoder, TapirTracker.ENCODER_CONTRACT),
            model(WHOLE, TapirTracker.QUERY_CONTRACT))) {
      check(tracker.track(frames(new ImageSize(64, 64), 255, 0, 255), QUERIES, Progress.NONE), 2);
    }
  }

  @Test
  void track_networkWithOtherOutputs_isNamed() {
    String wrong =
        """
        def forward(self, frames: Tensor, queries: Tensor) -> Tensor:
          return queries
        """;
    TapirOptions options = TapirOptions.DEFAULTS.withInputSize(INPUT);
    try (TapirTracker tracker = new TapirTracker(options, model(wrong, TapirTracker.CONTRACT))) {
      assertThatThrownBy(() -> tracker.track(frames(INPUT, 1, 2, 3), QUERIES, Progress.NONE))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("tracks");
    }
  }

  @Test
  void track_queryBeyondTheClip_isRefused() {
    TapirOptions options = TapirOptions.DEFAULTS.withInputSize(INPUT);
    try (TapirTracker tracker = new TapirTracker(options, model(WHOLE, TapirTracker.CONTRACT))) {
      assertThatThrownBy(() -> tracker.track(frames(INPUT, 1), QUERIES, Progress.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("was 1");
    }
  }
}
