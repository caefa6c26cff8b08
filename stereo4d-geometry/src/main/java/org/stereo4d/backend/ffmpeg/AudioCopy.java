package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_compare_ts;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/** Joins the picture of one file and the sound of another, copying packets unchanged. */
final class AudioCopy {
  private AudioCopy() {}

  /**
   * Writes the joined file; sound that outlasts the picture is cut.
   *
   * @return false when the sound file has no sound; then nothing is written
   */
  static boolean join(Path video, Path audio, Path target) throws IOException {
    try (PointerScope scope = new PointerScope();
        Input pictures = Input.open(video, AVMEDIA_TYPE_VIDEO);
        Input sounds = Input.open(audio, AVMEDIA_TYPE_AUDIO)) {
      if (sounds.stream < 0) {
        return false;
      }
      copy(pictures, sounds, target);
      return true;
    }
  }

  private static void copy(Input pictures, Input sounds, Path target) throws IOException {
    AVFormatContext out = new AVFormatContext(null);
    check(
        avformat_alloc_output_context2(out, (AVOutputFormat) null, null, target.toString()),
        target);
    AVIOContext io = new AVIOContext(null);
    AVDictionary options = new AVDictionary(null);
    try {
      AVStream pictureOut = addStream(out, pictures, target);
      AVStream soundOut = addStream(out, sounds, target);
      check(avio_open(io, target.toString(), AVIO_FLAG_WRITE), target);
      out.pb(io);
      av_dict_set(options, "movflags", "+faststart", 0);
      check(avformat_write_header(out, options), target);
      boolean more = pictures.read();
      boolean moreSound = sounds.read();
      while (more) {
        boolean soundFirst = moreSound && sounds.isBefore(pictures);
        (soundFirst ? sounds : pictures).write(out, soundFirst ? soundOut : pictureOut, target);
        if (soundFirst) {
          moreSound = sounds.read();
        } else {
          more = pictures.read();
        }
      }
      check(av_write_trailer(out), target);
    } finally {
      av_dict_free(options);
      if (!io.isNull()) {
        avio_closep(io);
      }
      avformat_free_context(out);
    }
  }

  private static AVStream addStream(AVFormatContext out, Input input, Path target)
      throws IOException {
    AVStream stream = avformat_new_stream(out, (AVCodec) null);
    AVStream source = input.context.streams(input.stream);
    check(avcodec_parameters_copy(stream.codecpar(), source.codecpar()), target);
    stream.codecpar().codec_tag(0); // tags of one container are not those of another
    stream.time_base(source.time_base());
    stream.avg_frame_rate(source.avg_frame_rate());
    return stream;
  }

  private static void check(int code, Path file) throws IOException {
    FFmpegError.check(code, file, "carry the sound over");
  }

  /** One stream of an open file and its current packet. */
  private static final class Input implements AutoCloseable {
    private final Path file;
    private final AVFormatContext context;
    private final int stream;
    private final AVPacket packet = av_packet_alloc();

    private Input(Path file, AVFormatContext context, int stream) {
      this.file = file;
      this.context = context;
      this.stream = stream;
    }

    static Input open(Path file, int mediaType) throws IOException {
      AVFormatContext context = new AVFormatContext(null);
      check(
          avformat_open_input(context, file.toString(), (AVInputFormat) null, (AVDictionary) null),
          file);
      try {
        check(
            avformat_find_stream_info(context, (org.bytedeco.javacpp.PointerPointer<Pointer>) null),
            file);
      } catch (IOException e) {
        avformat_close_input(context);
        throw e;
      }
      int stream = av_find_best_stream(context, mediaType, -1, -1, (AVCodec) null, 0);
      return new Input(file, context, stream);
    }

    /** Moves to the next packet of the stream. */
    boolean read() {
      av_packet_unref(packet);
      while (av_read_frame(context, packet) >= 0) {
        if (packet.stream_index() == stream) {
          return true;
        }
        av_packet_unref(packet);
      }
      return false;
    }

    private long time() {
      return packet.dts() != AV_NOPTS_VALUE ? packet.dts() : packet.pts();
    }

    boolean isBefore(Input other) {
      return av_compare_ts(
              time(),
              context.streams(stream).time_base(),
              other.time(),
              other.context.streams(other.stream).time_base())
          <= 0;
    }

    void write(AVFormatContext out, AVStream target, Path file) throws IOException {
      av_packet_rescale_ts(packet, context.streams(stream).time_base(), target.time_base());
      packet.stream_index(target.index());
      packet.pos(-1);
      check(av_interleaved_write_frame(out, packet), file);
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
}
