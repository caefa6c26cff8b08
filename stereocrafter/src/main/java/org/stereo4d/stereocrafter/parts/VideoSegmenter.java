package org.stereo4d.stereocrafter.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.stereocrafter.ffmpeg.SoundTrack;
import org.stereo4d.stereocrafter.ffmpeg.VideoJoiner;
import org.stereo4d.stereocrafter.format.OutputNames;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

/**
 * Cuts a video into parts of a number of frames, named {@code NAME_part_1.mp4} and so on, each with
 * its stretch of the sound.
 *
 * @param framesPerPart {@code >= 1}; 64 in the reference's example
 * @param dropShort whether a last part with fewer frames is left out
 */
public record VideoSegmenter(int framesPerPart, boolean dropShort) {
  /** Checks the length. */
  public VideoSegmenter {
    Check.that(framesPerPart >= 1, "framesPerPart must be >= 1, was %s", framesPerPart);
  }

  /**
   * Writes the parts.
   *
   * @param encode quality, chroma and encoding of the parts; rate and sound are those of the source
   * @return the parts in order
   */
  public List<Path> split(
      Path source, VideoCodec codec, Path folder, EncodeOptions encode, Progress progress)
      throws IOException {
    Files.createDirectories(folder);
    List<Path> out = new ArrayList<>();
    try (VideoReader reader = codec.open(source)) {
      EncodeOptions options = encode.withFramesPerSecond(reader.framesPerSecond()).withoutAudio();
      Optional<Frame> next = reader.next();
      while (next.isPresent()) {
        Path file = folder.resolve(OutputNames.stem(source) + "_part_" + (out.size() + 1) + ".mp4");
        double start = next.get().timeSeconds();
        double end = start;
        int frames = 0;
        try (VideoWriter writer = codec.create(file, reader.info().size(), options)) {
          while (next.isPresent() && frames < framesPerPart) {
            end = next.get().timeSeconds();
            writer.write(next.get().image(), end - start);
            frames++;
            next = reader.next();
          }
          if (dropShort && frames < framesPerPart) {
            return out;
          }
          writer.finish();
        }
        double stop = next.map(Frame::timeSeconds).orElse(end + 1 / reader.framesPerSecond());
        if (reader.info().hasAudio()) {
          VideoJoiner.join(
              List.of(new VideoJoiner.Part(file, 0)),
              List.of(new SoundTrack(source, start, stop)),
              file);
        }
        out.add(file);
        if (progress.finishAfter(Step.of("split", out.size(), 0))) {
          return out;
        }
      }
    }
    return out;
  }
}
