package org.stereo4d.stereocrafter.diffusion;

import java.util.List;
import java.util.OptionalInt;
import org.stereo4d.image.FloatImage;

/**
 * The networks of a video diffusion model, by whatever runs them. Values are those of Stable Video
 * Diffusion: pictures in [-1, 1], one latent cell of four numbers for 8x8 pixels.
 */
public interface DiffusionNetworks extends AutoCloseable {
  /** Which of the two tasks the denoising network was trained for. */
  enum Task {
    /** Nearness of a clip: 4 noisy planes and 4 of the picture. */
    DEPTH(8),
    /** Holes of a view: 4 noisy planes, 4 of the picture and the mask. */
    STEREO(9);

    private final int inputPlanes;

    Task(int inputPlanes) {
      this.inputPlanes = inputPlanes;
    }

    /** Planes that the denoising network takes. */
    public int inputPlanes() {
      return inputPlanes;
    }
  }

  /** Length of an embedding. */
  int EMBEDDING = 1024;

  /** Planes of a latent. */
  int PLANES = 4;

  /** Pixels along a side of a latent cell. */
  int CELL_PX = 8;

  /**
   * What the denoising network is asked.
   *
   * @param samples one clip for each item of the batch, scaled for the noise level
   * @param quarterLogNoise a quarter of the logarithm of the noise level
   * @param embeddings for each item of the batch, one row of {@link #EMBEDDING} values per frame or
   *     one for the whole clip
   * @param conditions frame rate, motion, noise: three numbers for every item
   */
  record Request(
      List<LatentClip> samples,
      double quarterLogNoise,
      List<float[]> embeddings,
      double[] conditions) {
    /** Copies the lists. */
    public Request {
      samples = List.copyOf(samples);
      embeddings = List.copyOf(embeddings);
    }
  }

  /** The task of {@link #predict}. */
  Task task();

  /** What the meaning of a latent is divided by before decoding. */
  double scalingFactor();

  /** How many frames {@link #predict} must be given; empty when any number will do. */
  default OptionalInt fixedFrames() {
    return OptionalInt.empty();
  }

  /** The embedding of a picture of 224x224 pixels, normalised by {@link ClipPicture}. */
  float[] embed(FloatImage picture);

  /** Means of the latents of pictures in [-1, 1], not scaled. */
  LatentClip encode(List<FloatImage> pictures);

  /** Pictures, about [-1, 1], of consecutive latents that were divided by the scaling factor. */
  List<FloatImage> decode(LatentClip latents);

  /** The v that the denoising network predicts: four planes for each item of the batch. */
  List<LatentClip> predict(Request request);

  @Override
  void close();
}
