package org.stereo4d.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.run.Check;
import org.stereo4d.video.FramesAtTimes;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;

/**
 * What a run starts from.
 *
 * @param id names the outputs; letters, digits, '.', '_' and '-'
 * @param video a side-by-side VR180 video
 * @param clip a clip file with timestamps, poses and calibration; without it the whole video is the
 *     clip and both are estimated
 */
public record ClipInput(String id, Path video, Optional<Path> clip) {
  /** Checks the name. */
  public ClipInput {
    Check.that(
        id.matches("[A-Za-z0-9._-]+"),
        "id must be made of letters, digits, '.', '_' and '-', was %s",
        id);
  }

  /** Nothing but a video. */
  public static ClipInput of(String id, Path video) {
    return new ClipInput(id, video, Optional.empty());
  }

  /** A reader of the frames of the clip. */
  VideoReader open(VideoCodec codec) throws IOException {
    VideoReader reader = codec.open(video);
    if (clip.isEmpty()) {
      return reader;
    }
    try {
      double[] times = StereoClip.read(clip.get()).timesSeconds();
      return new FramesAtTimes(reader, video.toString(), times);
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }
}
