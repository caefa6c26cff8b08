package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.av_d2q;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.stereo4d.image.ImageSize;

/**
 * One encoded picture stream in a file. Owns the encoder, one picture and the muxer.
 *
 * <p>Written on the raw FFmpeg calls because JavaCV's recorder rounds odd widths up.
 */
final class EncodedStream implements AutoCloseable {
  private final Path file;
  private final AVFormatContext muxer = new AVFormatContext(null);
  private final AVIOContext io = new AVIOContext(null);
  private AVCodecContext encoder = new AVCodecContext(null);
  private AVFrame picture = new AVFrame(null);
  private final AVPacket packet = av_packet_alloc();
  private AVStream stream = new AVStream(null);
  private boolean closed;

  private EncodedStream(Path file) {
    this.file = file;
  }

  /** What to encode. */
  record Format(
      ImageSize size,
      PixelFormat pixelFormat,
      double framesPerSecond,
      Encoder encoder,
      Map<String, String> options) {}

  static EncodedStream open(Path file, Format format) throws IOException {
    EncodedStream out = new EncodedStream(file);
    try {
      out.start(format);
      return out;
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  private void start(Format format) throws IOException {
    FFmpegError.check(
        avformat_alloc_output_context2(muxer, (AVOutputFormat) null, null, file.toString()),
        file,
        "choose a container by the file name");
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
    if ((muxer.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
      encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    }
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
    stream = avformat_new_stream(muxer, (AVCodec) null);
    stream.time_base(encoder.time_base());
    stream.avg_frame_rate(rate);
    FFmpegError.check(
        avcodec_parameters_from_context(stream.codecpar(), encoder), file, "describe the stream");
    openFile();
    picture = av_frame_alloc();
    picture.width(format.size().width()).height(format.size().height());
    picture.format(format.pixelFormat().code());
    FFmpegError.check(av_frame_get_buffer(picture, 0), file, "allocate a picture");
  }

  private void openFile() throws IOException {
    FFmpegError.check(avio_open(io, file.toString(), AVIO_FLAG_WRITE), file, "create the file");
    muxer.pb(io);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "movflags", "+faststart", 0);
    try {
      FFmpegError.check(avformat_write_header(muxer, options), file, "write the header");
    } finally {
      av_dict_free(options);
    }
  }

  /** Encodes one picture. */
  void write(RawPicture samples, long frameNumber) throws IOException {
    FFmpegError.check(av_frame_make_writable(picture), file, "reuse a picture");
    samples.copyTo(picture);
    picture.pts(frameNumber);
    picture.pict_type(AV_PICTURE_TYPE_NONE);
    picture.quality(encoder.global_quality()); // MPEG-4 looks for it here
    FFmpegError.check(avcodec_send_frame(encoder, picture), file, "encode frame " + frameNumber);
    drain();
  }

  private void drain() throws IOException {
    while (true) {
      int code = avcodec_receive_packet(encoder, packet);
      if (code == AVERROR_EAGAIN() || code == org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF) {
        return;
      }
      FFmpegError.check(code, file, "encode");
      av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
      if (packet.duration() == 0) {
        packet.duration(
            Math.round(
                (double) encoder.time_base().num()
                    / encoder.time_base().den()
                    * stream.time_base().den()
                    / stream.time_base().num()));
      }
      packet.stream_index(stream.index());
      FFmpegError.check(av_interleaved_write_frame(muxer, packet), file, "write a packet");
    }
  }

  /** Flushes the encoder and ends the file. */
  void finish() throws IOException {
    FFmpegError.check(avcodec_send_frame(encoder, null), file, "end the stream");
    drain();
    FFmpegError.check(av_write_trailer(muxer), file, "end the file");
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    av_packet_free(packet);
    if (!picture.isNull()) {
      av_frame_free(picture);
    }
    if (!encoder.isNull()) {
      avcodec_free_context(encoder);
    }
    if (!io.isNull()) {
      avio_closep(io);
    }
    if (!muxer.isNull()) {
      avformat_free_context(muxer);
    }
  }
}
