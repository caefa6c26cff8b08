package org.stereo4d.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.io.png.PngImage;

/** Reads one file per frame. */
final class PngSequenceReader implements VideoReader {
  private final List<Path> files;
  private final ReadOptions options;
  private final VideoInfo info;
  private int position;

  PngSequenceReader(List<Path> files, double framesPerSecond, ReadOptions options)
      throws IOException {
    this.files = files;
    this.options = options;
    PngImage first = PngImage.read(files.get(0), options.limits());
    this.info =
        new VideoInfo(
            first.size(),
            framesPerSecond,
            files.size() / framesPerSecond,
            OptionalInt.of(files.size()),
            "png",
            first.bitsPerSample(),
            ColorTags.NONE,
            false);
  }

  @Override
  public VideoInfo info() {
    return info;
  }

  @Override
  public Optional<Frame> next() throws IOException {
    if (position == files.size()) {
      return Optional.empty();
    }
    Path file = files.get(position);
    PngImage png = PngImage.read(file, options.limits());
    if (!png.size().equals(info.size())) {
      throw new IOException(
          file + ": is " + png.size() + ", expected " + info.size() + " as the first frame");
    }
    boolean deep = options.fullPrecision() && png.bitsPerSample() > 8;
    Optional<FloatImage> full = deep ? Optional.of(rgb(png.toFloat())) : Optional.empty();
    ByteImage image = full.map(FloatImage::toBytes).orElseGet(() -> bytes(png));
    double time = position / info.framesPerSecond();
    return Optional.of(new Frame(position++, time, image, full));
  }

  private static ByteImage bytes(PngImage png) {
    return switch (png.channels()) {
      case 3 -> png.toBytes();
      case 1 -> png.toBytes().grayToRgb();
      default -> rgb(png.toFloat()).toBytes();
    };
  }

  /** Gray is repeated in three channels, alpha is dropped. */
  private static FloatImage rgb(FloatImage image) {
    if (image.channels() == 3) {
      return image;
    }
    FloatImage out = FloatImage.create(image.size(), 3);
    int green = image.channels() == 4 ? 1 : 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int i = image.index(x, y);
        int o = out.index(x, y);
        out.array()[o] = image.array()[i];
        out.array()[o + 1] = image.array()[i + green];
        out.array()[o + 2] = image.array()[i + 2 * green];
      }
    }
    return out;
  }

  @Override
  public void close() {
    position = files.size();
  }
}
