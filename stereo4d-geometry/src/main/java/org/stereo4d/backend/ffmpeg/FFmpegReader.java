package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FrameGrabber;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.video.ColorTags;
import org.stereo4d.video.Frame;
import org.stereo4d.video.ReadOptions;
import org.stereo4d.video.VideoInfo;
import org.stereo4d.video.VideoReader;

/**
 * Reads frames in presentation order. Holds one decoded picture beside the decoder's own buffers;
 * {@link #close} frees them.
 */
final class FFmpegReader implements VideoReader {
  private final Path file;
  private final ReadOptions options;
  private final FFmpegFrameGrabber grabber;
  private final PictureConverter converter = new PictureConverter();
  private final QuarterTurn turn;
  private final VideoInfo info;
  private int frameIndex;
  private boolean closed;

  private FFmpegReader(Path file, ReadOptions options, FFmpegFrameGrabber grabber)
      throws IOException {
    this.file = file;
    this.options = options;
    this.grabber = grabber;
    this.turn =
        options.applyRotation()
            ? QuarterTurn.ofDegrees(grabber.getDisplayRotation())
            : QuarterTurn.NONE;
    this.info = describe();
  }

  static FFmpegReader open(Path file, ReadOptions options) throws IOException {
    FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile());
    grabber.setImageMode(FrameGrabber.ImageMode.RAW);
    try {
      grabber.start();
      return new FFmpegReader(file, options, grabber);
    } catch (FrameGrabber.Exception e) {
      release(grabber);
      throw new IOException(file + ": cannot be opened as a video: " + FFmpegError.reason(e), e);
    } catch (IOException | RuntimeException e) {
      release(grabber);
      throw e;
    }
  }

  private static void release(FFmpegFrameGrabber grabber) throws IOException {
    try {
      grabber.release();
    } catch (FrameGrabber.Exception e) {
      throw new IOException("FFmpeg could not release a decoder", e);
    }
  }

  private VideoInfo describe() throws IOException {
    int width = grabber.getImageWidth();
    int height = grabber.getImageHeight();
    int limit = options.limits().maxImageSidePx();
    if (width <= 0 || height <= 0 || width > limit || height > limit) {
      throw new IOException(
          file + ": frame size " + width + "x" + height + ", expected sides in 1.." + limit);
    }
    double rate = grabber.getVideoFrameRate();
    if (!(rate > 0) || !Double.isFinite(rate)) {
      throw new IOException(file + ": frame rate " + rate + ", expected a positive number");
    }
    long micros = grabber.getLengthInTime();
    int frames = grabber.getLengthInVideoFrames();
    if (frames > options.limits().maxFrames()) {
      throw new IOException(
          file + ": " + frames + " frames, expected at most " + options.limits().maxFrames());
    }
    return new VideoInfo(
        turn.apply(new ImageSize(width, height)),
        rate,
        micros > 0 ? micros / 1e6 : Double.NaN,
        frames > 0 ? OptionalInt.of(frames) : OptionalInt.empty(),
        codecName(),
        bitsPerSample(grabber.getPixelFormat()),
        colors(),
        grabber.getAudioChannels() > 0);
  }

  private String codecName() {
    try (BytePointer name = avcodec_get_name(grabber.getVideoCodec())) {
      return name.getString();
    }
  }

  private ColorTags colors() {
    AVFormatContext container = grabber.getFormatContext();
    for (int k = 0; k < container.nb_streams(); k++) {
      AVCodecParameters stream = container.streams(k).codecpar();
      if (stream.codec_type() == AVMEDIA_TYPE_VIDEO) {
        return new ColorTags(
            code(stream.color_primaries()),
            code(stream.color_trc()),
            code(stream.color_space()),
            switch (stream.color_range()) {
              case AVCOL_RANGE_MPEG -> ColorTags.Range.LIMITED;
              case AVCOL_RANGE_JPEG -> ColorTags.Range.FULL;
              default -> ColorTags.Range.UNSTATED;
            });
      }
    }
    return ColorTags.NONE;
  }

  /** FFmpeg's numbers are those of the standard, and a few of its own above. */
  private static int code(int number) {
    return number >= 0 && number <= 255 ? number : ColorTags.UNSTATED;
  }

  private static int bitsPerSample(int pixelFormat) {
    try (AVPixFmtDescriptor description = av_pix_fmt_desc_get(pixelFormat)) {
      return description == null ? 8 : description.comp(0).depth();
    }
  }

  @Override
  public VideoInfo info() {
    return info;
  }

  @Override
  public Optional<Frame> next() throws IOException {
    if (closed) {
      throw new IllegalStateException(file + ": this reader is closed");
    }
    org.bytedeco.javacv.Frame grabbed;
    try {
      grabbed = grabber.grabImage();
    } catch (FrameGrabber.Exception e) {
      throw new IOException(
          file + ": frame " + frameIndex + " cannot be decoded: " + e.getMessage(), e);
    }
    if (grabbed == null) {
      return Optional.empty();
    }
    if (frameIndex >= options.limits().maxFrames()) {
      throw new IOException(
          file + ": more than " + options.limits().maxFrames() + " frames, the limit given");
    }
    AVFrame picture = (AVFrame) grabbed.opaque;
    checkSize(picture);
    boolean deep = options.fullPrecision() && bitsPerSample(picture.format()) > 8;
    Optional<FloatImage> full =
        deep ? Optional.of(turn.apply(converter.toFloat(picture))) : Optional.empty();
    ByteImage image =
        full.map(FloatImage::toBytes).orElseGet(() -> turn.apply(converter.toBytes(picture)));
    return Optional.of(new Frame(frameIndex++, grabbed.timestamp / 1e6, image, full));
  }

  private void checkSize(AVFrame picture) throws IOException {
    ImageSize size = turn.apply(new ImageSize(picture.width(), picture.height()));
    if (!size.equals(info.size())) {
      throw new IOException(
          file
              + ": frame "
              + frameIndex
              + " is "
              + size
              + ", expected "
              + info.size()
              + " as in the header");
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      converter.close();
      release(grabber);
    }
  }
}
