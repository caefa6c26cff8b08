package org.stereo4d.videoloop.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Signal;
import org.stereo4d.synthetic.SyntheticLoop;
import org.stereo4d.synthetic.SyntheticLoopOptions;
import org.stereo4d.videoloop.data.LoopScene;
import org.stereo4d.videoloop.export.ExportOptions;
import org.stereo4d.videoloop.export.ViewerExport;
import org.stereo4d.videoloop.export.ViewerMeta;
import org.stereo4d.videoloop.loss.ColorClip;
import org.stereo4d.videoloop.loss.LoopLossOptions;
import org.stereo4d.videoloop.loss.LoopingLoss;
import org.stereo4d.videoloop.loss.MatchOptions;
import org.stereo4d.videoloop.loss.RobustPenalty;
import org.stereo4d.videoloop.metric.LoopMetrics;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.render.MtvRenderer;
import org.stereo4d.videoloop.tile.MultiTileVideo;

/** Determinism, interruption, and scenes at the edge, on a scene that trains in a second. */
class TrainingTest {
  private static final SyntheticLoop WATER =
      SyntheticLoop.of(
          SyntheticLoopOptions.DEMO
              .withCameraCount(2)
              .withSize(new ImageSize(32, 20))
              .withPeriodFrames(4)
              .withClipFrames(9));
  private static final LoopScene SCENE = LoopScene.of(WATER);
  private static final StaticStageOptions STILL =
      StaticStageOptions.DEFAULTS
          .withPlanes(new PlaneOptions(4, 1.2, 1.2, 5, 7, 2))
          .withEpochs(12, 1)
          .withRate(0.2);
  private static final LoopStageOptions LOOP =
      LoopStageOptions.DEFAULTS
          .withFrames(4)
          .withReferenceViews(List.of(0))
          .withLevels(new Pyramid(14, 0.75), 2);

  @TempDir Path folder;

  private static Progress abortAfter(int steps) {
    int[] count = {0};
    return step -> ++count[0] >= steps ? Signal.ABORT : Signal.CONTINUE;
  }

  private static Progress finishAfter(int steps) {
    int[] count = {0};
    return step -> ++count[0] >= steps ? Signal.FINISH : Signal.CONTINUE;
  }

  private static void same(MultiTileVideo a, MultiTileVideo b) {
    assertThat(b.map().movingQuads()).isEqualTo(a.map().movingQuads());
    same(a.layers(), b.layers());
  }

  private static void same(LayerModel a, LayerModel b) {
    assertThat(b.still().values()).isEqualTo(a.still().values());
    assertThat(b.moving().values()).isEqualTo(a.moving().values());
  }

  @Test
  void fit_oneOrThreeThreads_sameBits() throws Exception {
    MultiTileVideo[] results = new MultiTileVideo[2];
    for (int i = 0; i < 2; i++) {
      ForkJoinPool pool = new ForkJoinPool(1 + 2 * i);
      results[i] =
          pool.submit(
                  () ->
                      new LoopStage(LOOP)
                          .fit(
                              new StaticStage(STILL).fit(SCENE, Progress.NONE),
                              SCENE,
                              Progress.NONE))
              .get();
      pool.shutdown();
    }
    same(results[0], results[1]);
  }

  @Test
  void staticFit_cancelledAndContinued_endsWithTheSameBits() throws Exception {
    MultiTileVideo whole = new StaticStage(STILL).fit(SCENE, Progress.NONE);
    Path checkpoint = folder.resolve("stage1.npz");
    StaticStage stage = new StaticStage(STILL);
    assertThatThrownBy(() -> stage.fit(SCENE, checkpoint, abortAfter(5)))
        .isInstanceOf(CancellationException.class);
    assertThat(checkpoint).isNotEmptyFile();
    int[] first = {0};
    MultiTileVideo continued =
        stage.fit(
            SCENE,
            checkpoint,
            step -> {
              first[0] = first[0] == 0 ? (int) step.done() : first[0];
              return Signal.CONTINUE;
            });
    assertThat(first[0]).isEqualTo(6);
    same(whole, continued);
  }

