package org.stereo4d.stereocrafter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.container.SphericalVideo;
import org.stereo4d.run.Check;
import org.stereo4d.run.Fingerprint;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.stereocrafter.ffmpeg.FrameTimes;
import org.stereo4d.stereocrafter.ffmpeg.SoundTrack;
import org.stereo4d.stereocrafter.ffmpeg.VideoJoiner;
import org.stereo4d.stereocrafter.format.Packing;
import org.stereo4d.stereocrafter.inpaint.ClassicalStereoInpainter;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.ReadOptions;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

/**
 * Any video to stereo, frame after frame:
 *
 * <pre>
 * frames -> depth -> edge dilation -> normalisation -> disparity -> splat -> fill -> packing -> file
 * </pre>
 *
 * Memory is bounded by the look-ahead of normalisation and fill, whatever the length of the video.
 * Sound and frame times are kept, and the container says where the eyes are.
 *
 * <p>With {@link ConvertOptions#bitsPerSample} of 10 the source is read with all its bits, each
 * view is splatted in floats beside the 8-bit view that is filled, and the file has 10 bits and the
 * colours of the source, high dynamic range included; metadata of the mastering display are lost.
 * Depth, cuts and fills see 8 bits: a pixel that the fill changed has its 8-bit colour, every other
 * pixel that of the floats, and the eye that is the source is the source. Anaglyphs mix colours as
 * if they were those of 8 bits. A frame that waits takes 12 MB more at 1920x1080, and one whose
 * fill waits 8 to 21 MB.
 */
public final class StereoConverter {
  private static final int LEAST_SIDE = 16;
  private final ConvertOptions options;
  private final InpainterFactory inpainters;

  /** Converts with the given options, filling holes without a network. */
  public StereoConverter(ConvertOptions options) {
    this(options, () -> new ClassicalStereoInpainter(options.inpaint()));
  }

  /**
   * Converts with the given options and inpainters.
   *
   * @param inpainters such as {@code () -> new DiffusionStereoInpainter(networks,
   *     DiffusionOptions.DEFAULTS)}; the look-ahead of the options does not matter to them
   */
  public StereoConverter(ConvertOptions options, InpainterFactory inpainters) {
    this.options = options;
    this.inpainters = inpainters;
  }

  /**
   * Converts a video file.
   *
   * @param depth raw depth of its frames; may be used for one video only
   * @param target file whose extension is that of a container the codec writes, MP4 or Matroska; a
   *     folder of pictures has no container and no metadata
   * @return frames written; fewer than the video has when the listener finishes early
   */
  public int convert(
      Path source,
      VideoCodec codec,
      VideoDepthEstimator depth,
      Packing packing,
      Path target,
      Progress progress)
      throws IOException {
    int written;
    try (VideoReader reader = codec.open(source, reading())) {
      requireSize(source, reader);
      ImageSize size = reader.info().size();
      EncodeOptions encode = writing(source, reader);
      if (reader.info().hasAudio()) {
        encode = encode.withAudioFrom(source);
      }
      try (VideoWriter writer = codec.create(target, packing.frameSize(size), encode)) {
        written = convert(reader, depth, packing, writer, progress);
        requireFrames(source, written);
        writer.finish();
      }
    }
    describe(target, packing);
    return written;
  }

