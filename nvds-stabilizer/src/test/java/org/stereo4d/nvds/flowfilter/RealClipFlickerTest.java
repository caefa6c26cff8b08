package org.stereo4d.nvds.flowfilter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stereo4d.backend.Backends;
import org.stereo4d.backend.opencv.DisFlowOptions;
import org.stereo4d.backend.opencv.OpenCvDisFlow;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.nvds.metric.AffineAlignment;
import org.stereo4d.nvds.metric.DepthErrors;
import org.stereo4d.nvds.metric.OpwMetric;
import org.stereo4d.nvds.metric.VdwProtocol;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.RealData;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;

/**
 * Real motion with a smooth pseudo-depth, made of the row and the blurred luma, that flickers as
 * single-image networks do.
 */
@Tag("real")
class RealClipFlickerTest {
  private static final int FRAMES = 16;
  private static final int SHORT_SIDE_PX = 320;
  private static final double SCALE_DEVIATION = 0.15;
  private static final double SHIFT_DEVIATION = 0.08;
  private static final double NOISE_DEVIATION = 0.02;

  /**
   * Largest share of the warping error that may be left; where even the pseudo-depth without
   * flicker scores more, since occlusions and the border count as errors too, its own score.
   */
  private static final double SHARE = 0.45;

  private static final OpenCvDisFlow FLOW = new OpenCvDisFlow(DisFlowOptions.DEFAULTS);

  private record Scores(double opw, double delta1) {}

  private static List<ByteImage> read(String name) throws IOException {
    List<ByteImage> out = new ArrayList<>();
    try (VideoReader reader = Backends.video("ffmpeg").open(RealData.path(name))) {
      for (Frame frame : reader) {
        if (out.size() == FRAMES) {
          break;
        }
        ByteImage image = frame.image();
        double scale = (double) SHORT_SIDE_PX / Math.min(image.width(), image.height());
        ImageSize size =
            new ImageSize(
                (int) Math.round(scale * image.width()), (int) Math.round(scale * image.height()));
        out.add(new ImageResizer(ResizeFilter.AREA).resize(image, size));
      }
    }
    return out;
  }

  private static InverseDepthMap pseudoDepth(ByteImage frame) {
    ImageSize small =
        new ImageSize(Math.max(1, frame.width() / 12), Math.max(1, frame.height() / 12));
    FloatImage blurred =
        new ImageResizer(ResizeFilter.CUBIC)
            .resize(
                new ImageResizer(ResizeFilter.AREA).resize(frame.luma().toFloat(), small),
                frame.size());
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        float row = (y + 0.5f) / frame.height();
        blurred.set(x, y, 0, 0.05f + 0.15f * row + 0.8f * blurred.at(x, y, 0));
      }
    }
    return new InverseDepthMap(blurred);
  }

  private static List<InverseDepthMap> flicker(List<InverseDepthMap> maps) {
    Random random = new Random(1);
    List<InverseDepthMap> out = new ArrayList<>();
    for (InverseDepthMap map : maps) {
      FloatImage values = map.values().copy();
      float[] v = values.array();
      double low = Double.MAX_VALUE;
      double high = -Double.MAX_VALUE;
      for (float x : v) {
        low = Math.min(low, x);
        high = Math.max(high, x);
      }
      double range = high - low;
      double scale = Math.exp(SCALE_DEVIATION * random.nextGaussian());
      double shift = SHIFT_DEVIATION * range * random.nextGaussian();
      for (int i = 0; i < v.length; i++) {
        double noise = NOISE_DEVIATION * range * random.nextGaussian();
        v[i] = (float) (scale * v[i] + shift + noise);
      }
      out.add(new InverseDepthMap(values));
    }
    return out;
  }

  private static List<InverseDepthMap> movingAverage(List<InverseDepthMap> maps, double past) {
    List<InverseDepthMap> out = new ArrayList<>();
    for (InverseDepthMap map : maps) {
      FloatImage values = map.values().copy();
      if (!out.isEmpty()) {
        float[] before = out.get(out.size() - 1).values().array();
        for (int i = 0; i < before.length; i++) {
          values.array()[i] = (float) (past * before[i] + (1 - past) * values.array()[i]);
        }
      }
      out.add(new InverseDepthMap(values));
    }
    return out;
  }

  private static Scores score(
      List<ByteImage> frames,
      List<InverseDepthMap> maps,
      List<InverseDepthMap> truth,
      List<FlowField> flows) {
    List<OpwMetric.View> views = new ArrayList<>();
    List<DepthErrors> errors = new ArrayList<>();
    Mask all = Mask.none(frames.get(0).size()).not();
    for (int t = 0; t < maps.size(); t++) {
      views.add(new OpwMetric.View(frames.get(t).toFloat(), maps.get(t)));
      AffineAlignment line = AffineAlignment.between(maps.get(t), truth.get(t), all);
      errors.add(VdwProtocol.DEFAULTS.errors(line.apply(maps.get(t)), truth.get(t), all));
    }
    return new Scores(
        OpwMetric.DEFAULTS.sequence(views, flows::get).meanOverPairs(),
        DepthErrors.mean(errors).delta1());
  }

  @ParameterizedTest
  @ValueSource(strings = {"camel", "highway_bridge_jitter", "parking_lot_scan", "tree_snow_01"})
  void stabilize_simulatedFlicker_shrinks(String clip) throws IOException {
    List<ByteImage> frames = read("tracking/" + clip + ".mp4");
    List<InverseDepthMap> truth = frames.stream().map(RealClipFlickerTest::pseudoDepth).toList();
    List<InverseDepthMap> initial = flicker(truth);
    List<FlowField> flows = new ArrayList<>();
    for (int t = 1; t < frames.size(); t++) {
      flows.add(FLOW.flow(frames.get(t), frames.get(t - 1)));
    }
    Scores before = score(frames, initial, truth, flows);
    List<InverseDepthMap> steady =
        new FlowStabilizer(FLOW, FlowFilterOptions.DEFAULTS)
            .stabilize(frames, initial, Progress.NONE);
    Scores after = score(frames, steady, truth, flows);
    Scores still = score(frames, truth, truth, flows);
    assertThat(after.opw()).isLessThanOrEqualTo(Math.max(SHARE * before.opw(), still.opw()));
    assertThat(after.delta1()).isGreaterThanOrEqualTo(before.delta1());
    for (double past : new double[] {0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}) {
      Scores average = score(frames, movingAverage(initial, past), truth, flows);
      if (average.delta1() >= after.delta1()) {
        assertThat(after.opw()).as("moving average %s", past).isLessThan(average.opw());
      }
    }
  }
}
