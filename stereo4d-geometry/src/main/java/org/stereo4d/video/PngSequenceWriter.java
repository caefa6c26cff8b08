package org.stereo4d.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.Check;

/** Writes frames into a temporary folder that is renamed when all are there. */
final class PngSequenceWriter implements VideoWriter {
  private final Path folder;
  private final Path temporary;
  private final ImageSize size;
  private final List<Path> written = new ArrayList<>();
  private double lastTimeSeconds = Double.NEGATIVE_INFINITY;
  private boolean open = true;

  private PngSequenceWriter(Path folder, Path temporary, ImageSize size) {
    this.folder = folder;
    this.temporary = temporary;
    this.size = size;
  }

  static PngSequenceWriter create(Path folder, ImageSize size) throws IOException {
    Path absolute = folder.toAbsolutePath();
    if (Files.exists(absolute)) {
      throw new IOException(folder + ": exists already, expected the name of a new folder");
    }
    Path temporary =
        absolute.resolveSibling(
            ".part-" + UUID.randomUUID().toString().substring(0, 8) + "-" + absolute.getFileName());
    Files.createDirectories(temporary);
    return new PngSequenceWriter(absolute, temporary, size);
  }

  @Override
  public int bitsPerSample() {
    return 16;
  }

  @Override
  public void write(ByteImage image) throws IOException {
    check(image.size());
    write(PngImage.of(image));
  }

  /** {@inheritDoc} Sixteen bits per sample. */
  @Override
  public void write(FloatImage image) throws IOException {
    check(image.size());
    FloatImage scaled = FloatImage.create(image.size(), image.channels());
    float[] in = image.contiguous();
    for (int k = 0; k < in.length; k++) {
      scaled.array()[k] = Math.max(0, Math.min(1, in[k])) * 65_535;
    }
    write(PngImage.ofValues16(scaled));
  }

  /** {@inheritDoc} The time orders the frames but is not kept. */
  @Override
  public void write(ByteImage image, double timeSeconds) throws IOException {
    advance(timeSeconds);
    write(image);
  }

  /** {@inheritDoc} The time orders the frames but is not kept. */
  @Override
  public void write(FloatImage image, double timeSeconds) throws IOException {
    advance(timeSeconds);
    write(image);
  }

  private void advance(double timeSeconds) {
    Check.that(
        timeSeconds > lastTimeSeconds,
        "timeSeconds must rise, was %s after %s",
        timeSeconds,
        lastTimeSeconds);
    lastTimeSeconds = timeSeconds;
  }

  private void check(ImageSize imageSize) {
    if (!open) {
      throw new IllegalStateException(folder + ": this writer is finished or closed");
    }
    Check.that(imageSize.equals(size), "a frame of %s must be %s, was %s", folder, size, imageSize);
  }

  private void write(PngImage png) throws IOException {
    Path file = temporary.resolve(String.format(Locale.ROOT, "frame_%06d.png", written.size()));
    png.write(file);
    written.add(file);
  }

  @Override
  public void finish() throws IOException {
    check(size);
    if (written.isEmpty()) {
      throw new IOException(folder + ": no frame was written, expected at least one");
    }
    Files.move(temporary, folder);
    open = false;
  }

  @Override
  public void close() throws IOException {
    if (open) {
      open = false;
      for (Path file : written) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(temporary);
    }
  }
}
