package org.stereo4d.io.clip;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.io.pose.TimedPoses;
import org.stereo4d.run.Check;
import org.stereo4d.run.Limits;
import org.stereo4d.track.Tracks3d;

/**
 * One clip of the Stereo4D data: calibration, poses and world tracks of a stretch of a VR180 video.
 *
 * @param name clip id, {@code <videoId>_<first timestamp>}
 * @param videoId id of the source video; may contain underscores
 * @param timestampsMicros time of each frame from the start of the source, microseconds; rising
 * @param worldFromCameras pose of the left rectified view at each frame, metres
 * @param tracks points in the world frame, metres, over the same frames
 * @param calibration how the raw eyes look at the rectified frame
 * @param otherFields arrays of the file that are not part of the format, kept and written again
 */
public record StereoClip(
    String name,
    String videoId,
    long[] timestampsMicros,
    List<Rigid3> worldFromCameras,
    Tracks3d tracks,
    Vr180Calibration calibration,
    Map<String, NpyArray> otherFields) {
  /** Checks that all parts have one number of frames and that time rises. */
  public StereoClip {
    int frames = timestampsMicros.length;
    Check.that(frames > 0, "a clip must have at least 1 frame, had %s", frames);
    Check.that(
        worldFromCameras.size() == frames && tracks.frameCount() == frames,
        "%s timestamps need as many poses and track frames, had %s and %s",
        frames,
        worldFromCameras.size(),
        tracks.frameCount());
    for (int t = 1; t < frames; t++) {
      Check.that(
          timestampsMicros[t] > timestampsMicros[t - 1],
          "timestamps must rise, were %s and %s at frame %s",
          timestampsMicros[t - 1],
          timestampsMicros[t],
          t);
    }
    timestampsMicros = timestampsMicros.clone();
    worldFromCameras = List.copyOf(worldFromCameras);
    otherFields = Map.copyOf(otherFields);
  }

  /** Reads a clip, refusing any defect; see {@link ClipReader} for a lenient way. */
  public static StereoClip read(Path path) throws IOException {
    return new ClipReader(ClipReader.Mode.STRICT, Limits.DEFAULTS).read(path).clip();
  }

  /** Number of frames T. */
  public int frameCount() {
    return timestampsMicros.length;
  }

  /** Time of each frame from the start of the source, microseconds. */
  @Override
  public long[] timestampsMicros() {
    return timestampsMicros.clone();
  }

  /** Time of each frame from the start of the source, seconds. */
  public double[] timesSeconds() {
    return Arrays.stream(timestampsMicros).mapToDouble(micros -> micros / 1e6).toArray();
  }

  /** The poses with their times, as a source for a video of the same frames. */
  public TimedPoses timedPoses() {
    return TimedPoses.of(timesSeconds(), worldFromCameras);
  }

  /** This clip with other tracks over the same frames. */
  public StereoClip withTracks(Tracks3d tracks) {
    return new StereoClip(
        name, videoId, timestampsMicros, worldFromCameras, tracks, calibration, otherFields);
  }

  /**
   * Writes the clip in the released format, with float64 poses; only visible entries are stored,
   * frames rising within a track.
   */
  public void write(Path path) throws IOException {
    Map<String, NpyArray> fields = new LinkedHashMap<>();
    fields.put("name", NpyArray.scalar(name));
    fields.put("video_id", NpyArray.scalar(videoId));
    fields.put("timestamps", NpyArray.of(timestampsMicros));
    double[] poses = new double[12 * frameCount()];
    for (int t = 0; t < frameCount(); t++) {
      System.arraycopy(worldFromCameras.get(t).toMatrix34(), 0, poses, 12 * t, 12);
    }
    fields.put("camera2world", NpyArray.of(poses, frameCount(), 3, 4));
    RaggedTracks.of(tracks).putInto(fields);
    double[] rotations = new double[18];
    System.arraycopy(calibration.leftFromRectified().toMatrix(), 0, rotations, 0, 9);
    System.arraycopy(calibration.rightFromRectified().toMatrix(), 0, rotations, 9, 9);
    fields.put("rectified2rig", NpyArray.of(rotations, 2, 3, 3));
    fields.put("fov_bounds", NpyArray.of(calibration.bounds().toArray()));
    new TreeMap<>(otherFields).forEach(fields::putIfAbsent);
    NpzWriter.write(path, fields);
  }
}
