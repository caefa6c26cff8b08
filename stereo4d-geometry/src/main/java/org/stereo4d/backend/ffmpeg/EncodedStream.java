package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.av_d2q;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.stereo4d.image.ImageSize;

/**
 * One encoded picture stream in a file. Owns the encoder, one picture and the file.
 *
 * <p>Written on the raw FFmpeg calls because JavaCV's recorder rounds odd widths up.
 */
final class EncodedStream implements AutoCloseable {
  private final Path file;
  private final PacketSink sink;
  private AVCodecContext encoder = new AVCodecContext(null);
  private AVFrame picture = new AVFrame(null);
  private AVStream stream = new AVStream(null);
  private boolean closed;

  private EncodedStream(Path file, PacketSink sink) {
    this.file = file;
    this.sink = sink;
  }

  /** What to encode. */
  record Format(
      ImageSize size,
      PixelFormat pixelFormat,
      double framesPerSecond,
      Encoder encoder,
      Map<String, String> options) {}

  static EncodedStream open(Path file, Format format) throws IOException {
    EncodedStream out = new EncodedStream(file, PacketSink.byName(file));
    try {
      out.start(format);
      return out;
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  private void start(Format format) throws IOException {
    AVCodec codec = avcodec_find_encoder_by_name(format.encoder().ffmpegName());
    encoder = avcodec_alloc_context3(codec);
    encoder.width(format.size().width());
    encoder.height(format.size().height());
    encoder.pix_fmt(format.pixelFormat().code());
    AVRational rate = av_d2q(format.framesPerSecond(), format.encoder().mostRateTerm());
    encoder.framerate(rate);
    encoder.time_base(new AVRational().num(rate.den()).den(rate.num()));
    encoder.gop_size((int) Math.max(1, Math.min(250, Math.rint(format.framesPerSecond()))));
    encoder.thread_count(0);
    sink.prepare(encoder);
    AVDictionary options = new AVDictionary(null);
    format.options().forEach((key, value) -> av_dict_set(options, key, value, 0));
    try {
      FFmpegError.check(
          avcodec_open2(encoder, codec, options),
          file,
          "open encoder " + format.encoder().ffmpegName() + " for " + format.size());
    } finally {
      av_dict_free(options);
    }
    stream = sink.add(encoder);
    sink.begin();
    picture = av_frame_alloc();
    picture.width(format.size().width()).height(format.size().height());
    picture.format(format.pixelFormat().code());
    FFmpegError.check(av_frame_get_buffer(picture, 0), file, "allocate a picture");
  }

  /** Encodes one picture. */
  void write(RawPicture samples, long frameNumber) throws IOException {
    FFmpegError.check(av_frame_make_writable(picture), file, "reuse a picture");
    samples.copyTo(picture);
    picture.pts(frameNumber);
    picture.pict_type(AV_PICTURE_TYPE_NONE);
    picture.quality(encoder.global_quality()); // MPEG-4 looks for it here
    sink.encode(encoder, picture, stream);
  }

  /** Flushes the encoder and ends the file. */
  void finish() throws IOException {
    sink.encode(encoder, null, stream);
    sink.finish();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!picture.isNull()) {
      av_frame_free(picture);
    }
    if (!encoder.isNull()) {
      avcodec_free_context(encoder);
    }
    sink.close();
  }
}
