package org.stereo4d.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.backend.Backends;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Vec3;
import org.stereo4d.depth.StereoDepthOptions;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.io.clip.Tracks2dFile;
import org.stereo4d.io.clip.Tracks3dFile;
import org.stereo4d.optim.rig.RigEstimatorOptions;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Signal;
import org.stereo4d.synthetic.CameraMotion;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.QueryGrid;
import org.stereo4d.tracking.drift.ClassMap;
import org.stereo4d.tracking.drift.ClassNames;
import org.stereo4d.tracking.drift.DriftFilterOptions;
import org.stereo4d.tracking.drift.Segmenter;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.Frame;
import org.stereo4d.video.FrameSpan;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;
import org.stereo4d.video.doctor.DoctorOptions;
import org.stereo4d.video.doctor.Finding;

/** The whole chain on a small synthetic clip, from the video alone. */
class Stereo4dPipelineSceneTest {
  private static final ImageSize EYE = new ImageSize(640, 640);
  private static final int FRAMES = 12;
  private static final PipelineOptions OPTIONS =
      PipelineOptions.DEFAULTS
          .withView(PinholeCamera.ofHorizontalFovDegrees(new ImageSize(192, 192), 60))
          .withDoctor(
              DoctorOptions.DEFAULTS.withFrames(1, 1).withMinHeightPx(0, Finding.Severity.WARNING),
              true)
          // the rule against depth edges compares pixels, and these are 2.7 times as large as usual
          .withDepth(StereoDepthOptions.DEFAULTS.withGradientShare(0.09))
          .withRig(RigEstimatorOptions.DEFAULTS.withView(384, 90))
          .withQueries(QueryGrid.DEFAULTS.withEveryFrames(6).withStridePx(8));

  /** The bar of the pose estimator: error of tracks over that with the true poses. */
  private static final double POSE_COST = 1.15;

  @TempDir static Path shared;
  @TempDir Path folder;
  private static Path video;

  @BeforeAll
  static void film() throws IOException {
    video = shared.resolve("walk é.mp4");
    write(walk(), video);
  }

  private static SyntheticClip walk() {
    return SyntheticClip.of(
        Preset.STATIC_ROOM,
        Preset.STATIC_ROOM.options().withCameraMotion(CameraMotion.WALKING).withFrameCount(FRAMES));
  }

  private static void write(SyntheticClip clip, Path file) throws IOException {
    try (VideoReader reader = clip.vr180Video(EYE);
        VideoWriter writer =
            Backends.video("ffmpeg")
                .create(file, EYE.sideBySide(), EncodeOptions.DEFAULTS.withQuality(10))) {
      for (Frame frame : reader) {
        writer.write(frame.image());
      }
      writer.finish();
    }
  }

  private PipelineResult run(Progress progress) throws IOException {
    return new Stereo4dPipeline(PipelineRoles.defaults(), OPTIONS)
        .run(ClipInput.of("walk", video), folder, progress);
  }

  @Test
  void run_videoAlone_givesSteadyTracksAndResumes() throws IOException {
    PipelineResult first = run(Progress.NONE);
    assertThat(first.stagesRun()).isEqualTo(6);
    StereoClip clip = StereoClip.read(first.clip());
    assertThat(clip.frameCount()).isEqualTo(FRAMES);
    assertThat(clip.tracks().count()).isGreaterThan(300);
    assertThat(first.statistics().knownDepthShare()).isGreaterThan(0.7);
    assertThat(first.statistics().medianDepthMeters()).isBetween(0.5, 6.0);
    // nothing moves in this room: a point wanders by far less than its depth scatters
    assertThat(medianWander(clip.tracks())).isLessThan(0.02);
    assertThat(folder.resolve("walk-tracks.ply")).exists();
    assertThat(folder.resolve("walk-tracks.glb")).exists();
    assertThat(Tracks3dFile.read(folder.resolve("walk-optimized_tracks.npz")).xyz())
        .isEqualTo(clip.tracks().xyz());
    for (ClipVideo shown : OPTIONS.videos()) {
      Path file = folder.resolve("walk-" + shown.fileName() + ".mp4");
      try (VideoReader reader = Backends.video("ffmpeg").open(file)) {
        int frames = 0;
        for (Frame frame : reader) {
          frames += frame.image().height() > 0 ? 1 : 0;
        }
        assertThat(frames).as(file.toString()).isEqualTo(FRAMES);
      }
    }

    assertThat(run(Progress.NONE).stagesRun()).isZero();
    Files.delete(folder.resolve("walk-tracks2d.npz"));
    assertThat(run(Progress.NONE).stagesRun()).isEqualTo(1);
  }

  /** Mean distance of optimised points from the true ones, metres. */
  private double meanError(PipelineRoles roles, String name) throws IOException {
    Path out = folder.resolve(name);
    PipelineResult result =
        new Stereo4dPipeline(roles, OPTIONS).run(ClipInput.of("walk", video), out, Progress.NONE);
    StereoClip clip = StereoClip.read(result.clip());
    TrackTruth truth =
        new TrackTruth(
            walk(),
            OPTIONS.view(),
            clip.calibration(),
            Tracks3dFile.readQueries(out.resolve("walk-optimized_tracks.npz")));
    return Arrays.stream(truth.sortedErrors(clip.tracks(), clip.tracks())).average().orElseThrow();
  }

