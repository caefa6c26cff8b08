package org.stereo4d.stereocrafter.diffusion;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;
import org.stereo4d.stereocrafter.inpaint.StereoInpainter;
import org.stereo4d.stereocrafter.inpaint.WarpedFrame;

/**
 * Fills holes by a video diffusion network, the way StereoCrafter does (Zhao et al., arXiv
 * 2409.07447): runs of frames of which each sees the last results of the run before, in tiles whose
 * latents are blended.
 *
 * <p>Unlike the reference: only holes are replaced by default; runs never span a cut; scenes of any
 * length work; seeds are kept; sides are padded instead of cropped. Left eyes are mirrored, since
 * the network knows holes on the right of objects only.
 *
 * <p>Holds two runs of frames. The networks stay with the caller.
 */
public final class DiffusionStereoInpainter implements StereoInpainter {
  /** Sides of pictures are multiples of this, so that one or two tiles always fit. */
  private static final int BLOCK_PX = 128;

  private final DiffusionOptions options;
  private final ClipDiffusion diffusion;
  private final OptionalInt fixedFrames;
  private final ChunkRun<ByteImage, Mask> run;

  /** The frames of the scene that are not finished. */
  private final Deque<WarpedFrame> waiting = new ArrayDeque<>();

  private final Deque<ByteImage> finished = new ArrayDeque<>();

  /** Fills with some networks and noise of the seed. */
  public DiffusionStereoInpainter(DiffusionNetworks networks, DiffusionOptions options) {
    this(networks, options, NoiseSource.ofSeed(options.sampling().seed()));
  }

  /** Fills with some networks and given noise. */
  public DiffusionStereoInpainter(
      DiffusionNetworks networks, DiffusionOptions options, NoiseSource noise) {
    Check.that(
        networks.task() == DiffusionNetworks.Task.STEREO,
        "the network must be one for %s, was for %s",
        DiffusionNetworks.Task.STEREO,
        networks.task());
    this.options = options;
    this.diffusion = new ClipDiffusion(networks, options, noise);
    this.fixedFrames = networks.fixedFrames();
    this.run = new ChunkRun<>(options.chunks(), this::fill);
    fixedFrames.ifPresent(
        n ->
            Check.that(
                n == options.chunks().length(),
                "runs must have the %s frames of the network, had %s",
                n,
                options.chunks().length()));
  }

  @Override
  public Optional<ByteImage> accept(WarpedFrame frame) {
    if (frame.startsScene()) {
      finish(run.finish());
    }
    waiting.add(frame);
    boolean mirrors = frame.shift() > 0;
    ByteImage view = options.fit().fit(mirrored(frame.splat().image(), mirrors), BLOCK_PX);
    ByteImage holes = mirrored(frame.splat().holes().toImage(), mirrors);
    finish(run.accept(view, MaskReduction.binary(options.fit().fit(holes, BLOCK_PX).toFloat())));
    return Optional.ofNullable(finished.poll());
  }

  @Override
  public Optional<ByteImage> flush() {
    if (finished.isEmpty()) {
      finish(run.finish());
    }
    return Optional.ofNullable(finished.poll());
  }

  private void finish(List<ByteImage> views) {
    for (ByteImage view : views) {
      WarpedFrame frame = waiting.remove();
      ByteImage right = options.fit().restore(view, frame.source().size());
      finished.add(frame.shift() > 0 ? mirrored(right, true) : right.copy());
    }
  }

  /** One run of the network. */
  private List<ByteImage> fill(List<ByteImage> frames, List<Mask> masks, int reused) {
    List<FloatImage> pictures = new ArrayList<>();
    List<Mask> holes = new ArrayList<>();
    int count = fixedFrames.orElse(frames.size());
    for (int t = 0; t < count; t++) {
      int from = Math.min(t, frames.size() - 1);
      pictures.add(frames.get(from).toFloat());
      boolean clear = options.clearReused() && t < reused;
      holes.add(clear ? Mask.none(masks.get(from).size()) : masks.get(from));
    }
    List<ByteImage> made = diffusion.fill(pictures, holes).subList(0, frames.size());
    List<ByteImage> out = new ArrayList<>();
    int offset = waiting.size() - (frames.size() - reused);
    WarpedFrame[] sources = waiting.toArray(new WarpedFrame[0]);
    for (int t = 0; t < frames.size(); t++) {
      if (t < reused) {
        out.add(frames.get(t));
      } else {
        WarpedFrame source = sources[offset + t - reused];
        out.add(composed(frames.get(t), made.get(t), masks.get(t), source));
      }
    }
    return out;
  }

  private ByteImage composed(ByteImage view, ByteImage made, Mask holes, WarpedFrame frame) {
    return switch (options.result()) {
      case WHOLE -> made;
      case HOLES -> SoftHoles.of(holes).mix(view, made);
      case HOLES_RECOLORED ->
          SoftHoles.of(holes).mix(view, ColorTransfer.of(frame.source()).apply(made));
    };
  }

  private static ByteImage mirrored(ByteImage image, boolean mirrors) {
    if (!mirrors) {
      return image;
    }
    ByteImage out = ByteImage.create(image.size(), image.channels());
    ImageSize size = image.size();
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        System.arraycopy(
            image.array(),
            image.index(x, y),
            out.array(),
            out.index(size.width() - 1 - x, y),
            image.channels());
      }
    }
    return out;
  }
}
