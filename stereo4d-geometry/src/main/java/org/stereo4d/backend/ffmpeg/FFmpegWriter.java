package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import java.io.IOException;
import java.nio.file.Path;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Check;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.VideoWriter;

/**
 * Encodes frames into a temporary file; {@link #finish} adds the sound and moves it into place.
 * Times are rounded to the raster of the frame rate.
 */
final class FFmpegWriter implements VideoWriter {
  private final Path file;
  private final ImageSize size;
  private final EncodeOptions options;
  private final AtomicOutput output;
  private final EncodedStream stream;
  private final PlanarPicture planes;
  private long nextFrame;
  private boolean open = true;

  private FFmpegWriter(
      Path file, ImageSize size, EncodeOptions options, AtomicOutput output, EncodedStream stream) {
    this.file = file;
    this.size = size;
    this.options = options;
    this.output = output;
    this.stream = stream;
    this.planes =
        new PlanarPicture(size, Encoder.pixelFormat(size, options.chroma()) == AV_PIX_FMT_YUV420P);
  }

  static FFmpegWriter create(Path file, ImageSize size, EncodeOptions options) throws IOException {
    int pixelFormat = Encoder.pixelFormat(size, options.chroma());
    Check.that(
        pixelFormat != AV_PIX_FMT_YUV420P || (size.width() % 2 == 0 && size.height() % 2 == 0),
        "chroma YUV420 needs even sides, was %s; use YUV444 or AUTO",
        size);
    Encoder encoder = Encoder.choose(size, options.chroma());
    AtomicOutput output = AtomicOutput.to(file);
    try {
      EncodedStream.Format format =
          new EncodedStream.Format(
              size,
              pixelFormat,
              options.framesPerSecond(),
              encoder.ffmpegName(),
              encoder.options(options.quality()));
      EncodedStream stream = EncodedStream.open(output.temporary(), format);
      return new FFmpegWriter(file, size, options, output, stream);
    } catch (IOException | RuntimeException e) {
      output.close();
      throw e;
    }
  }

  @Override
  public void write(ByteImage image) throws IOException {
    record(image, nextFrame);
  }

  @Override
  public void write(ByteImage image, double timeSeconds) throws IOException {
    long frame = Math.round(timeSeconds * options.framesPerSecond());
    Check.that(
        frame >= nextFrame,
        "timeSeconds must rise by at least one frame of %s Hz, was %s after frame %s",
        options.framesPerSecond(),
        timeSeconds,
        nextFrame - 1);
    record(image, frame);
  }

  private void record(ByteImage image, long frame) throws IOException {
    checkOpen();
    Check.that(
        image.size().equals(size) && (image.channels() == 3 || image.channels() == 1),
        "a frame of %s must be RGB or gray of %s, was %s",
        file,
        size,
        image);
    planes.fill(image);
    stream.write(planes, frame);
    nextFrame = frame + 1;
  }

  private void checkOpen() {
    if (!open) {
      throw new IllegalStateException(file + ": this writer is finished or closed");
    }
  }

  @Override
  public void finish() throws IOException {
    checkOpen();
    if (nextFrame == 0) {
      throw new IOException(file + ": no frame was written, expected at least one");
    }
    try {
      stream.finish();
      stream.close();
      if (options.audioFrom().isPresent()) {
        addAudio(options.audioFrom().get());
      } else {
        output.commit();
      }
    } finally {
      close();
    }
  }

  private void addAudio(Path source) throws IOException {
    try (AtomicOutput joined = AtomicOutput.to(file)) {
      if (AudioCopy.join(output.temporary(), source, joined.temporary())) {
        joined.commit();
      } else {
        output.commit();
      }
    }
  }

  @Override
  public void close() throws IOException {
    open = false;
    stream.close();
    output.close();
  }
}
