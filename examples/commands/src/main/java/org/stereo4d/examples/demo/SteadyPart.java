package org.stereo4d.examples.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.stereo4d.backend.Backends;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.examples.report.HtmlPage;
import org.stereo4d.examples.report.SvgPlot;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ColorMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.nvds.DepthLevels;
import org.stereo4d.nvds.StabilizedClip;
import org.stereo4d.nvds.flowfilter.FlowFilterOptions;
import org.stereo4d.nvds.flowfilter.FlowStabilizer;
import org.stereo4d.nvds.metric.AffineAlignment;
import org.stereo4d.nvds.metric.DepthErrors;
import org.stereo4d.nvds.metric.OpwMetric;
import org.stereo4d.nvds.metric.VdwProtocol;
import org.stereo4d.run.Progress;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;

/** Depth that flickers, made steady. */
final class SteadyPart {
  private static final int FRAMES = 24;
  private static final PinholeCamera VIEW =
      PinholeCamera.ofHorizontalFovDegrees(new ImageSize(320, 192), 70);
  private static final double SCALE_SIGMA = 0.15;
  private static final double OFFSET_SHARE = 0.08;
  private static final double NOISE_SHARE = 0.02;

  private SteadyPart() {}

  static void run(HtmlPage page, Scores scores, Pictures pictures, Progress progress)
      throws IOException {
    SyntheticClip clip =
        SyntheticClip.of(
            Preset.MOVING_OBJECTS, Preset.MOVING_OBJECTS.options().withFrameCount(FRAMES));
    List<ByteImage> frames = new ArrayList<>();
    List<InverseDepthMap> truth = new ArrayList<>();
    List<FlowField> flows = new ArrayList<>();
    for (int t = 0; t < FRAMES; t++) {
      frames.add(clip.leftImage(t, VIEW));
      truth.add(clip.truth().inverseDepth(clip.left(t, VIEW)));
      if (t > 0) {
        flows.add(clip.truth().flow(clip.left(t, VIEW), clip.left(t - 1, VIEW)));
      }
    }
    List<InverseDepthMap> initial = flicker(truth);
    StabilizedClip steady =
        new FlowStabilizer(Backends.flowEstimator("opencv"), FlowFilterOptions.DEFAULTS)
            .run(frames, initial, progress);
    double before = opw(frames, steady.initial(), flows);
    double after = opw(frames, steady.mix(), flows);
    // where surfaces come and go even exact depth disagrees along the flow
    double exact = opw(frames, truth, flows);
    scores.add(
        Score.atMost(
            "NVDS",
            "warping error left, beyond that of exact depth",
            (after - exact) / (before - exact),
            0.33,
            "x"));
    scores.add(
        Score.atLeast(
            "NVDS",
            "share within 25 % of the truth, gained",
            delta1(steady.mix(), truth) - delta1(steady.initial(), truth),
            0,
            ""));
    show(page, pictures, frames, steady, new double[] {before, after, exact});
  }

  private static List<InverseDepthMap> flicker(List<InverseDepthMap> truth) {
    SplittableRandom random = new SplittableRandom(3);
    DepthLevels levels = DepthLevels.of(truth);
    double range = levels.high() - levels.low();
    List<InverseDepthMap> out = new ArrayList<>();
    for (InverseDepthMap map : truth) {
      double scale = Math.exp(SCALE_SIGMA * gauss(random));
      double offset = OFFSET_SHARE * range * gauss(random);
      FloatImage values = map.values().copy();
      float[] array = values.array();
      for (int i = 0; i < array.length; i++) {
        array[i] = (float) (scale * array[i] + offset + NOISE_SHARE * range * gauss(random));
      }
      out.add(new InverseDepthMap(values));
    }
    return out;
  }

  private static double gauss(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }

  private static double opw(
      List<ByteImage> frames, List<InverseDepthMap> maps, List<FlowField> flows) {
    List<OpwMetric.View> views = new ArrayList<>();
    for (int t = 0; t < maps.size(); t++) {
      views.add(new OpwMetric.View(frames.get(t).toFloat(), maps.get(t)));
    }
    return OpwMetric.DEFAULTS.sequence(views, flows::get).meanOverPairs();
  }

  private static double delta1(List<InverseDepthMap> maps, List<InverseDepthMap> truth) {
    Mask all = Mask.none(truth.get(0).size()).not();
    List<DepthErrors> errors = new ArrayList<>();
    for (int t = 0; t < maps.size(); t++) {
      AffineAlignment line = AffineAlignment.between(maps.get(t), truth.get(t), all);
      errors.add(VdwProtocol.DEFAULTS.errors(line.apply(maps.get(t)), truth.get(t), all));
    }
    return DepthErrors.mean(errors).delta1();
  }

  private static void show(
      HtmlPage page,
      Pictures pictures,
      List<ByteImage> frames,
      StabilizedClip steady,
      double[] errors)
      throws IOException {
    DepthLevels before = DepthLevels.of(steady.initial());
    DepthLevels after = DepthLevels.of(steady.mix());
    List<ByteImage> both = new ArrayList<>();
    for (int t = 0; t < FRAMES; t++) {
      both.add(
          Pictures.row(
              List.of(
                  frames.get(t),
                  color(before.unit(steady.initial().get(t))),
                  color(after.unit(steady.mix().get(t))))));
    }
    pictures.keep("steady", both.get(FRAMES / 2));
    page.section("NVDS: steady depth")
        .video("Video, depth as given, depth steadied", pictures.video("steady.mp4", both, 15))
        .plot(
            "Warping error with exact flow",
            SvgPlot.bars(
                "Warping error", "", List.of("as given", "steadied", "exact depth"), errors));
  }

  private static ByteImage color(FloatImage unit) {
    return ColorMap.INFERNO.colorize(unit, 0, 1);
  }
}
