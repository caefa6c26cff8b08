package org.stereo4d.stereocrafter.diffusion;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.stereocrafter.depth.LatentStream;
import org.stereo4d.stereocrafter.depth.NetworkSizing;

/**
 * Nearness of a video by a diffusion network, the way DepthCrafter does (Hu et al., arXiv
 * 2409.02095): windows whose shared frames start from the result of the window before plus noise.
 * Values are those of the network, about [0, 1], larger is nearer; bring them to [0, 1] by a range
 * of the whole clip or by a normaliser that follows it.
 *
 * <p>Holds the latents of one window and the frames of a batch. The networks stay with the caller.
 */
public final class DiffusionDepthEstimator implements VideoDepthEstimator {
  /** What the network is told of the frame rate. */
  private static final double FRAMES_PER_SECOND = 7;

  /** Pictures encoded and decoded at once in the reference. */
  private static final int BATCH = 8;

  private final DiffusionNetworks networks;
  private final DiffusionDepthOptions options;
  private final EulerSampler sampler;
  private final Denoiser denoiser;

  /** An estimator on networks for {@link DiffusionNetworks.Task#DEPTH}. */
  public DiffusionDepthEstimator(DiffusionNetworks networks, DiffusionDepthOptions options) {
    Check.that(
        networks.task() == DiffusionNetworks.Task.DEPTH,
        "the network must be one for %s, was for %s",
        DiffusionNetworks.Task.DEPTH,
        networks.task());
    networks
        .fixedFrames()
        .ifPresent(
            n ->
                Check.that(
                    n == options.windows().window(),
                    "windows must have the %s frames of the network, had %s",
                    n,
                    options.windows().window()));
    this.networks = networks;
    this.options = options;
    this.sampler = new EulerSampler(options.sampling().steps());
    this.denoiser = new Denoiser(networks, sampler);
  }

  @Override
  public void estimate(Iterable<ByteImage> frames, Sink sink, Progress progress)
      throws IOException {
    Iterator<ByteImage> iterator = frames.iterator();
    if (iterator.hasNext()) {
      new Run(iterator, sink, progress).run();
    }
  }

  /** One video. */
  private final class Run {
    private final Iterator<ByteImage> frames;
    private final Sink sink;
    private final Progress progress;
    private final NoiseSource noise = NoiseSource.ofSeed(options.sampling().seed());
    private final List<float[]> embeddings = new ArrayList<>();
    private Optional<LatentClip> conditions = Optional.empty();
    private Optional<LatentClip> finished = Optional.empty();
    private ImageSize frameSize = new ImageSize(1, 1);
    private int given;

    Run(Iterator<ByteImage> frames, Sink sink, Progress progress) {
      this.frames = frames;
      this.sink = sink;
      this.progress = progress;
    }

    void run() throws IOException {
      read();
      LatentClip first = conditions.orElseThrow();
      int length = first.frameLength();
      float[] start = noise.next(first.values().length);
      for (int i = 0; i < start.length; i++) {
        start[i] *= (float) sampler.initialSigma();
      }
      LatentStream stream =
          new LatentStream(
              options.windows(), start, length, sampler.initialSigma(), sampler.sigma(0));
      boolean last;
      do {
        LatentClip window = conditions.orElseThrow();
        last = !frames.hasNext();
        float[] done = stream.next(window.frames(), last, (range, z) -> sample(window, z));
        int count = done.length / length;
        LatentClip clip = new LatentClip(count, window.channels(), window.size(), done);
        finished = Optional.of(finished.map(before -> before.then(clip)).orElse(clip));
        embeddings.subList(0, count).clear();
        conditions =
            count == window.frames()
                ? Optional.empty()
                : Optional.of(window.slice(count, window.frames()));
        if (give(last)) {
          return;
        }
        read();
      } while (!last);
    }

    /** Reads and encodes frames until the window is full. */
    private void read() {
      int missing = options.windows().window() - conditions.map(LatentClip::frames).orElse(0);
      while (missing > 0 && frames.hasNext()) {
        List<FloatImage> pictures = new ArrayList<>();
        while (pictures.size() < Math.min(BATCH, missing) && frames.hasNext()) {
          ByteImage frame = frames.next();
          frameSize = frame.size();
          ImageSize size = NetworkSizing.networkSize(frameSize, options.maxSidePx());
          pictures.add(
              new ImageResizer(ResizeFilter.ANTIALIASED_CUBIC).resize(frame, size).toFloat());
        }
        for (FloatImage picture : pictures) {
          embeddings.add(networks.embed(ClipPicture.of(picture)));
        }
        LatentClip encoded =
            networks.encode(ClipDiffusion.signed(pictures, options.sampling().noise(), noise));
        conditions = Optional.of(conditions.map(c -> c.then(encoded)).orElse(encoded));
        missing -= pictures.size();
      }
    }

    private float[] sample(LatentClip window, float[] start) {
      int wanted = networks.fixedFrames().orElse(window.frames());
      LatentClip planes = padded(window, wanted);
      LatentClip z =
          padded(
              new LatentClip(window.frames(), DiffusionNetworks.PLANES, window.size(), start),
              wanted);
      float[] rows = new float[wanted * DiffusionNetworks.EMBEDDING];
      for (int t = 0; t < wanted; t++) {
        float[] row = embeddings.get(Math.min(t, window.frames() - 1));
        System.arraycopy(row, 0, rows, t * row.length, row.length);
      }
      SamplingOptions sampling = options.sampling();
      Denoiser.Conditions all =
          new Denoiser.Conditions(
              planes,
              rows,
              new double[] {FRAMES_PER_SECOND, sampling.motion(), sampling.noise()},
              EulerSampler.guidance(sampling.firstGuidance(), sampling.lastGuidance(), wanted));
      return Arrays.copyOf(denoiser.run(z, all).values(), start.length);
    }

    /** The clip with its last frame repeated. */
    private static LatentClip padded(LatentClip clip, int frames) {
      LatentClip out = clip;
      while (out.frames() < frames) {
        out = out.then(clip.slice(clip.frames() - 1, clip.frames()));
      }
      return out;
    }

    /** Decodes whole batches, and at the end the rest; whether the listener wants no more. */
    private boolean give(boolean last) throws IOException {
      LatentClip ready = finished.orElseThrow();
      int count = last ? ready.frames() : ready.frames() / BATCH * BATCH;
      finished =
          count == ready.frames()
              ? Optional.empty()
              : Optional.of(ready.slice(count, ready.frames()));
      for (int t = 0; t < count; t += BATCH) {
        LatentClip some = ready.slice(t, Math.min(count, t + BATCH));
        for (FloatImage picture : ClipDiffusion.decode(networks, some, BATCH)) {
          sink.accept(given, new InverseDepthMap(nearness(picture)));
          given++;
          if (progress.finishAfter(Step.of("depth", given, 0))) {
            return true;
          }
        }
      }
      return false;
    }

    /** The mean of the channels, of the size of the frames. */
    private FloatImage nearness(FloatImage picture) {
      FloatImage mean = FloatImage.create(picture.size(), 1);
      float[] v = picture.contiguous();
      for (int i = 0; i < mean.array().length; i++) {
        mean.array()[i] = (v[3 * i] + v[3 * i + 1] + v[3 * i + 2]) / 3;
      }
      return new ImageResizer(ResizeFilter.BILINEAR).resize(mean, frameSize);
    }
  }
}
