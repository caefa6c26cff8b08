package org.stereo4d.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * A folder of PNG files as a video, in plain Java. Files are ordered by the last number in their
 * names and numbered by position; other files are ignored. The folder keeps no times, so frames
 * follow each other at a constant rate.
 *
 * @param framesPerSecond Hz; > 0
 */
public record PngSequence(double framesPerSecond) implements VideoCodec {
  private static final Pattern LAST_NUMBER = Pattern.compile("(\\d+)\\D*\\.png$");

  /** Checks the rate. */
  public PngSequence {
    Check.that(
        framesPerSecond > 0 && Double.isFinite(framesPerSecond),
        "framesPerSecond must be > 0 and finite, was %s",
        framesPerSecond);
  }

  @Override
  public VideoReader open(Path folder, ReadOptions options) throws IOException {
    List<Path> files = list(folder);
    if (files.isEmpty()) {
      throw new IOException(folder + ": no PNG file with a number in its name, expected frames");
    }
    if (files.size() > options.limits().maxFrames()) {
      throw new IOException(
          folder
              + ": "
              + files.size()
              + " frames, expected at most "
              + options.limits().maxFrames());
    }
    return new PngSequenceReader(files, framesPerSecond, options);
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + ": no such folder, expected PNG frames");
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.filter(file -> !number(file).isEmpty()).forEach(files::add);
    }
    files.sort(
        Comparator.comparing((Path file) -> number(file).length())
            .thenComparing(PngSequence::number)
            .thenComparing(Path::toString));
    return files;
  }

  /** The last number of a name without leading zeros, or empty. */
  private static String number(Path file) {
    Path name = file.getFileName();
    Matcher matcher =
        LAST_NUMBER.matcher(name == null ? "" : name.toString().toLowerCase(Locale.ROOT));
    if (!matcher.find()) {
      return "";
    }
    String digits = matcher.group(1).replaceFirst("^0+", "");
    return digits.isEmpty() ? "0" : digits;
  }

  /** Writes {@code frame_000000.png} and so on into a folder that must not exist yet. */
  @Override
  public VideoWriter create(Path folder, ImageSize size, EncodeOptions options) throws IOException {
    return PngSequenceWriter.create(folder, size);
  }
}
