package org.stereo4d.stereocrafter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.container.SphericalVideo;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.stereocrafter.format.Packing;
import org.stereo4d.stereocrafter.inpaint.ClassicalStereoInpainter;
import org.stereo4d.video.EncodeOptions;
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
    try (VideoReader reader = codec.open(source)) {
      ImageSize size = reader.info().size();
      if (Math.min(size.width(), size.height()) < LEAST_SIDE) {
        throw new IOException(
            source + ": is of " + size + " pixels, expected sides of at least " + LEAST_SIDE);
      }
      EncodeOptions encode = EncodeOptions.DEFAULTS.withFramesPerSecond(reader.framesPerSecond());
      if (reader.info().hasAudio()) {
        encode = encode.withAudioFrom(source);
      }
      try (VideoWriter writer = codec.create(target, packing.frameSize(size), encode)) {
        written = convert(reader, depth, packing, writer, progress);
        if (written == 0) {
          throw new IOException(source + ": has no frames, expected at least one");
        }
        writer.finish();
      }
    }
    if (packing.metadata().isPresent() && Files.isRegularFile(target)) {
      SphericalVideo.write(target, target, packing.metadata().get());
    }
    return written;
  }

  /**
   * Converts the remaining frames of a source. The caller finishes the writer.
   *
   * @return frames written
   */
  public int convert(
      VideoReader source,
      VideoDepthEstimator depth,
      Packing packing,
      VideoWriter writer,
      Progress progress)
      throws IOException {
    int[] written = {0};
    boolean[] stopped = {false};
    int total = source.info().frameCount().orElse(0);
    try (Ahead ahead = new Ahead(source)) {
      ViewMaker maker =
          new ViewMaker(
              options,
              source.info().size(),
              inpainters,
              (frame, pair) -> {
                if (!stopped[0]) {
                  ahead.write(writer, packing, pair, frame.timeSeconds());
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
