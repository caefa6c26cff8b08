package org.stereo4d.stereocrafter.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;
import org.stereo4d.backend.ffmpeg.FFmpegError;
import org.stereo4d.backend.ffmpeg.PacketSource;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;

/** The sound of a file at another speed, decoded and encoded again. */
public final class SoundStretch implements AutoCloseable {
  /** Speeds within this factor of 1 are made. */
  public static final double MOST_SPEED = 16;

  private final PacketSource packets;
  private final Path source;
  private final double speed;
  private final double seconds;
  private final SoundFit fit;
  private final Path target;
  private AVCodecContext decoder = new AVCodecContext(null);
  private final AVFrame decoded = av_frame_alloc();
  private final AVFrame changed = av_frame_alloc();
  private @Nullable SoundGraph graph;
  private @Nullable SoundEncoder encoder;

  private SoundStretch(
      PacketSource packets, Path source, double speed, double seconds, SoundFit fit, Path target) {
    this.packets = packets;
    this.source = source;
    this.speed = speed;
    this.seconds = seconds;
    this.fit = fit;
    this.target = target;
  }

  /**
   * Writes the sound of a file at another speed.
   *
   * @param source with sound
   * @param speed above 1 for shorter sound; within a factor of {@link #MOST_SPEED}
   * @param seconds length of the target, exact to a sample: cut, or padded with silence; > 0
   * @param target AAC in MP4, whatever its name
   * @param progress in tenths of a second of the target; finishing early leaves the rest silent
   * @throws IOException if the source has no sound, or cannot be decoded
   */
  public static void write(
      Path source, double speed, double seconds, SoundFit fit, Path target, Progress progress)
      throws IOException {
    Check.that(
        speed <= MOST_SPEED && speed >= 1 / MOST_SPEED,
        "speed must be within a factor of %s, was %s",
        MOST_SPEED,
        speed);
    Check.that(
        seconds > 0 && Double.isFinite(seconds), "seconds must be > 0 and finite, was %s", seconds);
    try (PointerScope scope = new PointerScope();
        PacketSource packets = PacketSource.open(source, AVMEDIA_TYPE_AUDIO)) {
      if (!packets.isPresent()) {
        throw new IOException(source + ": has no sound, expected a sound track");
      }
      try (SoundStretch work = new SoundStretch(packets, source, speed, seconds, fit, target)) {
        work.run(progress);
      }
    }
  }

  private void openDecoder() throws IOException {
    AVCodec codec = avcodec_find_decoder(packets.stream().codecpar().codec_id());
    if (codec == null || codec.isNull()) {
      throw new IOException(source + ": has sound of a kind that ffmpeg does not decode");
    }
    decoder = avcodec_alloc_context3(codec);
    check(
        avcodec_parameters_to_context(decoder, packets.stream().codecpar()), "describe the sound");
    decoder.pkt_timebase(packets.stream().time_base());
    check(avcodec_open2(decoder, codec, (AVDictionary) null), "open the decoder of the sound");
  }

  private void run(Progress progress) throws IOException {
    openDecoder();
    boolean more = true;
    while (more && packets.next()) {
      more = decode(packets.packet()) && !finishAfter(progress);
    }
    if (more) {
      decode(null);
    }
    SoundGraph filters = graph;
    SoundEncoder out = encoder;
    if (filters == null || out == null) {
      throw new IOException(source + ": its sound has no samples, expected at least one");
    }
    filters.end();
    drain(filters, out);
    out.finish();
  }

  private boolean finishAfter(Progress progress) {
    SoundEncoder out = encoder;
    SoundGraph filters = graph;
    if (out == null || filters == null) {
      return false;
    }
    return progress.finishAfter(
        Step.of("sound", 10 * out.samples() / filters.rateHz(), (long) (10 * seconds)));
  }

  /** Decodes a packet, or what is left; false when the target is full. */
  private boolean decode(@Nullable AVPacket packet) throws IOException {
    check(avcodec_send_packet(decoder, packet), "decode the sound");
    for (int code = avcodec_receive_frame(decoder, decoded);
        code != AVERROR_EAGAIN() && code != AVERROR_EOF;
        code = avcodec_receive_frame(decoder, decoded)) {
      check(code, "decode the sound");
      if (!accept(decoded)) {
        return false;
      }
    }
    return true;
  }

  private boolean accept(AVFrame frame) throws IOException {
    long ticks =
        frame.best_effort_timestamp() == AV_NOPTS_VALUE
            ? AV_NOPTS_VALUE
            : frame.best_effort_timestamp() - packets.startTicks();
    frame.pts(ticks);
    SoundGraph filters = graph;
    SoundEncoder out = encoder;
    if (filters == null || out == null) {
      filters = SoundGraph.open(source, frame, packets.stream().time_base(), filters(frame));
      graph = filters;
      out = SoundEncoder.open(target, filters);
      encoder = out;
    }
    return filters.push(frame) && drain(filters, out);
  }

  /** From gaps closed to a length that is exact. */
  private List<String> filters(AVFrame frame) {
    int rate = frame.sample_rate();
    int rateOut = SoundEncoder.rateFor(rate);
    return List.of(
        "aresample=async=1:first_pts=0",
        fit.filters(speed, rate),
        "aresample=" + rateOut,
        "aformat=sample_fmts=fltp",
        "apad",
        "atrim=end_sample=" + Math.max(1, Math.round(seconds * rateOut)));
  }

  /** Encodes what the filters hold; false when they gave all. */
  private boolean drain(SoundGraph filters, SoundEncoder out) throws IOException {
    SoundGraph.Pulled pulled = filters.pull(changed);
    while (pulled == SoundGraph.Pulled.FRAME) {
      out.write(changed);
      av_frame_unref(changed);
      pulled = filters.pull(changed);
    }
    return pulled != SoundGraph.Pulled.END;
  }

  private void check(int code, String action) throws IOException {
    FFmpegError.check(code, source, action);
  }

  @Override
  public void close() {
    if (encoder != null) {
      encoder.close();
    }
    if (graph != null) {
      graph.close();
    }
    av_frame_free(decoded);
    av_frame_free(changed);
    if (!decoder.isNull()) {
      avcodec_free_context(decoder);
    }
  }
}
