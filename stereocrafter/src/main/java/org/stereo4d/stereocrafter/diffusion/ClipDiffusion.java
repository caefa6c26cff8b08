package org.stereo4d.stereocrafter.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;

/** One run of the network over a few frames: conditions, sampling tile by tile, decoding. */
final class ClipDiffusion {
  /** What the network is told of the frame rate: one less than the 7 Hz it was trained with. */
  private static final double FRAMES_PER_SECOND = 6;

  /** Pictures encoded and decoded at once in the reference. */
  private static final int ENCODE_BATCH = 5;

  private static final int DECODE_BATCH = 2;

  private final DiffusionNetworks networks;
  private final DiffusionOptions options;
  private final NoiseSource noise;
  private final EulerSampler sampler;
  private final Denoiser denoiser;

  ClipDiffusion(DiffusionNetworks networks, DiffusionOptions options, NoiseSource noise) {
    this.networks = networks;
    this.options = options;
    this.noise = noise;
    this.sampler = new EulerSampler(options.sampling().steps());
    this.denoiser = new Denoiser(networks, sampler);
  }

  /**
   * The network's pictures.
   *
   * @param frames RGB in [0, 1], whose sides are multiples of 64
   * @param masks true in holes
   */
  List<ByteImage> fill(List<FloatImage> frames, List<Mask> masks) {
    LatentTiles tiles = LatentTiles.feasible(frames.get(0).size(), options.tiles());
    List<float[]> latents = new ArrayList<>();
    for (LatentTiles.Place place : tiles.places()) {
      latents.add(tile(frames, masks, place, tiles.tile()).values());
    }
    ImageSize picture = frames.get(0).size();
    ImageSize cells = cells(picture);
    LatentClip joined =
        new LatentClip(frames.size(), DiffusionNetworks.PLANES, cells, tiles.join(latents));
    List<ByteImage> out = new ArrayList<>();
    for (FloatImage image : decode(networks, joined, DECODE_BATCH)) {
      out.add(rounded(image));
    }
    return out;
  }

  private LatentClip tile(
      List<FloatImage> frames, List<Mask> masks, LatentTiles.Place place, ImageSize size) {
    List<FloatImage> parts = new ArrayList<>();
    LatentClip mask = LatentClip.zeros(frames.size(), 1, cells(size));
    for (int t = 0; t < frames.size(); t++) {
      parts.add(frames.get(t).crop(place.x(), place.y(), size).copy());
      Mask part = crop(masks.get(t), place, size);
      boolean[] cellMask = options.mask().reduce(part).array();
      for (int i = 0; i < cellMask.length; i++) {
        mask.values()[t * cellMask.length + i] = cellMask[i] ? 1 : 0;
      }
    }
    float[] embedding = networks.embed(ClipPicture.of(parts.get(0)));
    LatentClip pictures =
        encode(networks, signed(parts, options.sampling().noise(), noise), ENCODE_BATCH);
    Denoiser.Conditions conditions =
        new Denoiser.Conditions(
            pictures.beside(mask),
            embedding,
            new double[] {
              FRAMES_PER_SECOND, options.sampling().motion(), options.sampling().noise()
            },
            EulerSampler.guidance(
                options.sampling().firstGuidance(),
                options.sampling().lastGuidance(),
                frames.size()));
    LatentClip start =
        new LatentClip(
                frames.size(),
                DiffusionNetworks.PLANES,
                cells(size),
                noise.next(frames.size() * DiffusionNetworks.PLANES * cells(size).area()))
            .times(sampler.initialSigma());
    return denoiser.run(start, conditions);
  }

  private static ImageSize cells(ImageSize picture) {
    return new ImageSize(
        picture.width() / DiffusionNetworks.CELL_PX, picture.height() / DiffusionNetworks.CELL_PX);
  }

  private static Mask crop(Mask mask, LatentTiles.Place place, ImageSize size) {
    boolean[] out = new boolean[size.area()];
    for (int y = 0; y < size.height(); y++) {
      System.arraycopy(
          mask.array(),
          (place.y() + y) * mask.size().width() + place.x(),
          out,
          y * size.width(),
          size.width());
    }
    return Mask.wrap(out, size);
  }

  /** Pictures of [0, 1] as the networks take them: [-1, 1], with some noise. */
  static List<FloatImage> signed(List<FloatImage> images, double deviation, NoiseSource noise) {
    List<FloatImage> out = new ArrayList<>();
    for (FloatImage image : images) {
      float[] v = image.copy().array();
      float[] added = deviation > 0 ? noise.next(v.length) : new float[0];
      for (int i = 0; i < v.length; i++) {
        v[i] = (float) (2 * v[i] - 1 + (deviation > 0 ? deviation * added[i] : 0));
      }
      out.add(FloatImage.wrap(v, image.size(), image.channels()));
    }
    return out;
  }

  /** Latents of pictures, some at a time. */
  static LatentClip encode(DiffusionNetworks networks, List<FloatImage> pictures, int batch) {
    LatentClip out = networks.encode(pictures.subList(0, Math.min(batch, pictures.size())));
    for (int t = batch; t < pictures.size(); t += batch) {
      out = out.then(networks.encode(pictures.subList(t, Math.min(t + batch, pictures.size()))));
    }
    return out;
  }

  /** Pictures of latents in [0, 1], some at a time. */
  static List<FloatImage> decode(DiffusionNetworks networks, LatentClip latents, int batch) {
    List<FloatImage> out = new ArrayList<>();
    for (int t = 0; t < latents.frames(); t += batch) {
      LatentClip some = latents.slice(t, Math.min(t + batch, latents.frames()));
      for (FloatImage image : networks.decode(some.times(1 / networks.scalingFactor()))) {
        float[] v = image.array();
        for (int i = 0; i < v.length; i++) {
          v[i] = Math.max(0, Math.min(1, v[i] / 2 + 0.5f));
        }
        out.add(image);
      }
    }
    return out;
  }

  /** Levels to the nearest, halves to even. */
  private static ByteImage rounded(FloatImage image) {
    ByteImage out = ByteImage.create(image.size(), image.channels());
    float[] v = image.contiguous();
    for (int i = 0; i < v.length; i++) {
      out.array()[i] = (byte) (int) Math.rint(255 * v[i]);
    }
    return out;
  }
}
