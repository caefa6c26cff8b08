package org.stereo4d.stereocrafter.ffmpeg;

import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_ch_layout;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_frame;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_sample_rate;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_set_frame_size;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersrc_add_frame;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_get_by_name;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_config;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_free;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_get_filter;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_parse_ptr;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_UNSPEC;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_describe;
import static org.bytedeco.ffmpeg.global.avutil.av_get_sample_fmt_name;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.bytedeco.ffmpeg.avfilter.AVFilter;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.stereo4d.backend.BackendException;
import org.stereo4d.backend.ffmpeg.FFmpegError;

/** Decoded sound through FFmpeg's filters: gaps closed, speed changed, length cut or padded. */
final class SoundGraph implements AutoCloseable {
  private static final String IN = "abuffer@in";
  private static final String OUT = "abuffersink@out";
  private final Path file;
  private final AVFilterGraph graph;
  private final AVFilterContext in;
  private final AVFilterContext out;

  private SoundGraph(Path file, AVFilterGraph graph) {
    this.file = file;
    this.graph = graph;
    this.in = avfilter_graph_get_filter(graph, IN);
    this.out = avfilter_graph_get_filter(graph, OUT);
  }

  /**
   * A graph for frames like a given one.
   *
   * @param ticks time base of the frames
   * @param filters what happens to the sound
   */
  static SoundGraph open(Path file, AVFrame like, AVRational ticks, List<String> filters)
      throws IOException {
    for (String name : List.of("abuffer", "aresample", "atempo", "asetrate", "apad", "atrim")) {
      AVFilter filter = avfilter_get_by_name(name);
      if (filter == null || filter.isNull()) {
        throw new BackendException(
            "the ffmpeg natives have no filter "
                + name
                + ", needed to fit sound; use a full build");
      }
    }
    nameChannels(like);
    String source =
        String.format(
            Locale.ROOT,
            "%s=time_base=%d/%d:sample_rate=%d:sample_fmt=%s:channel_layout=%s",
            IN,
            ticks.num(),
            ticks.den(),
            like.sample_rate(),
            sampleFormat(like),
            layout(like.ch_layout()));
    AVFilterGraph graph = avfilter_graph_alloc();
    try {
      String chain = source + "," + String.join(",", filters) + "," + OUT;
      FFmpegError.check(
          avfilter_graph_parse_ptr(
              graph, chain, (AVFilterInOut) null, (AVFilterInOut) null, (Pointer) null),
          file,
          "prepare " + chain);
      FFmpegError.check(avfilter_graph_config(graph, null), file, "connect " + chain);
      return new SoundGraph(file, graph);
    } catch (IOException | RuntimeException e) {
      avfilter_graph_free(graph);
      throw e;
    }
  }

  private static String sampleFormat(AVFrame frame) {
    try (BytePointer name = av_get_sample_fmt_name(frame.format())) {
      return name.getString();
    }
  }

  private static String layout(AVChannelLayout layout) {
    byte[] text = new byte[256];
    av_channel_layout_describe(layout, text, text.length);
    return new String(text, StandardCharsets.UTF_8).trim();
  }

  /** Files that only count their channels have the usual ones. */
  private static void nameChannels(AVFrame frame) {
    AVChannelLayout layout = frame.ch_layout();
    if (layout.order() == AV_CHANNEL_ORDER_UNSPEC) {
      av_channel_layout_default(layout, layout.nb_channels());
    }
  }

  int rateHz() {
    return av_buffersink_get_sample_rate(out);
  }

  void copyLayout(AVChannelLayout target) throws IOException {
    FFmpegError.check(av_buffersink_get_ch_layout(out, target), file, "read the channels");
  }

  /** Every frame that comes out has so many samples, but for the last. */
  void framesOf(int samples) {
    av_buffersink_set_frame_size(out, samples);
  }

  /** Takes a frame; false when no more are needed. */
  boolean push(AVFrame frame) throws IOException {
    nameChannels(frame);
    return accepted(av_buffersrc_add_frame(in, frame));
  }

  /** Tells that no frame will follow. */
  void end() throws IOException {
    accepted(av_buffersrc_add_frame(in, null));
  }

  private boolean accepted(int code) throws IOException {
    return code != AVERROR_EOF && FFmpegError.check(code, file, "change the sound") >= 0;
  }

  /** What {@link #pull} found. */
  enum Pulled {
    /** A frame. */
    FRAME,
    /** Nothing until more is pushed. */
    NOTHING_YET,
    /** The end. */
    END
  }

  Pulled pull(AVFrame into) throws IOException {
    int code = av_buffersink_get_frame(out, into);
    if (code == AVERROR_EAGAIN()) {
      return Pulled.NOTHING_YET;
    }
    if (code == AVERROR_EOF) {
      return Pulled.END;
    }
    FFmpegError.check(code, file, "change the sound");
    return Pulled.FRAME;
  }

  @Override
  public void close() {
    avfilter_graph_free(graph);
  }
}
