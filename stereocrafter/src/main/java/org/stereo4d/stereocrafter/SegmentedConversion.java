package org.stereo4d.stereocrafter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.stereocrafter.ffmpeg.VideoJoiner;
import org.stereo4d.stereocrafter.format.Packing;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

/**
 * A conversion in segments, each a file of its own that a later run need not make again. A segment
 * is made from frames before its first one on, so that its range of depth and its fills have
 * settled; it does not depend on whether the segments before it were made in this run.
 */
final class SegmentedConversion {
  /** Frames before a segment that are worked on for it. */
  private static final int WARM_UP = 30;

  private final ConvertOptions options;
  private final InpainterFactory inpainters;
  private final VideoCodec codec;
  private final Packing packing;
  private final Path folder;
  private final String fingerprint;
  private final int length;
  private final EncodeOptions encode;
  private final Progress progress;

  private final List<Double> starts = new ArrayList<>();
  private final List<Segment> active = new ArrayList<>();
  private int opened;
  private int made;
  private int frames;
  private boolean stopped;

  SegmentedConversion(
      ConvertOptions options,
      InpainterFactory inpainters,
      VideoCodec codec,
      Packing packing,
      Path folder,
      String fingerprint,
      int length,
      EncodeOptions encode,
      Progress progress) {
    this.options = options;
    this.inpainters = inpainters;
    this.codec = codec;
    this.packing = packing;
    this.folder = folder;
    this.fingerprint = fingerprint.substring(0, 16);
    this.length = length;
    this.encode = encode;
    this.progress = progress;
  }

  /** The segments in order, or empty when the listener ended the run before the last. */
  Optional<List<VideoJoiner.Part>> run(VideoReader source, VideoDepthEstimator depth)
      throws IOException {
    Files.createDirectories(folder);
    try (Ahead ahead = new Ahead(source, options.isDeep())) {
      new ConversionRun(
              ahead,
              (frame, startsScene, raw) -> {
                accept(ahead, source, frame, startsScene, raw);
                return !stopped;
              })
          .run(depth);
      for (Segment segment : active) {
        if (!stopped) {
          segment.maker.finish();
          segment.finish(ahead);
        }
      }
    } finally {
      for (Segment segment : active) {
        segment.close();
      }
    }
    if (stopped) {
      return Optional.empty();
    }
    List<VideoJoiner.Part> parts = new ArrayList<>();
    for (int k = 0; k < starts.size(); k++) {
      parts.add(new VideoJoiner.Part(file(k), starts.get(k)));
    }
    return Optional.of(parts);
  }

  /** Frames of the source that were seen. */
  int frames() {
    return frames;
  }

  private Path file(int segment) {
    return folder.resolve(String.format(Locale.ROOT, "%s-%06d.mp4", fingerprint, segment));
  }

  private void accept(
      Ahead ahead, VideoReader source, SourceFrame frame, boolean startsScene, InverseDepthMap raw)
      throws IOException {
    int t = frame.frameIndex();
    frames = t + 1;
    if (t % length == 0) {
      starts.add(frame.timeSeconds());
    }
    while (Math.max(0, opened * length - WARM_UP) <= t) {
      if (!Files.isRegularFile(file(opened))) {
        active.add(new Segment(opened, t, ahead, source));
      }
      opened++;
    }
    Iterator<Segment> iterator = active.iterator();
    while (iterator.hasNext() && !stopped) {
      Segment segment = iterator.next();
      segment.maker.accept(frame, startsScene || t == segment.begin, raw);
      if (segment.isComplete()) {
        segment.finish(ahead);
        iterator.remove();
      }
    }
  }

  /** One segment that is being made. */
  private final class Segment {
    private final int index;
    private final int begin;
    private final Ahead ahead;
    private final VideoReader source;
    private final ViewMaker maker;
    private Optional<VideoWriter> writer = Optional.empty();
    private int written;

    Segment(int index, int begin, Ahead ahead, VideoReader source) {
      this.index = index;
      this.begin = begin;
      this.ahead = ahead;
      this.source = source;
      this.maker = new ViewMaker(options, source.info().size(), inpainters, this::write);
    }

    boolean isComplete() {
      return written == length;
    }

    private void write(SourceFrame frame, Eyes eyes) throws IOException {
      boolean inside = frame.frameIndex() / length == index;
      if (!inside || stopped) {
        return;
      }
      if (writer.isEmpty()) {
        ImageSize size = packing.frameSize(source.info().size());
        writer = Optional.of(codec.create(file(index), size, encode));
      }
      ahead.write(writer.get(), packing, eyes, frame.timeSeconds() - starts.get(index));
      written++;
      made++;
      int total = source.info().frameCount().orElse(0);
      stopped = progress.finishAfter(Step.of("stereo", made, Math.max(made, total)));
    }

    void finish(Ahead encoder) throws IOException {
      encoder.finishWriting();
      if (writer.isPresent() && !stopped) {
        writer.get().finish();
      }
      close();
    }

    void close() throws IOException {
      if (writer.isPresent()) {
        writer.get().close();
        writer = Optional.empty();
      }
    }
  }
}
