package org.stereo4d.stereocrafter.ffmpeg;

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
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
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
import org.stereo4d.backend.BackendException;

/** AAC in an MP4 file of its own. */
final class SoundEncoder implements AutoCloseable {
  private static final String NAME = "aac";
  private static final long BITS_PER_CHANNEL = 96_000;

  /** Rates that AAC knows, Hz. */
  private static final int[] RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000,
    7350
  };

  private final Path file;
  private final AVFormatContext muxer = new AVFormatContext(null);
  private final AVIOContext io = new AVIOContext(null);
  private final AVPacket packet = av_packet_alloc();
  private AVCodecContext encoder = new AVCodecContext(null);
  private AVStream stream = new AVStream(null);
  private long samples;

  private SoundEncoder(Path file) {
    this.file = file;
  }

  /** The rate of the file for sound of a rate: the same, else the next that is not lower. */
  static int rateFor(int rateHz) {
    int out = RATES[0];
    for (int rate : RATES) {
      out = rate >= rateHz ? rate : out;
    }
    return out;
  }

  /** An encoder for what a graph gives. */
  static SoundEncoder open(Path file, SoundGraph graph) throws IOException {
    SoundEncoder out = new SoundEncoder(file);
    try {
      out.start(graph);
      return out;
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  private void start(SoundGraph graph) throws IOException {
    AVCodec codec = avcodec_find_encoder_by_name(NAME);
    if (codec == null || codec.isNull()) {
      throw new BackendException(
          "the ffmpeg natives have no encoder " + NAME + ", needed to fit sound; use a full build");
    }
    encoder = avcodec_alloc_context3(codec);
    encoder.sample_fmt(AV_SAMPLE_FMT_FLTP);
    encoder.sample_rate(graph.rateHz());
    graph.copyLayout(encoder.ch_layout());
    encoder.bit_rate(BITS_PER_CHANNEL * encoder.ch_layout().nb_channels());
    encoder.time_base(new AVRational().num(1).den(graph.rateHz()));
    encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    check(avcodec_open2(encoder, codec, (AVDictionary) null), "open encoder " + NAME);
    graph.framesOf(encoder.frame_size());
    check(
        avformat_alloc_output_context2(muxer, (AVOutputFormat) null, "mp4", file.toString()),
        "choose a container");
    stream = avformat_new_stream(muxer, (AVCodec) null);
    stream.time_base(encoder.time_base());
    check(avcodec_parameters_from_context(stream.codecpar(), encoder), "describe the sound");
    check(avio_open(io, file.toString(), AVIO_FLAG_WRITE), "create the file");
    muxer.pb(io);
    check(avformat_write_header(muxer, (AVDictionary) null), "write the header");
  }

  private int check(int code, String action) throws IOException {
    return PacketSource.check(code, file, action);
  }

  /** Samples of each channel so far. */
  long samples() {
    return samples;
  }

  void write(AVFrame frame) throws IOException {
    frame.pts(samples);
    samples += frame.nb_samples();
    check(avcodec_send_frame(encoder, frame), "encode the sound");
    drain();
  }

  private void drain() throws IOException {
    for (int code = avcodec_receive_packet(encoder, packet);
        code != AVERROR_EAGAIN() && code != AVERROR_EOF;
        code = avcodec_receive_packet(encoder, packet)) {
      check(code, "encode the sound");
      av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
      packet.stream_index(stream.index());
      check(av_interleaved_write_frame(muxer, packet), "write a packet");
    }
  }

  /** Flushes the encoder and ends the file. */
  void finish() throws IOException {
    check(avcodec_send_frame(encoder, null), "end the sound");
    drain();
    check(av_write_trailer(muxer), "end the file");
  }

  @Override
  public void close() {
    av_packet_free(packet);
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