  /**
   * Converts a video file in segments that are kept: a run that was cut off goes on with the first
   * segment that is missing, and gives the same bits as one that was not. Frames and depth of the
   * segments that are there are still read, so give depth that is cheap to read, such as an
   * archive. A segment is made from 30 frames before it on, which costs that much more work.
   *
   * <p>Segments lie in a folder beside the target, {@code TARGET.parts}, until the target is
   * written; those of other options or sources are not used.
   *
   * @param codec of MP4
   * @param target an MP4 file
   * @param framesPerSegment {@code >= 1}
   * @return frames of the target; 0 when the listener ended the run before, which leaves segments
   */
  public int convertInSegments(
      Path source,
      VideoCodec codec,
      VideoDepthEstimator depth,
      Packing packing,
      Path target,
      int framesPerSegment,
      Progress progress)
      throws IOException {
    Check.that(framesPerSegment >= 1, "framesPerSegment must be >= 1, was %s", framesPerSegment);
    Path folder = target.resolveSibling(target.getFileName() + ".parts");
    try (VideoReader reader = codec.open(source, reading())) {
      requireSize(source, reader);
      String fingerprint =
          new Fingerprint()
              .withFile("source", source)
              .with("options", options)
              .with("packing", packing.suffix())
              .with("length", framesPerSegment)
              .hex();
      SegmentedConversion conversion =
          new SegmentedConversion(
              options,
              inpainters,
              codec,
              packing,
              folder,
              fingerprint,
              framesPerSegment,
              writing(source, reader),
              progress);
      Optional<List<VideoJoiner.Part>> parts = conversion.run(reader, depth);
      if (parts.isEmpty()) {
        return 0;
      }
      requireFrames(source, conversion.frames());
      VideoJoiner.join(
          parts.get(),
          reader.info().hasAudio() ? List.of(SoundTrack.of(source)) : List.of(),
          target);
      describe(target, packing);
      for (VideoJoiner.Part part : parts.get()) {
        Files.deleteIfExists(part.file());
      }
      deleteIfEmpty(folder);
      return conversion.frames();
    }
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    try (Stream<Path> rest = Files.list(folder)) {
      if (rest.findAny().isPresent()) {
        return; // segments of other options
      }
    }
    Files.delete(folder);
  }

  private ReadOptions reading() {
    return ReadOptions.DEFAULTS.withFullPrecision(options.isDeep());
  }

  private EncodeOptions writing(Path source, VideoReader reader) throws IOException {
    return EncodeOptions.DEFAULTS
        .withFramesPerSecond(gridHz(source, reader))
        .withBitsPerSample(options.bitsPerSample())
        .withColors(reader.info().colors());
  }

  private static void requireSize(Path source, VideoReader reader) throws IOException {
    ImageSize size = reader.info().size();
    if (Math.min(size.width(), size.height()) < LEAST_SIDE) {
      throw new IOException(
          source + ": is of " + size + " pixels, expected sides of at least " + LEAST_SIDE);
    }
  }

  /** The rate of the source, or one fine enough for the times of a source without a steady one. */
  static double gridHz(Path source, VideoReader reader) throws IOException {
    return Files.isRegularFile(source)
        ? FrameTimes.gridHz(FrameTimes.secondsOf(source), reader.framesPerSecond())
        : reader.framesPerSecond();
  }

  private static void requireFrames(Path source, int frames) throws IOException {
    if (frames == 0) {
      throw new IOException(source + ": has no frames, expected at least one");
    }
  }

  private static void describe(Path target, Packing packing) throws IOException {
    if (packing.metadata().isPresent() && Files.isRegularFile(target)) {
      SphericalVideo.write(target, target, packing.metadata().get());
    }
  }

  /**
   * Converts the remaining frames of a source. The caller finishes the writer.
   *
   * @param source opened with full precision where views of 10 bits are to keep its bits
   * @param writer that keeps the bits asked for
   * @return frames written
   */
  public int convert(
      VideoReader source,
      VideoDepthEstimator depth,
      Packing packing,
      VideoWriter writer,
      Progress progress)
      throws IOException {
    Check.that(
        options.bitsPerSample() <= writer.bitsPerSample(),
        "writer must keep %s bits per sample, keeps %s",
        options.bitsPerSample(),
        writer.bitsPerSample());
    int[] written = {0};
    boolean[] stopped = {false};
    int total = source.info().frameCount().orElse(0);
    try (Ahead ahead = new Ahead(source, options.isDeep())) {
      ViewMaker maker =
          new ViewMaker(
              options,
              source.info().size(),
              inpainters,
              (frame, eyes) -> {
                if (!stopped[0]) {
                  ahead.write(writer, packing, eyes, frame.timeSeconds());
                  written[0]++;
                  stopped[0] = progress.finishAfter(Step.of("stereo", written[0], total));
                }
              });
      new ConversionRun(
              ahead,
              (frame, startsScene, raw) -> {
                maker.accept(frame, startsScene, raw);
                return !stopped[0];
              })
          .run(depth);
      if (!stopped[0]) {
        maker.finish();
      }
      ahead.finishWriting();
    }
    return written[0];
  }
}
