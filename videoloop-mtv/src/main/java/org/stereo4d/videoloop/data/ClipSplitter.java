package org.stereo4d.videoloop.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

/**
 * Cuts a video, in which views follow each other with black frames between, into the clips of a
 * scene: {@code videos_<factor>/0000.mp4} and the mean picture {@code images/0000.png} of each.
 *
 * <p>Memory holds the shortest allowed clip, not the video.
 */
public final class ClipSplitter {
  private static final int QUALITY = 10; // quantiser

  private final SplitOptions options;

  /** A splitter. */
  public ClipSplitter(SplitOptions options) {
    this.options = options;
  }

  /**
   * A run of frames that are not black.
   *
   * @param startInclusive first frame of the source
   * @param endExclusive frame after the last
   * @param kept whether it is long enough to become a clip
   */
  public record Segment(int startInclusive, int endExclusive, boolean kept) {
    /** Number of frames. */
    public int frames() {
      return endExclusive - startInclusive;
    }
  }

  /** Whether a frame separates clips. */
  public boolean isBlack(ByteImage frame) {
    long sum = 0;
    byte[] samples = frame.contiguous();
    for (byte sample : samples) {
      sum += sample & 0xff;
    }
    return (double) sum / samples.length < options.darkBelow();
  }

  /**
   * Cuts a video.
   *
   * @param video read to its end
   * @param scene folder that receives the clips
   * @param codec writes them
   * @param progress called after each frame
   * @return every run of frames, in order, also those left out
   */
  public List<Segment> split(VideoReader video, Path scene, VideoCodec codec, Progress progress)
      throws IOException {
    double rate = options.framesPerSecond().orElse(video.framesPerSecond());
    List<Segment> segments = new ArrayList<>();
    int total = video.info().frameCount().orElse(0);
    int kept = 0;
    int index = 0;
    Clip clip = new Clip(scene, kept, codec, rate);
    try {
      for (Optional<Frame> next = video.next(); next.isPresent(); next = video.next()) {
        ByteImage frame = next.get().image();
        if (!isBlack(frame)) {
          clip.add(frame);
        } else if (clip.frames > 0) {
          kept += clip.end(index, segments) ? 1 : 0;
          clip = new Clip(scene, kept, codec, rate);
        }
        index++;
        if (progress.finishAfter(Step.of("split", index, Math.max(total, index)))) {
          break;
        }
      }
      if (clip.frames > 0) {
        clip.end(index, segments);
      }
    } finally {
      clip.close();
    }
    return segments;
  }

  /**
   * Writes a video that is one clip already, dark frames or not.
   *
   * @param number of the clip, which names its files
   * @return the clip; not kept when it is too short, and then nothing is written
   */
  Segment copy(VideoReader video, int number, Path scene, VideoCodec codec, Progress progress)
      throws IOException {
    double rate = options.framesPerSecond().orElse(video.framesPerSecond());
    List<Segment> segments = new ArrayList<>();
    int total = video.info().frameCount().orElse(0);
    Clip clip = new Clip(scene, number, codec, rate);
    try {
      for (Optional<Frame> next = video.next(); next.isPresent(); next = video.next()) {
        clip.add(next.get().image());
        int done = clip.frames;
        if (progress.finishAfter(Step.of("clip " + clip.name, done, Math.max(total, done)))) {
          break;
        }
      }
      clip.end(clip.frames, segments);
    } finally {
      clip.close();
    }
    return segments.get(0);
  }

  /** The mean of frames, cut to whole numbers, as the reference writes it. */
  static ByteImage mean(long[] sums, int frames, ImageSize size) {
    ByteImage out = ByteImage.create(size, 3);
    for (int i = 0; i < sums.length; i++) {
      out.array()[i] = (byte) (sums[i] / frames);
    }
    return out;
  }

  /** A frame at a size, without an odd last row or column. */
  static ByteImage reduced(ByteImage frame, int factor) {
    ImageSize size =
        new ImageSize(evenPart(frame.width() / factor), evenPart(frame.height() / factor));
    ByteImage whole =
        frame.crop(0, 0, new ImageSize(size.width() * factor, size.height() * factor));
    return new ImageResizer(ResizeFilter.BILINEAR).resize(whole, size);
  }

  private static int evenPart(int side) {
    return Math.max(2, side - side % 2);
  }

  private final class Clip {
    private final Path scene;
    private final String name;
    private final VideoCodec codec;
    private final double rate;
    private final List<ByteImage> waiting = new ArrayList<>();
    private final List<VideoWriter> writers = new ArrayList<>();
    private long[] sums = new long[0];
    private ImageSize size = new ImageSize(1, 1);
    private int frames;

    Clip(Path scene, int number, VideoCodec codec, double rate) {
      this.scene = scene;
      this.name = String.format(Locale.ROOT, "%04d", number);
      this.codec = codec;
      this.rate = rate;
    }

    void add(ByteImage frame) throws IOException {
      if (frames == 0) {
        size = frame.size();
        sums = new long[3 * size.area()];
      }
      byte[] samples = frame.contiguous();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += samples[i] & 0xff;
      }
      frames++;
      waiting.add(frame);
      if (frames >= options.leastFrames()) {
        flush();
      }
    }

    private void flush() throws IOException {
      if (writers.isEmpty()) {
        for (int factor : options.factors()) {
          Path file = scene.resolve("videos_" + factor).resolve(name + ".mp4");
          ImageSize reduced = reduced(waiting.get(0), factor).size();
          EncodeOptions encoding =
              EncodeOptions.DEFAULTS.withFramesPerSecond(rate).withQuality(QUALITY);
          writers.add(codec.create(file, reduced, encoding));
        }
      }
      for (ByteImage frame : waiting) {
        for (int i = 0; i < writers.size(); i++) {
          writers.get(i).write(reduced(frame, options.factors().get(i)));
        }
      }
      waiting.clear();
    }

    boolean end(int index, List<Segment> segments) throws IOException {
      boolean kept = frames >= options.leastFrames();
      segments.add(new Segment(index - frames, index, kept));
      if (kept) {
        for (VideoWriter writer : writers) {
          writer.finish();
        }
        PngImage.of(mean(sums, frames, size)).write(scene.resolve("images").resolve(name + ".png"));
      }
      close();
      return kept;
    }

    void close() throws IOException {
      for (VideoWriter writer : writers) {
        writer.close();
      }
      writers.clear();
    }
  }
}
