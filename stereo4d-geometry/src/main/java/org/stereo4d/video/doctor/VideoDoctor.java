package org.stereo4d.video.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoInfo;
import org.stereo4d.video.VideoReader;
import org.stereo4d.warp.Rectifier;
import org.stereo4d.warp.RectifierOptions;

/** Examines a video that should be side-by-side VR180. */
public final class VideoDoctor {
  /** A frame less wide than this share of its height has no room for two eyes. */
  private static final double MIN_ASPECT = 1.2;

  /** Halves of one scene correlate far better than this; halves of one wide picture do not. */
  private static final double ALIKE = 0.6;

  /** Differences of disparity below this are noise, px. */
  private static final double SURE_PX = 0.25;

  private static final RectifierOptions VIEWS =
      RectifierOptions.DEFAULTS.withView(
          PinholeCamera.ofHorizontalFovDegrees(new ImageSize(512, 512), 90));

  private final DoctorOptions options;
  private final FlowEstimator flow;

  /** A doctor that measures disparity with a flow estimator. */
  public VideoDoctor(DoctorOptions options, FlowEstimator flow) {
    this.options = options;
    this.flow = flow;
  }

  /** Examines the frames of a reader from its current position; the caller closes it. */
  public Diagnosis examine(VideoReader reader, Vr180Calibration calibration) throws IOException {
    Samples samples = read(reader, calibration);
    List<Finding> findings = new ArrayList<>();
    checkHeader(reader.info(), findings);
    checkTimes(samples, reader.info(), findings);
    Diagnosis.Layout layout = checkLayout(samples, reader.info(), findings);
    if (layout == Diagnosis.Layout.SIDE_BY_SIDE) {
      layout = checkDisparity(samples, findings);
    }
    findings.sort(Comparator.comparing(Finding::severity).reversed());
    return new Diagnosis(
        reader.info(),
        samples.count,
        layout,
        samples.percentile(samples.disparityPx, 0.5),
        samples.percentile(samples.verticalPx, 0.5),
        samples.percentile(samples.verticalPx, 0.95),
        findings);
  }

  private Samples read(VideoReader reader, Vr180Calibration calibration) throws IOException {
    Samples samples = new Samples();
    Rectifier rectifier = new Rectifier(calibration, VIEWS);
    Optional<Frame> frame = reader.next();
    while (frame.isPresent() && samples.count < options.frames()) {
      samples.timesSeconds.add(frame.get().timeSeconds());
      if (frame.get().frameIndex() % options.frameStep() == 0) {
        samples.add(frame.get().image(), rectifier, flow);
      }
      frame = reader.next();
    }
    return samples;
  }

  private void checkHeader(VideoInfo info, List<Finding> findings) {
    if (info.size().height() < options.minHeightPx()) {
      findings.add(
          new Finding(
              Finding.Code.LOW_RESOLUTION,
              options.lowResolution(),
              "the frame is "
                  + info.size()
                  + ", expected at least "
                  + options.minHeightPx()
                  + " rows",
              "get the VR stream of the source; players often save a smaller, flattened one"));
    }
    if (info.framesPerSecond() < 5 || info.framesPerSecond() > 240) {
      findings.add(
          new Finding(
              Finding.Code.FRAME_RATE,
              Finding.Severity.WARNING,
              "the header states " + info.framesPerSecond() + " frames per second",
              "times come from the frames themselves, so results hold; check the source"));
    }
  }

  private static void checkTimes(Samples samples, VideoInfo info, List<Finding> findings) {
    double expected = 1 / info.framesPerSecond();
    int uneven = 0;
    for (int k = 1; k < samples.timesSeconds.size(); k++) {
      double step = samples.timesSeconds.get(k) - samples.timesSeconds.get(k - 1);
      uneven += Math.abs(step - expected) > 0.5 * expected ? 1 : 0;
    }
    if (uneven > 0) {
      findings.add(
          new Finding(
              Finding.Code.UNEVEN_TIMES,
              Finding.Severity.WARNING,
              uneven
                  + " of "
                  + samples.timesSeconds.size()
                  + " frames do not follow at the stated rate",
              "frames are chosen by their presentation times, so results hold"));
    }
  }

