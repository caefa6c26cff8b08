package org.stereo4d.stereocrafter.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.stereo4d.stereocrafter.ffmpeg.SoundTrack;
import org.stereo4d.stereocrafter.ffmpeg.VideoJoiner;

/**
 * Joins the results of parts: files of a folder whose names contain {@code _KIND.mp4}, in the order
 * of {@code part_N} and then {@code -CopyN}, without encoding them again.
 */
public final class VideoConnector {
  private static final Pattern PART = Pattern.compile("part_(\\d{1,9})");
  private static final Pattern COPY = Pattern.compile("-Copy(\\d{1,9})");

  private VideoConnector() {}

  /**
   * The parts in order; a name without a number counts as 0.
   *
   * @param kind such as "sbs" or "anaglyph"
   */
  public static List<Path> parts(Path folder, String kind) throws IOException {
    List<Path> out = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> name(file).contains("_" + kind + ".mp4")).forEach(out::add);
    }
    out.removeIf(file -> name(file).startsWith("final_"));
    out.sort(
        Comparator.comparingInt((Path file) -> number(PART, file))
            .thenComparingInt(file -> number(COPY, file))
            .thenComparing(VideoConnector::name));
    return out;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static int number(Pattern pattern, Path file) {
    Matcher matcher = pattern.matcher(name(file));
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  /**
   * Writes {@code final_KIND.mp4} into the folder.
   *
   * @return the file
   * @throws IOException if there is no part, or parts differ in size or encoding
   */
  public static Path connect(Path folder, String kind) throws IOException {
    List<Path> files = parts(folder, kind);
    if (files.isEmpty()) {
      throw new IOException(folder + ": no file named *_" + kind + ".mp4, expected parts");
    }
    List<VideoJoiner.Part> parts = new ArrayList<>();
    List<SoundTrack> sounds = new ArrayList<>();
    for (Path file : files) {
      parts.add(new VideoJoiner.Part(file, Double.NaN));
      sounds.add(SoundTrack.of(file));
    }
    Path target = folder.resolve("final_" + kind + ".mp4");
    VideoJoiner.join(parts, sounds, target);
    return target;
  }
}