  @Test
  void staticFit_checkpointOfOtherOptions_isRefused() throws Exception {
    Path checkpoint = folder.resolve("stage1.npz");
    new StaticStage(STILL).fit(SCENE, checkpoint, Progress.NONE);
    StaticStage other = new StaticStage(STILL.withSeed(7));
    assertThatThrownBy(() -> other.fit(SCENE, checkpoint, Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("stage1.npz")
        .hasMessageContaining("identity");
    Files.write(checkpoint, new byte[50]);
    assertThatThrownBy(() -> other.fit(SCENE, checkpoint, Progress.NONE))
        .isInstanceOf(IOException.class);
  }

  @Test
  void loopFit_cancelledAndContinued_endsWithTheSameBits() throws Exception {
    MultiTileVideo still = new StaticStage(STILL).fit(SCENE, Progress.NONE);
    LoopStage stage = new LoopStage(LOOP);
    MultiTileVideo whole = stage.fit(still, SCENE, Progress.NONE);
    assertThatThrownBy(() -> stage.fit(still, SCENE, folder, abortAfter(3)))
        .isInstanceOf(CancellationException.class);
    assertThat(folder.resolve("level_0.mtv.npz")).isNotEmptyFile();
    int[] steps = {0};
    MultiTileVideo continued =
        stage.fit(
            still,
            SCENE,
            folder,
            step -> {
              steps[0]++;
              return Signal.CONTINUE;
            });
    assertThat(steps[0]).isLessThan(2 * LOOP.pyramid().levels(SCENE.size()));
    same(whole, continued);
  }

  @Test
  void loopFit_finishedEarly_givesFullDetail() {
    MultiTileVideo still = new StaticStage(STILL).fit(SCENE, finishAfter(8));
    MultiTileVideo video = new LoopStage(LOOP).fit(still, SCENE, finishAfter(1));
    assertThat(video.map().tileHeight()).isEqualTo(still.fullTileHeight());
    assertThat(video.frames()).isEqualTo(4);
  }

  @Test
  void rules_each_lowerTheLoss() {
    for (UpdateRule rule : UpdateRule.values()) {
      double[] cost = new double[2];
      double rate = rule == UpdateRule.MOMENTUM ? 20 : 0.2;
      new StaticStage(STILL.withRule(rule).withRate(rate))
          .fit(
              SCENE,
              step -> {
                cost[step.done() == 1 ? 0 : 1] = step.cost();
                return Signal.CONTINUE;
              });
      assertThat(cost[1]).as("%s", rule).isLessThan(cost[0]);
    }
  }

  @Test
  void fit_stillClips_giveAStillSceneThatExports() throws Exception {
    List<List<ByteImage>> frozen =
        SCENE.clips().stream().map(clip -> Collections.nCopies(5, clip.get(0))).toList();
    LoopScene scene = new LoopScene(SCENE.cameras(), frozen, 25);
    MultiTileVideo still = new StaticStage(STILL.withEpochs(40, 1)).fit(scene, Progress.NONE);
    assertThat(still.movingTiles()).isZero();
    MultiTileVideo video = new LoopStage(LOOP).fit(still, scene, Progress.NONE);
    assertThat(video.frames()).isEqualTo(4);
    new ViewerExport(ExportOptions.DEFAULTS)
        .write(video, ViewerMeta.of(scene.cameras(), 25), folder, Progress.NONE);
    assertThat(folder.resolve("dynamic/0003.png")).isNotEmptyFile();
  }

  @Test
  void fit_shortestLoopAndClips_works() {
    MatchOptions pairs = MatchOptions.SMALL.withPatchFrames(2, 1);
    LoopLossOptions loss = LoopLossOptions.OTHER_VIEW.withMatch(pairs);
    List<List<ByteImage>> clips =
        List.of(SCENE.clips().get(0).subList(0, 2), SCENE.clips().get(1).subList(0, 5));
    LoopScene scene = new LoopScene(SCENE.cameras(), clips, 25);
    MultiTileVideo still = new StaticStage(STILL).fit(SCENE, Progress.NONE);
    LoopStageOptions options = LOOP.withLosses(loss, loss).withFrames(2);
    assertThat(new LoopStage(options).fit(still, scene, Progress.NONE).frames()).isEqualTo(2);
  }

  @Test
  void fit_wrongSceneOrOptions_namesTheValue() {
    MultiTileVideo still = new StaticStage(STILL).fit(SCENE, finishAfter(8));
    List<List<ByteImage>> tooShort =
        List.of(SCENE.clips().get(0), SCENE.clips().get(1).subList(0, 2));
    LoopScene scene = new LoopScene(SCENE.cameras(), tooShort, 25);
    assertThatThrownBy(() -> new LoopStage(LOOP).fit(still, scene, Progress.NONE))
        .hasMessageContaining("clip 1 must have >= 3 frames");
    LoopStage wrongView = new LoopStage(LOOP.withReferenceViews(List.of(2)));
    assertThatThrownBy(() -> wrongView.fit(still, SCENE, Progress.NONE))
        .hasMessageContaining("referenceViews must be in [0, 2), had 2");
    assertThatThrownBy(() -> new StaticStage(STILL).fit(SCENE.without(List.of(1)), Progress.NONE))
        .hasMessageContaining("2 views");
    assertThatThrownBy(() -> LOOP.withFrames(2)).hasMessageContaining("frames of a patch, was 2");
    assertThatThrownBy(() -> new PlaneOptions(6, 1, 1, 5, 5, 4))
        .hasMessageContaining("divide the 6 planes, was 4");
    assertThatThrownBy(() -> new PlaneOptions(1, 1, 1, 5, 5, 1))
        .hasMessageContaining("planes must be >= 2, was 1");
    assertThatThrownBy(() -> MatchOptions.DEFAULTS.withPatchPx(3, 4))
        .hasMessageContaining("stay uncovered");
  }

  @Test
  void voting_movingScene_movesAndComesCloserToTheClips() {
    MultiTileVideo still = new StaticStage(STILL.withEpochs(40, 1)).fit(SCENE, Progress.NONE);
    VotingOptions options =
        VotingOptions.DEFAULTS.withFrames(4).withLevels(new Pyramid(14, 0.75), 10);
    MultiTileVideo video = new VotingStage(options).fit(still, SCENE, Progress.NONE);
    same(video, new VotingStage(options).fit(still, SCENE, Progress.NONE));
    MultiTileVideo frozen = still.lifted(4, 0, 1);
    assertThat(looping(video)).isLessThan(looping(frozen));
    List<ByteImage> loop = rendered(video);
    List<ByteImage> clip = SCENE.clips().get(0);
    assertThat(LoopMetrics.standardDeviationError(clip, loop))
        .isLessThan(0.4 * LoopMetrics.standardDeviationError(clip, rendered(frozen)));
  }

  private static List<ByteImage> rendered(MultiTileVideo video) {
    return new MtvRenderer(video)
        .loop(
            SCENE.cameras().cameras().get(0), SCENE.cameras().worldFromCameras().get(0).inverse());
  }

  private static double looping(MultiTileVideo video) {
    LoopLossOptions options = LoopLossOptions.OTHER_VIEW.withPenalty(RobustPenalty.SQUARED);
    return new LoopingLoss(options)
        .evaluate(
            ColorClip.ofBytes(rendered(video), 0, 0, SCENE.size()),
            ColorClip.ofBytes(SCENE.clips().get(0), 0, 0, SCENE.size()))
        .value();
  }

  @Test
  void fittedTo_windowSmallerThanThePatch_takesTheLargestOddPatch() {
    assertThat(MatchOptions.DEFAULTS.fittedTo(20, 8).patchPx()).isEqualTo(7);
    assertThat(MatchOptions.DEFAULTS.fittedTo(20, 8).stridePx()).isEqualTo(4);
    assertThat(MatchOptions.DEFAULTS.fittedTo(2, 2).patchPx()).isEqualTo(1);
    assertThat(MatchOptions.DEFAULTS.fittedTo(20, 11)).isEqualTo(MatchOptions.DEFAULTS);
  }
}
