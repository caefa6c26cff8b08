package org.stereo4d.stereocrafter.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.stereo4d.backend.BackendException;
import org.stereo4d.backend.ffmpeg.FFmpegError;
import org.stereo4d.backend.ffmpeg.PacketSink;

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
  private final PacketSink sink;
  private AVCodecContext encoder = new AVCodecContext(null);
  private AVStream stream = new AVStream(null);
  private long samples;

  private SoundEncoder(Path file, PacketSink sink) {
    this.file = file;
    this.sink = sink;
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
    SoundEncoder out = new SoundEncoder(file, PacketSink.mp4(file));
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
    sink.prepare(encoder);
    FFmpegError.check(
        avcodec_open2(encoder, codec, (AVDictionary) null), file, "open encoder " + NAME);
    graph.framesOf(encoder.frame_size());
    stream = sink.add(encoder);
    sink.begin();
  }

  /** Samples of each channel so far. */
  long samples() {
    return samples;
  }

  void write(AVFrame frame) throws IOException {
    frame.pts(samples);
    samples += frame.nb_samples();
    sink.encode(encoder, frame, stream);
  }

  /** Flushes the encoder and ends the file. */
  void finish() throws IOException {
    sink.encode(encoder, null, stream);
    sink.finish();
  }

  @Override
  public void close() {
    if (!encoder.isNull()) {
      avcodec_free_context(encoder);
    }
    sink.close();
  }
}
