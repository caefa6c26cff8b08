package org.stereo4d.examples.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stereo4d.backend.Backends;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.depth.StereoRig;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ColorMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.image.StereoPair;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.pipeline.ClipInput;
import org.stereo4d.pipeline.DepthFolder;
import org.stereo4d.pipeline.PipelineOptions;
import org.stereo4d.pipeline.PipelineResult;
import org.stereo4d.run.Json;
import org.stereo4d.run.Limits;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.TrailOverlay;
import org.stereo4d.video.RectifiedVideo;
import org.stereo4d.video.StereoFrame;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoWriter;
import org.stereo4d.warp.Rectifier;
import org.stereo4d.warp.RectifierOptions;

/** The report of one clip, made from the folder a run left behind. */
public final class ClipReport {
  private static final int VIDEO_SIDE_PX = 256;
  private static final int SHOWN_TRACKS = 1500;

  private final ClipInput input;
  private final PipelineResult result;
  private final PipelineOptions options;
  private final VideoCodec codec;
  private final StereoClip clip;
  private final Map<String, Object> manifest;
  private final Map<String, Path> networks;

  private ClipReport(
      ClipInput input,
      PipelineResult result,
      PipelineOptions options,
      VideoCodec codec,
      Map<String, Path> networks)
      throws IOException {
    this.networks = networks;
    this.input = input;
    this.result = result;
    this.options = options;
    this.codec = codec;
    this.clip = StereoClip.read(result.clip());
    String text =
        Files.readString(result.folder().resolve("manifest.json"), StandardCharsets.UTF_8);
    this.manifest = Json.object(Json.parse(text, Limits.DEFAULTS), "manifest.json");
  }

  /** The report of a finished run with the options it ran with. */
  public static ClipReport of(
      ClipInput input, PipelineResult result, PipelineOptions options, VideoCodec codec)
      throws IOException {
    return new ClipReport(input, result, options, codec, Map.of());
  }

  /**
   * This report of a run in which networks took part.
   *
   * @param files of the networks, by what each does
   */
  public ClipReport withNetworks(Map<String, Path> files) throws IOException {
    return new ClipReport(input, result, options, codec, files);
  }

  /**
   * Writes the page and its numbers.
   *
   * @return the page
   */
  public Path write(Path folder, Progress progress) throws IOException {
    HtmlPage page = new HtmlPage(input.id(), "Stereo4D of " + input.video().getFileName());
    addTo(page, progress);
    return page.write(folder);
  }

  /** Adds all sections to a page that may hold more. */
  public void addTo(HtmlPage page, Progress progress) throws IOException {
    page.section("Summary").cards(result.statistics().toMap());
    String findings = String.valueOf(manifest.getOrDefault("doctor", "no findings"));
    page.section("Doctor");
    findings.lines().forEach(page::text);
    addPictures(page, progress);
    page.section("Tracks in 3D")
        .viewer(new TrackViewer(clip.tracks(), clip.worldFromCameras(), options.view(), rate()))
        .text("Drag, pinch or use the arrow keys to turn; the slider is time.");
    addEnergy(page);
    addTimings(page);
    addModels(page);
    page.record("id", input.id())
        .record("statistics", result.statistics().toMap())
        .record("doctor", findings)
        .record("stages", facts());
  }

  private void addModels(HtmlPage page) {
    page.section("Models");
    if (networks.isEmpty()) {
      page.text("No network took part: every stage ran on the embedded methods, without weights.");
      return;
    }
    List<List<Object>> rows = new ArrayList<>();
    networks.forEach((role, file) -> rows.add(List.of(role, file.getFileName().toString())));
    page.table(List.of("does", "file"), rows)
        .text("The terms that came with each file hold for what was made with it.");
    List<List<Object>> known = new ArrayList<>();
    for (KnownModel model : KnownModel.ALL) {
      known.add(List.of(model.name(), model.weights()));
    }
    page.table(List.of("published networks", "weights and their licences"), known);
  }

  private double rate() {
    double[] times = clip.timesSeconds();
    double seconds = times[times.length - 1] - times[0];
    return seconds > 0 ? (times.length - 1) / seconds : 30;
  }

