package org.stereo4d.videoloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Signal;
import org.stereo4d.synthetic.SyntheticLoop;
import org.stereo4d.synthetic.SyntheticLoopOptions;
import org.stereo4d.videoloop.data.LoopScene;
import org.stereo4d.videoloop.metric.LoopMetrics;
import org.stereo4d.videoloop.metric.LoopScores;
import org.stereo4d.videoloop.metric.PatchSetting;
import org.stereo4d.videoloop.metric.StructuralDistance;
import org.stereo4d.videoloop.render.MtvRenderer;
import org.stereo4d.videoloop.tile.MultiTileVideo;

/** Both stages on moving water, judged by a camera that training never saw. */
class LoopTrainerSceneTest {
  private static final double LEAST_STATIC_PSNR_DECIBELS = 28;
  private static final double MOST_MOTION_ERROR = 0.25; // of that of a still picture
  private static final double MOST_SEAM = 1.1; // of the coherence
  private static final int HELD_OUT = 0; // the camera in the middle

  @Test
  void train_demoScene_loopsAndHolds() {
    SyntheticLoop water = SyntheticLoop.of(SyntheticLoopOptions.DEMO.withCameraCount(4));
    LoopOptions options = LoopOptions.DEMO.withViews(List.of(HELD_OUT), List.of(1, 2));
    check(water, options);
  }

  @Test
  @Tag("load")
  void train_waterScene_loopsAndHolds() {
    SyntheticLoop water = SyntheticLoop.of(SyntheticLoopOptions.DEFAULTS);
    LoopOptions options =
        LoopOptions.standard(water.options().size(), water.options().periodFrames())
            .withViews(List.of(HELD_OUT), List.of(1, 3));
    check(water, options);
  }

  private static void check(SyntheticLoop water, LoopOptions options) {
    LoopScene scene = LoopScene.of(water);
    List<Double> costs = new ArrayList<>();
    long start = System.nanoTime();
    MultiTileVideo video =
        new LoopTrainer(options)
            .train(
                scene,
                step -> {
                  costs.add(step.cost());
                  return Signal.CONTINUE;
                });
    double seconds = (System.nanoTime() - start) * 1e-9;
    List<ByteImage> clip = scene.clips().get(HELD_OUT);
    List<ByteImage> loop =
        new MtvRenderer(video)
            .loop(
                scene.cameras().cameras().get(HELD_OUT),
                scene.cameras().worldFromCameras().get(HELD_OUT).inverse());
    double motion = LoopMetrics.standardDeviationError(clip, loop);
    double stillMotion = LoopMetrics.standardDeviationError(clip, loop.subList(0, 1));
    double psnr = staticPsnr(clip, loop, water.moving(HELD_OUT).not());
    LoopScores scores =
        new LoopMetrics(List.of(new PatchSetting(5, 2, 3, 1)), new StructuralDistance())
            .measure(clip, loop);
    System.getLogger("loop")
        .log(
            System.Logger.Level.INFO,
            String.format(
                "%.0f s, static %.1f dB, STDerr %.1f of %.1f, LoopQ %.2f, coherence %.2f",
                seconds,
                psnr,
                motion,
                stillMotion,
                scores.meanLoopQuality(),
                scores.meanCoherence()));
    assertThat(costs.get(costs.size() - 1)).isLessThan(0.5 * costs.get(0));
    assertThat(video.movingTiles()).isPositive();
    assertThat(video.stillTiles()).isPositive();
    assertThat(psnr).isGreaterThanOrEqualTo(LEAST_STATIC_PSNR_DECIBELS);
    assertThat(motion).isLessThanOrEqualTo(MOST_MOTION_ERROR * stillMotion);
    assertThat(scores.meanLoopQuality()).isLessThanOrEqualTo(MOST_SEAM * scores.meanCoherence());
  }

  /** Of temporal means, which no noise of single frames blurs, over pixels without water. */
  private static double staticPsnr(List<ByteImage> clip, List<ByteImage> loop, Mask still) {
    double sum = 0;
    int count = 0;
    for (int y = 0; y < still.size().height(); y++) {
      for (int x = 0; x < still.size().width(); x++) {
        for (int c = 0; c < 3 && still.at(x, y); c++) {
          double d = mean(clip, x, y, c) - mean(loop, x, y, c);
          sum += d * d;
          count++;
        }
      }
    }
    return 10 * Math.log10(255.0 * 255.0 * count / sum);
  }

  private static double mean(List<ByteImage> frames, int x, int y, int c) {
    double sum = 0;
    for (ByteImage frame : frames) {
      sum += frame.at(x, y, c);
    }
    return sum / frames.size();
  }

  @Test
  void options_referenceViewHeldOut_isRefused() {
    assertThatThrownBy(() -> LoopOptions.DEMO.withHeldOutViews(List.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("view 1");
    SyntheticLoop water = SyntheticLoop.of(SyntheticLoopOptions.DEMO.withClipFrames(4));
    LoopOptions options = LoopOptions.DEMO.withViews(List.of(), List.of(7));
    assertThatThrownBy(() -> new LoopTrainer(options).train(LoopScene.of(water), Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