  private Diagnosis.Layout checkLayout(Samples samples, VideoInfo info, List<Finding> findings) {
    if (samples.count == 0) {
      findings.add(
          error(Finding.Code.EMPTY, "the video has no frames", "check that the file is complete"));
      return Diagnosis.Layout.UNKNOWN;
    }
    double side = Samples.mean(samples.sideCorrelation);
    double stacked = Samples.mean(samples.stackedCorrelation);
    double aspect = info.size().width() / (double) info.size().height();
    if (Double.isNaN(side)) {
      findings.add(
          error(
              Finding.Code.NO_TEXTURE, "the frames are flat", "look at other frames of the video"));
      return Diagnosis.Layout.UNKNOWN;
    }
    if (stacked > side && stacked > ALIKE && (aspect < MIN_ASPECT || stacked > side + 0.2)) {
      findings.add(
          error(
              Finding.Code.TOP_BOTTOM,
              "upper and lower half are alike ("
                  + shown(stacked)
                  + "), left and right are not ("
                  + shown(side)
                  + ")",
              "the eyes are stacked; put them side by side first"));
      return Diagnosis.Layout.TOP_BOTTOM;
    }
    if (aspect < MIN_ASPECT || side < ALIKE) {
      findings.add(
          error(
              Finding.Code.NOT_STEREO,
              "a frame of "
                  + info.size()
                  + " whose halves correlate by "
                  + shown(side)
                  + ", expected two eyes side by side",
              "this looks like a flattened mono picture; get the VR stream of the source"));
      return Diagnosis.Layout.MONO;
    }
    return Diagnosis.Layout.SIDE_BY_SIDE;
  }

  private Diagnosis.Layout checkDisparity(Samples samples, List<Finding> findings) {
    double difference = Samples.mean(samples.sideDifference);
    double absolute = samples.percentile(samples.disparityPx.stream().map(Math::abs).toList(), 0.5);
    if (difference < options.monoDifferenceLevels() || absolute < options.monoDisparityPx()) {
      findings.add(
          error(
              Finding.Code.MONO,
              "left and right half differ by "
                  + shown(difference)
                  + " levels, median disparity "
                  + shown(absolute)
                  + " px",
              "both eyes show one picture, there is no depth to find"));
      return Diagnosis.Layout.MONO;
    }
    long negative = samples.disparityPx.stream().filter(d -> d < -SURE_PX).count();
    long positive = samples.disparityPx.stream().filter(d -> d > SURE_PX).count();
    if (negative > 3 * positive) {
      findings.add(
          error(
              Finding.Code.EYES_SWAPPED,
              negative + " matches lie behind infinity, " + positive + " in front",
              "exchange the halves"));
    }
    double vertical = samples.percentile(samples.verticalPx, 0.5);
    if (vertical > options.verticalLimitPx()) {
      findings.add(
          new Finding(
              Finding.Code.VERTICAL_DISPARITY,
              Finding.Severity.WARNING,
              "median vertical error " + shown(vertical) + " px at 512 px and 90 degrees",
              "estimate the rotation of the eyes, or give the calibration of the clip"));
    }
    return Diagnosis.Layout.SIDE_BY_SIDE;
  }

  private static Finding error(Finding.Code code, String message, String advice) {
    return new Finding(code, Finding.Severity.ERROR, message, advice);
  }

  private static String shown(double value) {
    return String.format(java.util.Locale.ROOT, "%.2f", value);
  }

  /** What was measured on the frames. */
  private static final class Samples {
    private static final int GRID_STEP_PX = 4;

    private int count;
    private final List<Double> timesSeconds = new ArrayList<>();
    private final List<Double> sideDifference = new ArrayList<>();
    private final List<Double> sideCorrelation = new ArrayList<>();
    private final List<Double> stackedCorrelation = new ArrayList<>();
    private final List<Double> disparityPx = new ArrayList<>();
    private final List<Double> verticalPx = new ArrayList<>();

    void add(ByteImage frame, Rectifier rectifier, FlowEstimator estimator) {
      count++;
      HalfComparison side = HalfComparison.of(StereoPair.splitSideBySide(frame));
      sideDifference.add(side.differenceLevels());
      sideCorrelation.add(side.correlation());
      stackedCorrelation.add(HalfComparison.of(StereoPair.splitTopBottom(frame)).correlation());
      StereoPair views = rectifier.rectify(frame);
      FlowField field = estimator.flow(views.left(), views.right());
      for (int y = GRID_STEP_PX; y < field.size().height(); y += GRID_STEP_PX) {
        for (int x = GRID_STEP_PX; x < field.size().width(); x += GRID_STEP_PX) {
          if (Float.isFinite(field.dx(x, y)) && Float.isFinite(field.dy(x, y))) {
            disparityPx.add((double) -field.dx(x, y));
            verticalPx.add((double) Math.abs(field.dy(x, y)));
          }
        }
      }
    }

    static double mean(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    double percentile(List<Double> values, double share) {
      if (values.isEmpty()) {
        return Double.NaN;
      }
      double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      return sorted[(int) Math.floor(share * (sorted.length - 1))];
    }
  }
}