  @Test
  void run_estimatedPoses_costLittleOverTheTrueOnes() throws IOException {
    double estimated = meanError(PipelineRoles.defaults(), "estimated");
    double exact = meanError(PipelineRoles.defaults().withPoses(walk().poseSource()), "exact");
    assertThat(estimated / exact).isLessThanOrEqualTo(POSE_COST);
  }

  /** Median over tracks of the largest step between neighbouring frames, metres. */
  private static double medianWander(Tracks3d tracks) {
    double[] steps = new double[tracks.count()];
    for (int i = 0; i < steps.length; i++) {
      for (int t = 1; t < tracks.frameCount(); t++) {
        if (tracks.isVisible(i, t) && tracks.isVisible(i, t - 1)) {
          Vec3 step = tracks.point(i, t).minus(tracks.point(i, t - 1));
          steps[i] = Math.max(steps[i], step.norm());
        }
      }
    }
    java.util.Arrays.sort(steps);
    return steps[steps.length / 2];
  }

  @Test
  void run_cancelled_keepsFinishedStages() throws IOException {
    Progress untilDepth =
        step -> step.stage().equals("depth") && step.done() == 3 ? Signal.ABORT : Signal.CONTINUE;
    assertThatThrownBy(() -> run(untilDepth)).isInstanceOf(CancellationException.class);
    assertThat(folder.resolve("walk-poses.npz")).exists();
    assertThat(run(Progress.NONE).stagesRun()).isEqualTo(5);
  }

  @Test
  void run_givenPosesAndSegments_usesThem() throws IOException {
    SyntheticClip truth = walk();
    ClassNames names = new ClassNames(List.of("background", "sky"));
    AtomicInteger segmented = new AtomicInteger();
    Segmenter left =
        new Segmenter() {
          @Override
          public ClassMap segment(ByteImage picture) {
            segmented.incrementAndGet();
            byte[] classes = new byte[picture.size().area()];
            for (int i = 0; i < classes.length; i++) {
              classes[i] = (byte) (i % picture.width() < picture.width() / 2 ? 1 : 0);
            }
            return ClassMap.wrap(classes, picture.size());
          }

          @Override
          public ClassNames names() {
            return names;
          }
        };
    PipelineRoles roles =
        PipelineRoles.defaults().withPoses(truth.poseSource()).withSegmenter(left);
    DriftFilterOptions drift = DriftFilterOptions.DEFAULTS.withClasses(List.of(), List.of("sky"));
    PipelineResult result =
        new Stereo4dPipeline(roles, OPTIONS.withDrift(drift).withVideos(Set.of(ClipVideo.TRAILS)))
            .run(
                new ClipInput("part", video, Optional.empty(), Optional.of(new FrameSpan(2, 10))),
                folder,
                Progress.NONE);
    StereoClip clip = StereoClip.read(result.clip());
    assertThat(clip.frameCount()).isEqualTo(8);
    assertThat(clip.timesSeconds()[0]).isCloseTo(2 / 30.0, Offset.offset(0.002));
    assertThat(clip.worldFromCameras().get(1))
        .isEqualTo(truth.poseSource().worldFromCameras("", clip.timesSeconds()).get(1));
    assertThat(segmented.get()).isEqualTo(8);
    // whatever was seen on the left half of the picture counts as sky
    Tracks2d kept = Tracks2dFile.read(folder.resolve("part-tracks2d_filtered.npz"));
    assertThat(kept.count()).isPositive();
    for (int i = 0; i < kept.count(); i++) {
      for (int t = 0; t < 8; t++) {
        if (kept.isVisible(i, t)) {
          assertThat(kept.xPx(i, t)).isGreaterThan(95);
        }
      }
    }
  }

  @Test
  void batch_oneBadClip_neverStopsTheRest() throws IOException {
    Path bad = folder.resolve("bad.mp4");
    Files.writeString(bad, "no video");
    Path posed = folder.resolve("given.npz");
    run(Progress.NONE);
    Files.copy(folder.resolve("walk-poses.npz"), posed);
    Path out = folder.resolve("batch");
    List<PipelineBatch.Outcome> outcomes =
        new PipelineBatch(new Stereo4dPipeline(PipelineRoles.defaults(), OPTIONS))
            .run(
                List.of(ClipInput.of("bad", bad), new ClipInput("good", video, Optional.of(posed))),
                out,
                Progress.NONE);
    assertThat(outcomes).extracting(PipelineBatch.Outcome::succeeded).containsExactly(false, true);
    assertThat(outcomes.get(0).message()).contains("bad.mp4");
    assertThat(Files.readAllLines(out.resolve("batch.jsonl"))).hasSize(2);
  }

  @Test
  void run_monoVideo_isRefusedWithAdvice() throws IOException {
    Path mono = folder.resolve("mono.mp4");
    write(SyntheticClip.of(Preset.MONO, Preset.MONO.options().withFrameCount(2)), mono);
    assertThatThrownBy(
            () ->
                new Stereo4dPipeline(PipelineRoles.defaults(), OPTIONS)
                    .run(ClipInput.of("mono", mono), folder.resolve("out"), Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("mono.mp4")
        .hasMessageContaining("MONO");
  }
}
