package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
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
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.io.IOException;
import java.nio.file.Path;
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
import org.jspecify.annotations.Nullable;

/**
 * A file that is written packet by packet: streams are added, then it is begun, then packets come,
 * then it is finished.
 */
public final class PacketSink implements AutoCloseable {
  private final Path file;
  private final AVFormatContext muxer = new AVFormatContext(null);
  private final AVIOContext io = new AVIOContext(null);
  private final AVPacket encoded = av_packet_alloc();

  private PacketSink(Path file) {
    this.file = file;
  }

  /** A file in the container that its name says. */
  public static PacketSink byName(Path file) throws IOException {
    return create(file, null);
  }

  /** An MP4 file, whatever its name. */
  public static PacketSink mp4(Path file) throws IOException {
    return create(file, "mp4");
  }

  private static PacketSink create(Path file, @Nullable String container) throws IOException {
    FFmpegVideoCodec.prepare();
    PacketSink out = new PacketSink(file);
    try {
      FFmpegError.check(
          avformat_alloc_output_context2(
              out.muxer, (AVOutputFormat) null, container, file.toString()),
          file,
          "choose a container by the file name");
      return out;
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  /** Keeps what standards of the container leave open, such as {@code FF_COMPLIANCE_UNOFFICIAL}. */
  public void comply(int strictness) {
    muxer.strict_std_compliance(strictness);
  }

  /** Tells an encoder that is not open yet where the container keeps its header. */
  public void prepare(AVCodecContext encoder) {
    if ((muxer.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
      encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    }
  }

  /** Adds the stream of an encoder that is open. */
  public AVStream add(AVCodecContext encoder) throws IOException {
    AVStream stream = avformat_new_stream(muxer, (AVCodec) null);
    stream.time_base(encoder.time_base());
    stream.avg_frame_rate(encoder.framerate());
    FFmpegError.check(
        avcodec_parameters_from_context(stream.codecpar(), encoder), file, "describe the stream");
    return stream;
  }

  /** Adds a stream for the packets of a source, unchanged. */
  public AVStream add(PacketSource source) throws IOException {
    AVStream stream = avformat_new_stream(muxer, (AVCodec) null);
    AVStream like = source.stream();
    FFmpegError.check(
        avcodec_parameters_copy(stream.codecpar(), like.codecpar()), file, "describe the stream");
    stream.codecpar().codec_tag(0); // tags of one container are not those of another
    stream.time_base(like.time_base());
    stream.avg_frame_rate(like.avg_frame_rate());
    return stream;
  }

  /** Creates the file and writes its header; streams are complete. */
  public void begin() throws IOException {
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

  /** Writes a packet, whose samples are handed over, with times of some base. */
  public void write(AVPacket packet, AVRational timeBase, AVStream stream) throws IOException {
    av_packet_rescale_ts(packet, timeBase, stream.time_base());
    packet.stream_index(stream.index());
    packet.pos(-1);
    FFmpegError.check(av_interleaved_write_frame(muxer, packet), file, "write a packet");
  }

  /**
   * Encodes a frame and writes what the encoder gives.
   *
   * @param frame null for what the encoder still holds
   */
  public void encode(AVCodecContext encoder, @Nullable AVFrame frame, AVStream stream)
      throws IOException {
    FFmpegError.check(avcodec_send_frame(encoder, frame), file, "encode");
    for (int code = avcodec_receive_packet(encoder, encoded);
        code != AVERROR_EAGAIN() && code != AVERROR_EOF;
        code = avcodec_receive_packet(encoder, encoded)) {
      FFmpegError.check(code, file, "encode");
      if (encoded.duration() == 0) {
        encoded.duration(1); // a picture lasts a tick of its encoder, and some do not say so
      }
      write(encoded, encoder.time_base(), stream);
    }
  }

  /** Ends the file. */
  public void finish() throws IOException {
    FFmpegError.check(av_write_trailer(muxer), file, "end the file");
  }

  @Override
  public void close() {
    av_packet_free(encoded);
    if (!io.isNull()) {
      avio_closep(io);
    }
    if (!muxer.isNull()) {
      avformat_free_context(muxer);
      muxer.setNull();
    }
  }
}
