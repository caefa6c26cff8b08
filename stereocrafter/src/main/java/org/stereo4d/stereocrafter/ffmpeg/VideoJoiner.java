package org.stereo4d.stereocrafter.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.FF_COMPLIANCE_UNOFFICIAL;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.PointerScope;
import org.stereo4d.backend.ffmpeg.PacketSink;
import org.stereo4d.backend.ffmpeg.PacketSource;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Check;

/** Joins videos of one size and encoding into one, packet by packet. */
public final class VideoJoiner {
  private VideoJoiner() {}

  /**
   * A video and when it begins.
   *
   * @param file of one video stream
   * @param startSeconds when its time 0 comes; NaN for the end of the part before
   */
  public record Part(Path file, double startSeconds) {}

  /**
   * Writes the parts one after the other.
   *
   * @param parts at least one
   * @param sounds one after the other under the pictures; those without sound are left out
   * @throws IOException naming the part that is of another size or encoding than the first
   */
  public static void join(List<Part> parts, List<SoundTrack> sounds, Path target)
      throws IOException {
    Check.that(!parts.isEmpty(), "at least one part is needed");
    try (PointerScope scope = new PointerScope();
        AtomicOutput output = AtomicOutput.to(target)) {
      write(parts, sounds, output.temporary());
      output.commit();
    }
  }

  private static void write(List<Part> parts, List<SoundTrack> sounds, Path file)
      throws IOException {
    List<PacketSource> open = new ArrayList<>();
    try (PacketSink sink = PacketSink.byName(file)) {
      sink.comply(FF_COMPLIANCE_UNOFFICIAL); // else what tells the eyes apart is lost
      List<PacketSource> pictures = new ArrayList<>();
      for (Part part : parts) {
        pictures.add(opened(part.file(), AVMEDIA_TYPE_VIDEO, pictures, open));
      }
      SoundQueue sound = new SoundQueue(open);
      for (SoundTrack track : sounds) {
        sound.add(track);
      }
      AVStream pictureOut = sink.add(pictures.get(0));
      Optional<AVStream> soundOut =
          sound.isEmpty() ? Optional.empty() : Optional.of(sink.add(sound.first()));
      soundOut.ifPresent(stream -> stream.codecpar().initial_padding(sound.leadInSamples()));
      sink.begin();
      double end = 0;
      for (int k = 0; k < parts.size(); k++) {
        double start = parts.get(k).startSeconds();
        double offset = Double.isNaN(start) ? end : start;
        PacketSource source = pictures.get(k);
        while (source.next()) {
          end = Math.max(end, offset + source.endSeconds());
          if (soundOut.isPresent()) {
            sound.writeUntil(offset + source.seconds(), sink, soundOut.get());
          }
          write(source, offset, sink, pictureOut);
        }
      }
      if (soundOut.isPresent()) {
        sound.writeUntil(end, sink, soundOut.get());
      }
      sink.finish();
    } finally {
      open.forEach(PacketSource::close);
    }
  }

  private static PacketSource opened(
      Path file, int kind, List<PacketSource> before, List<PacketSource> open) throws IOException {
    PacketSource source = PacketSource.open(file, kind);
    open.add(source);
    if (!source.isPresent()) {
      throw new IOException(file + ": has no pictures, expected a video");
    }
    if (!before.isEmpty()) {
      before.get(0).requireAlike(source);
    }
    return source;
  }

  /** Writes the current packet of a source, moved in time. */
  private static void write(
      PacketSource source, double offsetSeconds, PacketSink sink, AVStream target)
      throws IOException {
    AVPacket packet = source.packet();
    av_packet_rescale_ts(packet, source.stream().time_base(), target.time_base());
    long shift = Math.round(offsetSeconds * target.time_base().den() / target.time_base().num());
    if (packet.pts() != AV_NOPTS_VALUE) {
      packet.pts(packet.pts() + shift);
    }
    if (packet.dts() != AV_NOPTS_VALUE) {
      packet.dts(packet.dts() + shift);
    }
    sink.write(packet, target.time_base(), target);
  }

  /** Sound tracks one after the other. */
  private static final class SoundQueue {
    private final List<PacketSource> open;
    private final List<PacketSource> sources = new ArrayList<>();
    private final List<SoundTrack> tracks = new ArrayList<>();
    private int current;
    private boolean loaded;
    private double offset;
    private double end;

    SoundQueue(List<PacketSource> open) {
      this.open = open;
    }

    void add(SoundTrack track) throws IOException {
      PacketSource source = PacketSource.open(track.file(), AVMEDIA_TYPE_AUDIO);
      open.add(source);
      if (source.isPresent()) {
        if (!sources.isEmpty()) {
          sources.get(0).requireAlike(source);
        }
        sources.add(source);
        tracks.add(track);
      }
    }

    boolean isEmpty() {
      return sources.isEmpty();
    }

    PacketSource first() {
      return sources.get(0);
    }

    /** Samples before time 0, which Matroska must be told of and MP4 finds by itself. */
    int leadInSamples() {
      int rate = first().stream().codecpar().sample_rate();
      return load() && current == 0
          ? (int) Math.max(0, Math.rint(-(first().seconds() + offset) * rate))
          : 0;
    }

    /** Writes the packets that begin before a time. */
    void writeUntil(double seconds, PacketSink sink, AVStream target) throws IOException {
      while (load() && sources.get(current).seconds() + offset < seconds) {
        PacketSource source = sources.get(current);
        end = offset + source.endSeconds();
        write(source, offset, sink, target);
        loaded = false;
      }
    }

    /**
     * Whether packets before a track are kept: those before the sound begins, which decoders need
     * and do not play.
     */
    private boolean leadsIn(SoundTrack track) {
      return current == 0 && track.fromSeconds() == 0;
    }

    /** Whether there is a current packet within its track. */
    private boolean load() {
      while (!loaded && current < sources.size()) {
        SoundTrack track = tracks.get(current);
        PacketSource source = sources.get(current);
        offset = current == 0 ? -track.fromSeconds() : offset;
        loaded = source.next();
        boolean past = loaded && source.seconds() >= track.toSeconds();
        if (!loaded || past) {
          current++;
          loaded = false;
          offset = current < sources.size() ? end - tracks.get(current).fromSeconds() : offset;
        } else if (source.seconds() < track.fromSeconds() && !leadsIn(track)) {
          loaded = false;
        }
      }
      return loaded;
    }
  }
}
