package org.stereo4d.examples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.examples.report.HtmlPage;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Progress;
import org.stereo4d.synthetic.SyntheticLoop;
import org.stereo4d.synthetic.SyntheticLoopOptions;
import org.stereo4d.videoloop.LoopOptions;
import org.stereo4d.videoloop.LoopTrainer;
import org.stereo4d.videoloop.data.LoopScene;
import org.stereo4d.videoloop.data.SpiralPath;
import org.stereo4d.videoloop.export.ExportOptions;
import org.stereo4d.videoloop.export.ViewerExport;
import org.stereo4d.videoloop.export.ViewerMeta;
import org.stereo4d.videoloop.metric.LoopMetrics;
import org.stereo4d.videoloop.metric.LoopScores;
import org.stereo4d.videoloop.metric.PatchSetting;
import org.stereo4d.videoloop.metric.StructuralDistance;
import org.stereo4d.videoloop.render.MtvRenderer;
import org.stereo4d.videoloop.render.TimeSelection;
import org.stereo4d.videoloop.tile.MultiTileVideo;

/** Water, filmed by cameras without a common clock, as a 3D loop; judged by one it never saw. */
final class LoopPart {
  private static final int HELD_OUT = 0;
  private static final double SPIRAL_SCALE = 1;

  private LoopPart() {}

  static void run(Path folder, HtmlPage page, Scores scores, Pictures pictures, Progress progress)
      throws IOException {
    SyntheticLoop water = SyntheticLoop.of(SyntheticLoopOptions.DEMO.withCameraCount(4));
    LoopScene scene = LoopScene.of(water);
    LoopOptions options = LoopOptions.DEMO.withViews(List.of(HELD_OUT), List.of(1, 2));
    MultiTileVideo video = new LoopTrainer(options).train(scene, progress);
    MtvRenderer renderer = new MtvRenderer(video);
    PinholeCamera camera = scene.cameras().cameras().get(HELD_OUT);
    Rigid3 pose = scene.cameras().worldFromCameras().get(HELD_OUT).inverse();
    List<ByteImage> loop = renderer.loop(camera, pose);
    score(water, scene.clips().get(HELD_OUT), loop, scores);
    ViewerMeta meta = ViewerMeta.of(scene.cameras(), scene.framesPerSecond());
    new ViewerExport(ExportOptions.DEFAULTS).write(video, meta, folder.resolve("loop"), progress);
    show(page, pictures, scene, renderer);
  }

  private static void score(
      SyntheticLoop water, List<ByteImage> clip, List<ByteImage> loop, Scores scores) {
    scores.add(
        Score.atLeast(
            "VideoLoop3D",
            "view never seen, what stands still, PSNR",
            stillPsnrDecibels(clip, loop, water.moving(HELD_OUT).not()),
            28,
            "dB"));
    double motion = LoopMetrics.standardDeviationError(clip, loop);
    double stillMotion = LoopMetrics.standardDeviationError(clip, loop.subList(0, 1));
    scores.add(
        Score.atMost(
            "VideoLoop3D",
            "view never seen, motion missed, of a still picture's",
            motion / stillMotion,
            0.25,
            "x"));
    LoopScores quality =
        new LoopMetrics(List.of(new PatchSetting(5, 2, 3, 1)), new StructuralDistance())
            .measure(clip, loop);
    scores.add(
        Score.atMost(
            "VideoLoop3D",
            "seam against the rest of the loop",
            quality.meanLoopQuality() / quality.meanCoherence(),
            1.1,
            "x"));
  }

  /** Of means over time, which noise of single frames hardly moves. */
  private static double stillPsnrDecibels(List<ByteImage> clip, List<ByteImage> loop, Mask still) {
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

  private static void show(HtmlPage page, Pictures pictures, LoopScene scene, MtvRenderer renderer)
      throws IOException {
    int steps = TimeSelection.pathSteps(renderer.frames());
    List<Integer> times = TimeSelection.around(steps, renderer.frames());
    List<Rigid3> path = SpiralPath.worldFromCameras(scene.cameras(), steps, SPIRAL_SCALE);
    PinholeCamera camera = scene.cameras().referenceCamera();
    List<ByteImage> frames = new ArrayList<>();
    for (int k = 0; k < steps; k++) {
      frames.add(
          MtvRenderer.toBytes(
              renderer.render(camera, path.get(k).inverse(), times.get(k)).image(0)));
    }
    pictures.keep(
        "loop", Pictures.row(List.of(frames.get(0), frames.get(steps / 4), frames.get(steps / 2))));
    page.section("VideoLoop3D: a 3D loop")
        .video(
            "The loop from a camera on a spiral",
            pictures.video("loop.mp4", frames, scene.framesPerSecond()))
        .text(
            "The page of the loop wants a server: stereo4d loop view FOLDER, with the folder loop")
        .link("Its folder", "loop/" + ViewerExport.PAGE);
  }
}
