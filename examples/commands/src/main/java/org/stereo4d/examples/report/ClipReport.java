package org.stereo4d.examples.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.io.clip.Tracks3dFile;
import org.stereo4d.pipeline.ClipInput;
import org.stereo4d.pipeline.PipelineOptions;
import org.stereo4d.pipeline.PipelineResult;
import org.stereo4d.run.Json;
import org.stereo4d.run.Limits;
import org.stereo4d.run.Progress;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.video.VideoCodec;

/** The report of one clip, made from the folder a run left behind. */
public final class ClipReport {
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
    page.section("Pictures");
    new ClipPictures(clip, lifted(), options, result.folder().resolve("depth"))
        .addTo(page, () -> input.open(codec), progress);
    page.section("Tracks in 3D")
        .viewer(
            new TrackViewer(
                clip.tracks(), clip.worldFromCameras(), options.view(), ClipPictures.rate(clip)))
        .text("Drag, pinch or use the arrow keys to turn; the slider is time.");
    addEnergy(page);
    addTimings(page);
    addModels(page);
    page.record("id", input.id())
        .record("statistics", result.statistics().toMap())
        .record("doctor", findings)
        .record("stages", facts());
  }

  /** The tracks before the optimisation. */
  private Tracks3d lifted() throws IOException {
    return Tracks3dFile.read(result.folder().resolve(input.id() + "-lifted_tracks.npz"));
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

  /** How the energy of the tracks fell. */
  private void addEnergy(HtmlPage page) {
    Object stage = stages().getOrDefault("optimise", Map.of());
    Map<String, Object> facts =
        Json.object(
            Json.object(stage, "optimise").getOrDefault("facts", Map.of()), "facts of optimise");
    double[] energies = numbers(facts, "energies");
    double[] iterations = numbers(facts, "energyIterations");
    if (energies.length > 1 && energies.length == iterations.length) {
      page.section("Energy of the tracks")
          .plot(
              "Sum over all tracks after each iteration of the optimisation",
              SvgPlot.lines(
                  "Energy over iterations",
                  "iterations",
                  new double[] {0, iterations[iterations.length - 1]},
                  List.of(new SvgPlot.Line("energy", energies))));
    }
  }

  private static double[] numbers(Map<String, Object> facts, String name) {
    return Json.list(facts.getOrDefault(name, List.of()), name).stream()
        .mapToDouble(value -> value instanceof Number number ? number.doubleValue() : Double.NaN)
        .toArray();
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
