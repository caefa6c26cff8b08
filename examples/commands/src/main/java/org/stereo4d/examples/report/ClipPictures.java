package org.stereo4d.examples.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.stereo4d.backend.Backends;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
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
import org.stereo4d.pipeline.DepthFolder;
import org.stereo4d.pipeline.PipelineOptions;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.TrailOverlay;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;
import org.stereo4d.warp.Rectifier;
import org.stereo4d.warp.RectifierOptions;

/** The figures of a clip: the film before and after each step, and how well the eyes agree. */
final class ClipPictures {
  private static final int VIDEO_SIDE_PX = 256;
  private static final int FILM_WIDTH_PX = 640;
  private static final int SHOWN_TRACKS = 1500;
  private static final ImageResizer RESIZER = new ImageResizer(ResizeFilter.AREA);

  private final StereoClip clip;
  private final PipelineOptions options;
  private final PinholeCamera view;
  private final DepthFolder depths;
  private final Tracks3d before;
  private final Tracks3d after;

  /** Opens the film from its first frame. */
  @FunctionalInterface
  interface Film {
    VideoReader open() throws IOException;
  }

  /**
   * Figures of a finished clip.
   *
   * @param lifted the tracks of the clip as they were before the optimisation
   * @param depthFolder where the run left its depth
   */
  ClipPictures(StereoClip clip, Tracks3d lifted, PipelineOptions options, Path depthFolder) {
    this.clip = clip;
    this.options = options;
    this.view = options.view();
    this.depths = new DepthFolder(depthFolder, clip.frameCount());
    boolean[] shown = TrailOverlay.sample(clip.tracks().count(), SHOWN_TRACKS, 0);
    this.before = lifted.select(shown);
    this.after = clip.tracks().select(shown);
  }

  /** Frames per second. */
  static double rate(StereoClip clip) {
    double[] times = clip.timesSeconds();
    double seconds = times[times.length - 1] - times[0];
    return seconds > 0 ? (times.length - 1) / seconds : 30;
  }

  /** Reads the film once and adds its figures. */
  void addTo(HtmlPage page, Film film, Progress progress) throws IOException {
    Rectifier rectifier =
        new Rectifier(clip.calibration(), RectifierOptions.DEFAULTS.withView(view));
    ImageSize small = within(view.size(), VIDEO_SIDE_PX);
    Path file = Files.createTempFile("trails", ".mp4");
    try (VideoReader reader = film.open();
        VideoWriter writer =
            Backends.video("ffmpeg").create(file, small.sideBySide(), rate(clip))) {
      for (int t = 0; t < clip.frameCount(); t++) {
        Optional<Frame> frame = reader.next();
        if (frame.isEmpty()) {
          break; // a file that was cut since
        }
        StereoPair pair = rectifier.rectify(frame.get().image());
        ByteImage lifted = trails(pair.left(), t, before);
        ByteImage optimised = trails(pair.left(), t, after);
        writer.write(
            new StereoPair(RESIZER.resize(lifted, small), RESIZER.resize(optimised, small))
                .joinSideBySide());
        if (t == clip.frameCount() / 2) {
          page.picture("As filmed, frame " + t, reduced(frame.get().image()))
              .picture("Rectified left view", pair.left())
              .picture("World tracks over it", optimised);
          addDepth(page, pair, t);
        }
        progress.finishAfter(Step.of("report", t + 1, clip.frameCount()));
      }
      writer.finish();
      page.video("World tracks over the left view: as lifted, and optimised", file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private ByteImage trails(ByteImage left, int t, Tracks3d tracks) {
    Rigid3 worldFromCamera = clip.worldFromCameras().get(t);
    return TrailOverlay.draw(left, t, tracks, view, worldFromCamera);
  }

  private static ByteImage reduced(ByteImage film) {
    return film.width() <= FILM_WIDTH_PX
        ? film
        : RESIZER.resize(film, within(film.size(), FILM_WIDTH_PX));
  }

  /** Even sides, since half-resolution colour needs them. */
  private static ImageSize within(ImageSize size, int longestPx) {
    double scale = Math.min(1, longestPx / (double) Math.max(size.width(), size.height()));
    return new ImageSize(
        2 * Math.max(8, (int) Math.round(size.width() * scale / 2)),
        2 * Math.max(8, (int) Math.round(size.height() * scale / 2)));
  }

  private void addDepth(HtmlPage page, StereoPair pair, int t) throws IOException {
    DepthMap depth = depths.read(t);
    FloatImage disparity = new StereoRig(view, options.baselineMeters()).disparityFrom(depth).px();
    float[] values = disparity.contiguous();
    double high = Math.max(4, percentile(values, 0.99) * 1.1);
    page.picture("Disparity, near is red", ColorMap.TURBO.colorize(disparity, 0, high))
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
    Arrays.sort(sorted); // NaN last
    int n = sorted.length;
    while (n > 0 && Float.isNaN(sorted[n - 1])) {
      n--;
    }
    return n == 0 ? 0 : sorted[(int) (share * (n - 1))];
  }
}
