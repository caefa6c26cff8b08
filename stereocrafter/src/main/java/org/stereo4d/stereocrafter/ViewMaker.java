package org.stereo4d.stereocrafter;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.stereocrafter.depth.EmaNormalizer;
import org.stereo4d.stereocrafter.inpaint.StereoInpainter;
import org.stereo4d.stereocrafter.inpaint.WarpedFrame;
import org.stereo4d.stereocrafter.splat.ByteSplat;
import org.stereo4d.stereocrafter.splat.DisparityModel;
import org.stereo4d.stereocrafter.splat.RowSplatter;

/** Makes pairs of frames and their depth; pairs come out late, in order. */
final class ViewMaker {
  private final ConvertOptions options;
  private final Optional<EmaNormalizer> normalizer;
  private final RowSplatter splatter;
  private final DisparityModel model;
  private final Sink sink;
  private final Eye left;
  private final Eye right;

  /** Frames whose depth is not normalised yet. */
  private final Deque<Waiting> withDepth = new ArrayDeque<>();

  /** Frames whose views are not filled yet. */
  private final Deque<Splatted> splatted = new ArrayDeque<>();

  /** Takes finished pairs. */
  @FunctionalInterface
  interface Sink {
    void accept(SourceFrame frame, Eyes eyes) throws IOException;
  }

  /** A frame on its way. */
  private record Waiting(SourceFrame frame, boolean startsScene) {}

  /** A frame that is being filled; its disparity is kept where views have more than 8 bits. */
  private record Splatted(SourceFrame frame, Optional<DisparityMap> disparity) {}

  ViewMaker(ConvertOptions options, ImageSize size, InpainterFactory inpainters, Sink sink) {
    this.options = options;
    this.normalizer = options.normalizer().map(EmaNormalizer::new);
    this.splatter = new RowSplatter(options.splat());
    this.model =
        DisparityModel.ofPercentOfWidth(options.percentOfWidth(), size.width())
            .withConvergence(options.convergence());
    this.sink = sink;
    this.left = new Eye(options.view().leftShift(), inpainters.create());
    this.right = new Eye(options.view().rightShift(), inpainters.create());
  }

  void accept(SourceFrame frame, boolean startsScene, InverseDepthMap raw) throws IOException {
    if (startsScene) {
      drain();
      normalizer.ifPresent(EmaNormalizer::reset);
    }
    InverseDepthMap known = KnownDepth.everywhere(raw, frame.frameIndex());
    InverseDepthMap grown = options.dilation().apply(known);
    withDepth.add(new Waiting(frame, startsScene));
    Optional<InverseDepthMap> ready =
        normalizer.isPresent() ? normalizer.get().accept(grown) : Optional.of(grown);
    if (ready.isPresent()) {
      splat(ready.get());
    }
  }

  /** Ends the video: sends out what waits. */
  void finish() throws IOException {
    drain();
    while (!splatted.isEmpty()) {
      emit(left.flush(), right.flush());
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
    Waiting waiting = withDepth.remove();
    DisparityMap whole = model.disparity(nearness);
    DisparityMap disparity = options.keepsBorders() ? model.fadedAtBorders(whole) : whole;
    splatted.add(
        new Splatted(
            waiting.frame(), options.isDeep() ? Optional.of(disparity) : Optional.empty()));
    emit(left.accept(waiting, disparity), right.accept(waiting, disparity));
  }

  private void emit(Optional<ByteImage> leftEye, Optional<ByteImage> rightEye) throws IOException {
    if ((left.isMade() && leftEye.isEmpty()) || (right.isMade() && rightEye.isEmpty())) {
      return;
    }
    Splatted next = splatted.remove();
    SourceFrame frame = next.frame();
    if (next.disparity().isEmpty()) {
      sink.accept(
          frame,
          new Eyes.OfBytes(
              new StereoPair(leftEye.orElse(frame.image()), rightEye.orElse(frame.image()))));
    } else {
      FloatImage samples = frame.samples();
      DisparityMap disparity = next.disparity().get();
      sink.accept(
          frame,
          new Eyes.OfFloats(
              left.deepen(leftEye, samples, disparity),
              right.deepen(rightEye, samples, disparity)));
    }
  }

  /** One eye: the source itself, or a view that is made. */
  private final class Eye {
    private final double shift;
    private final StereoInpainter inpainter;

    /** Views that are being filled, where they are to be deepened. */
    private final Deque<ByteImage> seen = new ArrayDeque<>();

    Eye(double shift, StereoInpainter inpainter) {
      this.shift = shift;
      this.inpainter = inpainter;
    }

    boolean isMade() {
      return shift != 0;
    }

    Optional<ByteImage> accept(Waiting waiting, DisparityMap disparity) {
      if (!isMade()) {
        return Optional.empty();
      }
      ByteImage image = waiting.frame().image();
      ByteSplat splat = splatter.splat(image, disparity, shift);
      if (options.isDeep()) {
        seen.add(splat.image());
      }
      return inpainter.accept(new WarpedFrame(image, splat, shift, waiting.startsScene()));
    }

    /** The eye with all bits of the source. */
    FloatImage deepen(Optional<ByteImage> filled, FloatImage source, DisparityMap disparity) {
      if (filled.isEmpty()) {
        return source;
      }
      FloatImage view = splatter.splat(source, disparity, shift).image();
      FilledView.join(view, seen.remove(), filled.get());
      return view;
    }

    Optional<ByteImage> flush() {
      return isMade() ? inpainter.flush() : Optional.empty();
    }
  }
}
