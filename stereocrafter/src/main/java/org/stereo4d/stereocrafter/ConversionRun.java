package org.stereo4d.stereocrafter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.StereoPair;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Signal;
import org.stereo4d.run.Step;
import org.stereo4d.stereocrafter.depth.EmaNormalizer;
import org.stereo4d.stereocrafter.depth.SceneCuts;
import org.stereo4d.stereocrafter.format.Packing;
import org.stereo4d.stereocrafter.inpaint.ClassicalStereoInpainter;
import org.stereo4d.stereocrafter.inpaint.WarpedFrame;
import org.stereo4d.stereocrafter.splat.DisparityModel;
import org.stereo4d.stereocrafter.splat.RowSplatter;
import org.stereo4d.video.Frame;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

/** One pass over one video. */
final class ConversionRun {
  private final ConvertOptions options;
  private final VideoReader source;
  private final Packing packing;
  private final VideoWriter writer;
  private final Progress progress;
  private final SceneCuts cuts = new SceneCuts();
  private final Optional<EmaNormalizer> normalizer;
  private final RowSplatter splatter;
  private final DisparityModel model;
  private final Eye left;
  private final Eye right;

  /** Frames without depth yet. */
  private final Deque<Waiting> withoutDepth = new ArrayDeque<>();

  /** Frames whose depth is not normalised yet. */
  private final Deque<Waiting> withDepth = new ArrayDeque<>();

  /** Frames whose views are not filled yet. */
  private final Deque<Waiting> splatted = new ArrayDeque<>();

  private int written;
  private boolean stopped;

  /** A frame on its way. */
  private record Waiting(Frame frame, boolean startsScene) {}

  ConversionRun(
      ConvertOptions options,
      VideoReader source,
      Packing packing,
      VideoWriter writer,
      Progress progress) {
    this.options = options;
    this.source = source;
    this.packing = packing;
    this.writer = writer;
    this.progress = progress;
    this.normalizer = options.normalizer().map(EmaNormalizer::new);
    this.splatter = new RowSplatter(options.splat());
    this.model =
        DisparityModel.ofPercentOfWidth(options.percentOfWidth(), source.info().size().width())
            .withConvergence(options.convergence());
    this.left = new Eye(options.view().leftShift());
    this.right = new Eye(options.view().rightShift());
  }

  int convert(VideoDepthEstimator depth) throws IOException {
    try {
      depth.estimate(this::frames, this::accept, step -> stopped ? Signal.FINISH : Signal.CONTINUE);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e.getCause());
    }
    drain();
    while (!splatted.isEmpty() && !stopped) {
      write(left.flush(), right.flush());
    }
    return written;
  }

  /** The frames of the source, remembered on their way to the depth estimator. */
  private Iterator<ByteImage> frames() {
    Iterator<Frame> frames = source.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !stopped && frames.hasNext();
      }

      @Override
      public ByteImage next() {
        Frame frame = frames.next();
        boolean first = frame.frameIndex() == 0;
        withoutDepth.add(new Waiting(frame, cuts.isCut(frame.image()) || first));
        return frame.image();
      }
    };
  }

  private void accept(int frameIndex, InverseDepthMap raw) throws IOException {
    Waiting waiting = withoutDepth.remove();
    if (!raw.size().equals(waiting.frame().image().size())) {
      throw new IOException(
          "depth of frame "
              + frameIndex
              + ": is of "
              + raw.size()
              + ", expected "
              + waiting.frame().image().size());
    }
    if (waiting.startsScene()) {
      drain();
      normalizer.ifPresent(EmaNormalizer::reset);
    }
    InverseDepthMap grown = options.dilation().apply(KnownDepth.everywhere(raw, frameIndex));
    withDepth.add(waiting);
    Optional<InverseDepthMap> ready =
        normalizer.isPresent() ? normalizer.get().accept(grown) : Optional.of(grown);
    if (ready.isPresent()) {
      splat(ready.get());
    }
  }

  /** Sends on all frames whose depth waits for its range. */
  private void drain() throws IOException {
    while (normalizer.isPresent()) {
      Optional<InverseDepthMap> next = normalizer.get().flush();
      if (next.isEmpty()) {
        return;
      }
      splat(next.get());
    }
  }

  private void splat(InverseDepthMap nearness) throws IOException {
    if (stopped) {
      return;
    }
    Waiting waiting = withDepth.remove();
    splatted.add(waiting);
    DisparityMap disparity = model.disparity(nearness);
    write(left.accept(waiting, disparity), right.accept(waiting, disparity));
  }

  private void write(Optional<ByteImage> leftEye, Optional<ByteImage> rightEye) throws IOException {
    if (stopped || (left.isMade() && leftEye.isEmpty()) || (right.isMade() && rightEye.isEmpty())) {
      return;
    }
    Frame frame = splatted.remove().frame();
    StereoPair pair = new StereoPair(leftEye.orElse(frame.image()), rightEye.orElse(frame.image()));
    writer.write(packing.pack(pair), frame.timeSeconds());
    written++;
    stopped =
        progress.finishAfter(Step.of("stereo", written, source.info().frameCount().orElse(0)));
  }

  /** One eye: the source itself, or a view that is made. */
  private final class Eye {
    private final double shift;
    private final ClassicalStereoInpainter inpainter;

    Eye(double shift) {
      this.shift = shift;
      this.inpainter = new ClassicalStereoInpainter(options.inpaint());
    }

    boolean isMade() {
      return shift != 0;
    }

    Optional<ByteImage> accept(Waiting waiting, DisparityMap disparity) {
      if (!isMade()) {
        return Optional.empty();
      }
      ByteImage image = waiting.frame().image();
      return inpainter.accept(
          new WarpedFrame(
              image, splatter.splat(image, disparity, shift), shift, waiting.startsScene()));
    }

    Optional<ByteImage> flush() {
      return isMade() ? inpainter.flush() : Optional.empty();
    }
  }
}
