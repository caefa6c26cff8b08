package org.stereo4d.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.optim.rig.ShotReport;
import org.stereo4d.run.Check;
import org.stereo4d.video.FrameSpan;
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
 * @param span frames of the video that make the clip; all of them by default. A clip file has its
 *     own timestamps and takes no span
 */
public record ClipInput(String id, Path video, Optional<Path> clip, Optional<FrameSpan> span) {
  /** Checks the name. */
  public ClipInput {
    Check.that(
        id.matches("[A-Za-z0-9._-]+"),
        "id must be made of letters, digits, '.', '_' and '-', was %s",
        id);
    Check.that(
        clip.isEmpty() || span.isEmpty(),
        "%s has a clip file, whose timestamps choose the frames, and a span too",
        id);
  }

  /** A video, all of it, with or without a clip file. */
  public ClipInput(String id, Path video, Optional<Path> clip) {
    this(id, video, clip, Optional.empty());
  }

  /** Nothing but a video. */
  public static ClipInput of(String id, Path video) {
    return new ClipInput(id, video, Optional.empty());
  }

  /** The clips that a video was cut into, named {@code <id>_<first frame>}. */
  public static List<ClipInput> ofShots(String id, Path video, ShotReport shots) {
    return shots.clips().stream()
        .map(
            span ->
                new ClipInput(id + "_" + span.first(), video, Optional.empty(), Optional.of(span)))
        .toList();
  }

  /**
   * The clips of a list, one per line: a video; or an id, a tab and a video; or these, a tab and a
   * clip file. Empty lines and lines that start with '#' are skipped. A video without an id is
   * named by its file; the same line twice is one clip.
   *
   * @param folder what relative paths start from
   * @throws IOException naming the line that is not of this form, or two clips of one id
   */
  public static List<ClipInput> parseList(List<String> lines, Path folder) throws IOException {
    Map<String, ClipInput> out = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        ClipInput clip = parse(line, folder);
        ClipInput earlier = out.putIfAbsent(clip.id(), clip);
        if (earlier != null && !earlier.equals(clip)) {
          throw new IllegalArgumentException("another clip has the id " + clip.id() + " too");
        }
      } catch (IllegalArgumentException e) {
        throw new IOException("line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return List.copyOf(out.values());
  }

  private static ClipInput parse(String line, Path folder) {
    String[] parts = line.split("\t", -1);
    Check.that(parts.length <= 3, "a line must have at most 3 columns, had %s", parts.length);
    Path video = folder.resolve(parts[parts.length == 1 ? 0 : 1].strip());
    if (parts.length > 1) {
      Optional<Path> clip =
          parts.length == 3 ? Optional.of(folder.resolve(parts[2].strip())) : Optional.empty();
      return new ClipInput(parts[0].strip(), video, clip);
    }
    String name = String.valueOf(video.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return of(stem.replaceAll("[^A-Za-z0-9._-]", "_"), video);
  }

  /** A reader of the frames of the clip. */
  public VideoReader open(VideoCodec codec) throws IOException {
    VideoReader reader = codec.open(video);
    if (clip.isEmpty()) {
      return span.isPresent() ? span.get().of(reader) : reader;
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
