package org.stereo4d.backend.ffmpeg;

import java.io.IOException;
import java.nio.file.Path;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
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
  private final RawPicture samples;
  private long nextFrame;
  private boolean open = true;

  private FFmpegWriter(
      Path file,
      ImageSize size,
      EncodeOptions options,
      AtomicOutput output,
      EncodedStream stream,
      RawPicture samples) {
    this.file = file;
    this.size = size;
    this.options = options;
    this.output = output;
    this.stream = stream;
    this.samples = samples;
  }

  static FFmpegWriter create(Path file, ImageSize size, EncodeOptions options) throws IOException {
    Encoder encoder = Encoder.choose(size, options);
    PixelFormat pixelFormat = encoder.pixelFormat(size, options);
    Check.that(
        !pixelFormat.halvesChroma() || (size.width() % 2 == 0 && size.height() % 2 == 0),
        "chroma YUV420 needs even sides, was %s; use YUV444 or AUTO with H264, or FFV1",
        size);
    AtomicOutput output = AtomicOutput.to(file);
    try {
      EncodedStream.Format format =
          new EncodedStream.Format(
              size, pixelFormat, options.framesPerSecond(), encoder, encoder.options(options));
      EncodedStream stream = EncodedStream.open(output.temporary(), format);
      return new FFmpegWriter(
          file,
          size,
          options,
          output,
          stream,
          RawPicture.of(size, pixelFormat, encoder.colors(options)));
    } catch (IOException | RuntimeException e) {
      output.close();
      throw e;
    }
  }

  @Override
  public int bitsPerSample() {
    return options.bitsPerSample();
  }

  @Override
  public void write(ByteImage image) throws IOException {
    record(image, nextFrame);
  }

  @Override
  public void write(FloatImage image) throws IOException {
    record(image, nextFrame);
  }

  @Override
  public void write(ByteImage image, double timeSeconds) throws IOException {
    record(image, frameAt(timeSeconds));
  }

  @Override
  public void write(FloatImage image, double timeSeconds) throws IOException {
    record(image, frameAt(timeSeconds));
  }

  private long frameAt(double timeSeconds) {
    long frame = Math.round(timeSeconds * options.framesPerSecond());
    Check.that(
        frame >= nextFrame,
        "timeSeconds must rise by at least one frame of %s Hz, was %s after frame %s",
        options.framesPerSecond(),
        timeSeconds,
        nextFrame - 1);
    return frame;
  }

  private void record(ByteImage image, long frame) throws IOException {
    check(image.size(), image.channels());
    samples.fill(image);
    encode(frame);
  }

  private void record(FloatImage image, long frame) throws IOException {
    check(image.size(), image.channels());
    samples.fill(image);
    encode(frame);
  }

  private void check(ImageSize imageSize, int channels) {
    checkOpen();
    Check.that(
        imageSize.equals(size) && (channels == 3 || channels == 1),
        "a frame of %s must be RGB or gray of %s, was %s of %s channels",
        file,
        size,
        imageSize,
        channels);
  }

  private void encode(long frame) throws IOException {
    stream.write(samples, frame);
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
