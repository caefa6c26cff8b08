package org.stereo4d.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.stereo4d.backend.Backends;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.depth.StereoDepthOptions;
import org.stereo4d.examples.report.ClipReport;
import org.stereo4d.examples.report.HtmlPage;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ColorMap;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.optim.rig.RigEstimatorOptions;
import org.stereo4d.optim.rig.TrajectoryErrors;
import org.stereo4d.pipeline.ClipInput;
import org.stereo4d.pipeline.DepthFolder;
import org.stereo4d.pipeline.PipelineOptions;
import org.stereo4d.pipeline.PipelineResult;
import org.stereo4d.pipeline.PipelineRoles;
import org.stereo4d.pipeline.Stereo4dPipeline;
import org.stereo4d.run.Progress;
import org.stereo4d.synthetic.CameraMotion;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.QueryGrid;
import org.stereo4d.tracking.TrailOverlay;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;
import org.stereo4d.video.doctor.DoctorOptions;
import org.stereo4d.video.doctor.Finding;

/** A synthetic VR180 video, filmed by a rig with errors, through the whole of Stereo4D. */
final class ClipPart {
  private static final int FRAMES = 36;
  private static final ImageSize EYE = new ImageSize(800, 800);
  private static final PinholeCamera VIEW =
      PinholeCamera.ofHorizontalFovDegrees(new ImageSize(256, 256), 60);
  private static final double RIG_DEGREES = 1;
  private static final PipelineOptions OPTIONS =
      PipelineOptions.DEFAULTS
          .withView(VIEW)
          .withVideos(Set.of())
          .withDoctor(
              DoctorOptions.DEFAULTS
                  .withFrames(2, 10)
                  .withMinHeightPx(720, Finding.Severity.WARNING),
              true)
          // the rule against depth edges compares pixels, and these are twice as wide as usual
          .withDepth(StereoDepthOptions.DEFAULTS.withGradientShare(0.06))
          .withRig(RigEstimatorOptions.DEFAULTS.withView(512, 90))
          .withQueries(QueryGrid.DEFAULTS.withEveryFrames(8));

  private ClipPart() {}

  static void run(Path folder, HtmlPage page, Scores scores, Pictures pictures, Progress progress)
      throws IOException {
    SyntheticClip clip = film();
    Path video = folder.resolve("vr180.mp4");
    write(clip, video);
    ClipInput input = ClipInput.of("walk", video);
    PipelineResult result =
        new Stereo4dPipeline(PipelineRoles.defaults(), OPTIONS)
            .run(input, folder.resolve("stereo4d"), progress);
    page.section("Stereo4D: VR180 video to world tracks")
        .text("A room with moving people and objects, walked through with a misaligned rig.");
    ClipReport.of(input, result, OPTIONS, Backends.video("ffmpeg")).addTo(page, progress);
    score(clip, result, scores);
    keep(clip, result, pictures);
  }

  private static SyntheticClip film() {
    return SyntheticClip.of(
        Preset.MOVING_OBJECTS,
        Preset.MOVING_OBJECTS
            .options()
            .withCameraMotion(CameraMotion.WALKING)
            .withRigErrorDegrees(RIG_DEGREES)
            .withFrameCount(FRAMES));
  }

  private static void write(SyntheticClip clip, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    EncodeOptions options = EncodeOptions.DEFAULTS.withQuality(12);
    try (VideoReader reader = clip.vr180Video(EYE);
        VideoWriter writer = Backends.video("ffmpeg").create(file, EYE.sideBySide(), options)) {
      for (Frame frame : reader) {
        writer.write(frame.image());
      }
      writer.finish();
    }
  }

  private static void score(SyntheticClip clip, PipelineResult result, Scores scores)
      throws IOException {
    StereoClip found = StereoClip.read(result.clip());
    TrajectoryErrors errors =
        TrajectoryErrors.of(found.worldFromCameras(), inGauge(found.calibration(), clip));
    scores.add(
        Score.atMost(
            "Stereo4D", "drift of the estimated path", errors.driftShare(), 0.005, "of path"));
    scores.add(
        Score.atLeast(
            "Stereo4D",
            "pixels with checked depth",
            result.statistics().knownDepthShare(),
            0.7,
            "share"));
  }

  /**
   * True poses in the frame of the estimate: the rig sees no rotation about its own baseline, so
   * both are compared in the estimated rectified frame.
   */
  private static List<Rigid3> inGauge(Vr180Calibration estimate, SyntheticClip clip) {
    Rotation3 estimatedFromTrue =
        estimate
            .leftFromRectified()
            .inverse()
            .compose(clip.options().calibration().leftFromRectified());
    Rigid3 turn = new Rigid3(estimatedFromTrue, Vec3.ZERO);
    List<Rigid3> out = new ArrayList<>();
    for (Rigid3 pose : clip.worldFromCameras()) {
      out.add(turn.compose(pose).compose(turn.inverse()));
    }
    return out;
  }

  private static void keep(SyntheticClip clip, PipelineResult result, Pictures pictures)
      throws IOException {
    int t = FRAMES / 2;
    StereoClip found = StereoClip.read(result.clip());
    ByteImage left = clip.leftImage(t, VIEW);
    Tracks3d shown = found.tracks().select(TrailOverlay.sample(found.tracks().count(), 1200, 0));
    ByteImage trails = TrailOverlay.draw(left, t, shown, VIEW, found.worldFromCameras().get(t));
    var depth = new DepthFolder(result.folder().resolve("depth"), FRAMES).read(t);
    ByteImage colors = ColorMap.TURBO.colorize(depth.inverse().values(), 0, 0.8);
    pictures.keep("stereo4d", Pictures.row(List.of(left, colors, trails)));
    pictures.keep("vr180", halved(clip.vr180Frame(t, EYE)));
  }

  private static ByteImage halved(ByteImage image) {
    return new org.stereo4d.image.ImageResizer(org.stereo4d.image.ResizeFilter.AREA)
        .resize(image, new ImageSize(image.width() / 2, image.height() / 2));
  }

  static Map<String, Object> facts() {
    return Map.of("frames", FRAMES, "eye", EYE.toString(), "view", VIEW.size().toString());
  }
}
