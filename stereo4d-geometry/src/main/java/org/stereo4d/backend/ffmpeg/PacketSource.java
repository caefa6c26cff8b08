package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_compare_ts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** The packets of one stream of a file, and the current one. */
public final class PacketSource implements AutoCloseable {
  private final Path file;
  private final AVFormatContext context;
  private final int stream;
  private final AVPacket packet = av_packet_alloc();

  private PacketSource(Path file, AVFormatContext context, int stream) {
    this.file = file;
    this.context = context;
    this.stream = stream;
  }

  /**
   * Opens a file for its best stream of a kind, which may be absent.
   *
   * @param mediaType one of FFmpeg's {@code AVMEDIA_TYPE} numbers
   */
  public static PacketSource open(Path file, int mediaType) throws IOException {
    FFmpegVideoCodec.prepare();
    AVFormatContext context = new AVFormatContext(null);
    FFmpegError.check(
        avformat_open_input(context, file.toString(), (AVInputFormat) null, (AVDictionary) null),
        file,
        "open the file");
    try {
      FFmpegError.check(
          avformat_find_stream_info(context, (PointerPointer<Pointer>) null),
          file,
          "find its streams");
    } catch (IOException e) {
      avformat_close_input(context);
      throw e;
    }
    int stream = av_find_best_stream(context, mediaType, -1, -1, (AVCodec) null, 0);
    return new PacketSource(file, context, stream);
  }

  /** Whether the file has such a stream. */
  public boolean isPresent() {
    return stream >= 0;
  }

  /** The stream. */
  public AVStream stream() {
    return context.streams(stream);
  }

  /** The current packet; valid until the next. */
  public AVPacket packet() {
    return packet;
  }

  /** Moves to the next packet of the stream. */
  public boolean next() {
    av_packet_unref(packet);
    while (av_read_frame(context, packet) >= 0) {
      if (packet.stream_index() == stream) {
        return true;
      }
      av_packet_unref(packet);
    }
    return false;
  }

  /** When the packet is presented or, failing that, decoded. */
  public double seconds() {
    long ticks = packet.pts() != AV_NOPTS_VALUE ? packet.pts() : packet.dts();
    return ticks * secondsPerTick();
  }

  /** End of the packet's presentation. */
  public double endSeconds() {
    return seconds() + packet.duration() * secondsPerTick();
  }

  private double secondsPerTick() {
    return stream().time_base().num() / (double) stream().time_base().den();
  }

  /** Beginning of the file; 0 when it does not say or begins before 0. */
  public double startSeconds() {
    long micros = context.start_time();
    return micros == AV_NOPTS_VALUE ? 0 : Math.max(0, micros / 1e6);
  }

  /** {@link #startSeconds} in the ticks of the stream. */
  public long startTicks() {
    return Math.round(startSeconds() / secondsPerTick());
  }

  /** Whether the current packet is decoded no later than that of another stream. */
  boolean isBefore(PacketSource other) {
    return av_compare_ts(
            decodeTicks(), stream().time_base(), other.decodeTicks(), other.stream().time_base())
        <= 0;
  }

  private long decodeTicks() {
    return packet.dts() != AV_NOPTS_VALUE ? packet.dts() : packet.pts();
  }

  /** Refuses a stream whose packets cannot follow those of this one. */
  public void requireAlike(PacketSource other) throws IOException {
    AVCodecParameters a = stream().codecpar();
    AVCodecParameters b = other.stream().codecpar();
    boolean alike =
        a.codec_id() == b.codec_id()
            && a.width() == b.width()
            && a.height() == b.height()
            && a.sample_rate() == b.sample_rate()
            && Arrays.equals(header(a), header(b));
    if (!alike) {
      throw new IOException(
          other.file
              + ": is of another size or encoding than "
              + file
              + ", expected parts of one video");
    }
  }

  private static byte[] header(AVCodecParameters parameters) {
    byte[] out = new byte[parameters.extradata_size()];
    if (out.length > 0) {
      parameters.extradata().position(0).get(out);
    }
    return out;
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avformat_close_input(context);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