  private void addPictures(HtmlPage page, Progress progress) throws IOException {
    page.section("Pictures");
    int middle = clip.frameCount() / 2;
    PinholeCamera view = options.view();
    Tracks3d shown =
        clip.tracks().select(TrailOverlay.sample(clip.tracks().count(), SHOWN_TRACKS, 0));
    Rectifier rectifier =
        new Rectifier(clip.calibration(), RectifierOptions.DEFAULTS.withView(view));
    ImageSize small = small(view.size());
    Path file = Files.createTempFile("trails", ".mp4");
    try (RectifiedVideo video = new RectifiedVideo(input.open(codec), rectifier);
        VideoWriter writer = Backends.video("ffmpeg").create(file, small, rate())) {
      ImageResizer resizer = new ImageResizer(ResizeFilter.AREA);
      int t = 0;
      for (Optional<StereoFrame> frame = video.next(); frame.isPresent(); frame = video.next()) {
        StereoPair pair = frame.get().pair();
        ByteImage overlay =
            TrailOverlay.draw(pair.left(), t, shown, view, clip.worldFromCameras().get(t));
        writer.write(resizer.resize(overlay, small));
        if (t == middle) {
          addFrame(page, pair, overlay, t);
        }
        t++;
        progress.finishAfter(Step.of("report", t, clip.frameCount()));
      }
      writer.finish();
      page.video("World tracks over the left view", file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Even sides, since half-resolution colour needs them. */
  private static ImageSize small(ImageSize size) {
    double scale = Math.min(1, VIDEO_SIDE_PX / (double) Math.max(size.width(), size.height()));
    return new ImageSize(
        2 * Math.max(8, (int) Math.round(size.width() * scale / 2)),
        2 * Math.max(8, (int) Math.round(size.height() * scale / 2)));
  }

  private void addFrame(HtmlPage page, StereoPair pair, ByteImage overlay, int t)
      throws IOException {
    DepthMap depth = new DepthFolder(result.folder().resolve("depth"), clip.frameCount()).read(t);
    StereoRig rig = new StereoRig(options.view(), options.baselineMeters());
    FloatImage disparity = rig.disparityFrom(depth).px();
    float[] values = disparity.contiguous();
    double high = Math.max(4, percentile(values, 0.99) * 1.1);
    page.picture("Left view, frame " + t, pair.left())
        .picture("World tracks over it", overlay)
        .picture("Disparity, near is red", ColorMap.TURBO.colorize(disparity, 0, high))
        .plot(
            "Disparity, pixels of frame " + t,
            SvgPlot.histogram("Histogram of disparity", "px", values, new double[] {0, high}));
    float[] flow =
        Backends.flowEstimator("opencv").flow(pair.left(), pair.right()).px().contiguous();
    float[] vertical = new float[flow.length / 2];
    for (int i = 0; i < vertical.length; i++) {
      vertical[i] = flow[2 * i + 1];
    }
    page.plot(
        "Vertical error between the eyes after rectification, frame " + t,
        SvgPlot.histogram("Histogram of vertical error", "px", vertical, new double[] {-3, 3}));
  }

  private static double percentile(float[] values, double share) {
    float[] sorted = values.clone();
    java.util.Arrays.sort(sorted); // NaN last
    int n = sorted.length;
    while (n > 0 && Float.isNaN(sorted[n - 1])) {
      n--;
    }
    return n == 0 ? 0 : sorted[(int) (share * (n - 1))];
  }

  private void addTimings(HtmlPage page) {
    List<String> names = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    for (Map.Entry<String, Object> stage : stages().entrySet()) {
      Object value = Json.object(stage.getValue(), stage.getKey()).get("seconds");
      if (value instanceof Number number) {
        names.add(stage.getKey());
        seconds.add(number.doubleValue());
      }
    }
    page.section("Timings")
        .plot(
            "Seconds of each stage",
            SvgPlot.bars(
                "Seconds of each stage",
                "s",
                names,
                seconds.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  /** The energy of the tracks as it was lifted and as it was left. */
  private void addEnergy(HtmlPage page) {
    Object stage = stages().getOrDefault("optimise", Map.of());
    Object facts = Json.object(stage, "optimise").getOrDefault("facts", Map.of());
    Map<String, Object> values = Json.object(facts, "facts");
    if (values.get("energyBefore") instanceof Number before
        && values.get("energyAfter") instanceof Number after) {
      page.section("Energy of the tracks")
          .plot(
              "Sum over tracks before and after the optimisation",
              SvgPlot.bars(
                  "Energy",
                  "",
                  List.of("lifted", "optimised"),
                  new double[] {before.doubleValue(), after.doubleValue()}));
    }
  }

  private Map<String, Object> stages() {
    return Json.object(manifest.getOrDefault("stages", Map.of()), "stages");
  }

  /** What each stage noted, and its seconds. */
  private Map<String, Object> facts() {
    Map<String, Object> out = new LinkedHashMap<>();
    stages()
        .forEach(
            (name, value) -> {
              Map<String, Object> stage = Json.object(value, name);
              Map<String, Object> entry = new LinkedHashMap<>();
              entry.put("seconds", stage.getOrDefault("seconds", Double.NaN));
              entry.put("facts", stage.getOrDefault("facts", Map.of()));
              out.put(name, entry);
            });
    return out;
  }
}
