package org.stereo4d.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stereo4d.camera.PoseSource;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.optim.rig.RigEstimate;
import org.stereo4d.optim.rig.RigEstimator;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;

/** Gives the clip its calibration and poses. */
final class PoseStage {
  private final ClipRun run;

  PoseStage(ClipRun run) {
    this.run = run;
  }

  Map<String, Object> write(Path file) throws IOException {
    Optional<PoseSource> source = run.roles.poses();
    if (run.input.clip().isPresent()) {
      StereoClip given = StereoClip.read(run.input.clip().get());
      List<Rigid3> poses =
          source.isPresent()
              ? source.get().worldFromCameras(run.input.id(), given.timesSeconds())
              : given.worldFromCameras();
      new StereoClip(
              given.name(),
              given.videoId(),
              given.timestampsMicros(),
              poses,
              noTracks(poses.size()),
              given.calibration(),
              given.otherFields())
          .write(file);
      return Map.of("from", source.isPresent() ? "clip file and pose source" : "clip file");
    }
    if (source.isPresent()) {
      long[] micros = timestampsMicros();
      double[] seconds = new double[micros.length];
      for (int t = 0; t < seconds.length; t++) {
        seconds[t] = micros[t] / 1e6;
      }
      List<Rigid3> poses = source.get().worldFromCameras(run.input.id(), seconds);
      write(file, micros, poses, Vr180Calibration.IDENTITY);
      return Map.of("from", "pose source");
    }
    return estimate(file);
  }

  private Map<String, Object> estimate(Path file) throws IOException {
    RigEstimate estimate =
        new RigEstimator(run.options.rig(), run.roles.tracker())
            .estimate(
                run::open,
                Vr180Calibration.IDENTITY.bounds(),
                Vr180Calibration.IDENTITY,
                run.progress);
    if (!estimate.report().isSolved()) {
      throw new IOException(
          run.input.video()
              + ": poses could not be estimated: "
              + estimate.report()
              + "; give a clip file with poses");
    }
    write(file, timestampsMicros(), estimate.worldFromCameras(), estimate.calibration());
    return Map.of("from", "video", "report", estimate.report().toString());
  }

  private void write(Path file, long[] micros, List<Rigid3> poses, Vr180Calibration calibration)
      throws IOException {
    String id = run.input.id();
    new StereoClip(id, id, micros, poses, noTracks(micros.length), calibration, Map.of())
        .write(file);
  }

  private long[] timestampsMicros() throws IOException {
    List<Long> out = new ArrayList<>();
    try (VideoReader reader = run.open()) {
      for (Optional<Frame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
        out.add(Math.round(frame.get().timeSeconds() * 1e6));
      }
    }
    return out.stream().mapToLong(Long::longValue).toArray();
  }

  private static Tracks3d noTracks(int frames) {
    return Tracks3d.wrap(frames, new float[0], new boolean[0], new byte[0]);
  }
}
