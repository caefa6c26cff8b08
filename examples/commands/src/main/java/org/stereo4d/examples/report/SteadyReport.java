package org.stereo4d.examples.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stereo4d.backend.Backends;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ColorMap;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.image.StereoPair;
import org.stereo4d.nvds.ClipScores;
import org.stereo4d.nvds.DepthLevels;
import org.stereo4d.nvds.StabilizedClip;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.video.VideoWriter;

/**
 * The report of depth made steady: both side by side, and the warping error of every stage.
 *
 * @param name of the video
 * @param frames of the video
 * @param clip their depth before and after
 * @param framesPerSecond of the video, Hz
 */
public record SteadyReport(
    String name, List<ByteImage> frames, StabilizedClip clip, double framesPerSecond) {
  private static final int VIDEO_SIDE_PX = 320;

  /** Copies the list. */
  public SteadyReport {
    frames = List.copyOf(frames);
  }

  /**
   * Writes the page and its numbers.
   *
   * @param seconds what each step took
   * @return the page
   */
  public Path write(Path folder, Map<String, Double> seconds, Progress progress)
      throws IOException {
    HtmlPage page = new HtmlPage("Steady depth", name);
    Map<String, Object> cards = new LinkedHashMap<>();
    cards.put("frames", frames.size());
    cards.put("warnings", clip.warnings().size());
    page.section("Summary").cards(cards);
    clip.warnings().forEach(page::text);
    clip.scores().ifPresent(scores -> addErrors(page, scores));
    addPictures(page, progress);
    page.section("Timings")
        .plot(
            "Seconds of each step",
            SvgPlot.bars(
                "Seconds of each step",
                "s",
                List.copyOf(seconds.keySet()),
                seconds.values().stream().mapToDouble(Double::doubleValue).toArray()));
    page.record("frames", frames.size())
        .record("warnings", clip.warnings())
        .record("seconds", seconds);
    return page.write(folder);
  }

  /** OPW of the maps as given, of both directions, and of the result. */
  public static Map<String, Double> errors(ClipScores scores) {
    Map<String, Double> out = new LinkedHashMap<>();
    out.put("initial", scores.initial().meanOverPairs());
    out.put("forward", scores.forward().meanOverPairs());
    out.put("backward", scores.backward().meanOverPairs());
    out.put("mix", scores.mix().meanOverPairs());
    return out;
  }

  private static void addErrors(HtmlPage page, ClipScores scores) {
    Map<String, Double> errors = errors(scores);
    page.section("Warping error")
        .plot(
            "OPW of the depth as given, of both directions, and of the result; less is steadier",
            SvgPlot.bars(
                "OPW",
                "",
                List.copyOf(errors.keySet()),
                errors.values().stream().mapToDouble(Double::doubleValue).toArray()))
        .record("opw", errors);
  }

  private void addPictures(HtmlPage page, Progress progress) throws IOException {
    DepthLevels before = DepthLevels.of(clip.initial());
    DepthLevels after = DepthLevels.of(clip.mix());
    ImageResizer resizer = new ImageResizer(ResizeFilter.AREA);
    ImageSize small = small(frames.get(0).size());
    page.section("Pictures");
    Path file = Files.createTempFile("steady", ".mp4");
    try (VideoWriter writer =
        Backends.video("ffmpeg").create(file, small.sideBySide(), framesPerSecond)) {
      for (int t = 0; t < frames.size(); t++) {
        List<ByteImage> colors = new ArrayList<>();
        colors.add(ColorMap.INFERNO.colorize(before.unit(clip.initial().get(t)), 0, 1));
        colors.add(ColorMap.INFERNO.colorize(after.unit(clip.mix().get(t)), 0, 1));
        writer.write(
            new StereoPair(
                    resizer.resize(colors.get(0), small), resizer.resize(colors.get(1), small))
                .joinSideBySide());
        if (t == frames.size() / 2) {
          page.picture("Frame " + t, frames.get(t))
              .picture("Its depth as given", colors.get(0))
              .picture("Its depth made steady", colors.get(1));
        }
        progress.finishAfter(Step.of("report", t + 1, frames.size()));
      }
      writer.finish();
      page.video("Depth as given, and made steady", file);
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
}
