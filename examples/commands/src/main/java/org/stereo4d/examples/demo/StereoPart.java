package org.stereo4d.examples.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.examples.report.HtmlPage;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageQuality;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.image.StereoPair;
import org.stereo4d.run.Progress;
import org.stereo4d.stereocrafter.ConvertOptions;
import org.stereo4d.stereocrafter.StereoConverter;
import org.stereo4d.stereocrafter.depth.EdgeDilation;
import org.stereo4d.stereocrafter.format.Anaglyph;
import org.stereo4d.stereocrafter.format.Packing;
import org.stereo4d.stereocrafter.format.StereoFormat;
import org.stereo4d.stereocrafter.splat.ByteSplat;
import org.stereo4d.stereocrafter.splat.RowSplatter;
import org.stereo4d.stereocrafter.splat.SplatOptions;
import org.stereo4d.stereocrafter.splat.View;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

/** A mono video made stereo, compared with what a second camera would have seen. */
final class StereoPart {
  private static final int FRAMES = 24;
  private static final PinholeCamera VIEW =
      PinholeCamera.ofHorizontalFovDegrees(new ImageSize(384, 216), 60);

  private StereoPart() {}

  static void run(HtmlPage page, Scores scores, Pictures pictures, Progress progress)
      throws IOException {
    SyntheticClip clip =
        SyntheticClip.of(
            Preset.MOVING_OBJECTS, Preset.MOVING_OBJECTS.options().withFrameCount(FRAMES));
    List<DisparityMap> disparity = new ArrayList<>();
    float most = 0;
    for (int t = 0; t < FRAMES; t++) {
      DisparityMap map = clip.disparity(t, VIEW);
      disparity.add(map);
      for (float d : map.px().array()) {
        most = d > most ? d : most;
      }
    }
    List<ByteImage> frames = convert(clip, disparity, most, progress);
    score(clip, disparity, frames, scores);
    show(page, pictures, frames);
  }

  /** With nearness 1 at the largest disparity and the screen at infinity, depth is metric. */
  private static List<ByteImage> convert(
      SyntheticClip clip, List<DisparityMap> disparity, float most, Progress progress)
      throws IOException {
    ConvertOptions options =
        ConvertOptions.DEFAULTS
            .withNormalizedDepth()
            .withPercentOfWidth(100.0 * most / VIEW.size().width())
            .withConvergence(0)
            .withDilation(new EdgeDilation(0, 0))
            .withView(View.RIGHT);
    VideoDepthEstimator nearness =
        (frames, sink, listener) -> {
          int t = 0;
          for (ByteImage frame : frames) {
            FloatImage values = disparity.get(t).px().copy();
            float[] array = values.array();
            for (int i = 0; i < array.length && frame.width() > 0; i++) {
              array[i] = Float.isNaN(array[i]) ? 0 : array[i] / most;
            }
            sink.accept(t++, new InverseDepthMap(values));
          }
        };
    Kept kept = new Kept();
    try (VideoReader mono = clip.leftVideo(VIEW)) {
      new StereoConverter(options)
          .convert(mono, nearness, Packing.of(StereoFormat.FULL_SIDE_BY_SIDE), kept, progress);
    }
    return kept.frames;
  }

  private static void score(
      SyntheticClip clip, List<DisparityMap> disparity, List<ByteImage> frames, Scores scores) {
    double psnr = 0;
    double overlap = 0;
    int judged = 0;
    RowSplatter splatter = new RowSplatter(SplatOptions.DEFAULTS);
    for (int t = 2; t < FRAMES; t += 5) {
      ByteImage right = clip.rightImage(t, VIEW);
      ByteImage made = StereoPair.splitSideBySide(frames.get(t)).right();
      psnr += ImageQuality.psnrDecibels(made, right);
      ByteSplat splat = splatter.splat(clip.leftImage(t, VIEW), disparity.get(t), -1);
      Mask hidden = clip.truth().occlusion(clip.right(t, VIEW), clip.left(t, VIEW));
      overlap += splat.holes().intersectionOverUnion(hidden);
      judged++;
    }
    scores.add(
        Score.atLeast(
            "StereoCrafter", "right eye against the true one, PSNR", psnr / judged, 25, "dB"));
    scores.add(
        Score.atLeast(
            "StereoCrafter", "holes against true occlusion, IoU", overlap / judged, 0.5, ""));
  }

  private static void show(HtmlPage page, Pictures pictures, List<ByteImage> frames)
      throws IOException {
    List<ByteImage> anaglyphs = new ArrayList<>();
    for (ByteImage frame : frames) {
      anaglyphs.add(Anaglyph.DUBOIS.pack(StereoPair.splitSideBySide(frame)));
    }
    pictures.keep("stereo", frames.get(FRAMES / 2));
    pictures.keep("anaglyph", anaglyphs.get(FRAMES / 2));
    page.section("StereoCrafter: mono to stereo")
        .video("Side by side", pictures.video("mono_LRF_Full_SBS.mp4", frames, 15))
        .video("Anaglyph", pictures.video("mono_redcyan_dubois.mp4", anaglyphs, 15));
  }

  /** Keeps the frames. */
  private static final class Kept implements VideoWriter {
    private final List<ByteImage> frames = new ArrayList<>();

    @Override
    public void write(ByteImage image) {
      frames.add(image);
    }

    @Override
    public void write(ByteImage image, double timeSeconds) {
      frames.add(image);
    }

    @Override
    public void finish() {
      // frames are kept as they come
    }

    @Override
    public void close() {
      // nothing is held open
    }
  }
}
