package org.stereo4d.stereocrafter.diffusion;

import org.stereo4d.run.Check;
import org.stereo4d.stereocrafter.format.FitPolicy;

/**
 * How the diffusion network fills holes.
 *
 * @param chunks frames per run, and how many of them are results of the run before
 * @param tiles parts along each side of the picture, 1 to 16; more need less memory
 * @param mask how pixels of a hole become cells
 * @param result what of the network's pictures is used
 * @param clearReused whether frames that are results already count as without holes; the reference
 *     still calls them holes
 * @param fit what happens to sides that the network does not take
 * @param sampling steps, guidance, noise and seed
 */
public record DiffusionOptions(
    ChunkPlan chunks,
    int tiles,
    MaskReduction mask,
    Result result,
    boolean clearReused,
    FitPolicy fit,
    SamplingOptions sampling) {
  /** What of the network's pictures is used. */
  public enum Result {
    /** Only the holes, with a soft rim: detail, colours and steadiness of the picture stay. */
    HOLES,
    /** Only the holes, after the colours were brought to mean and deviation of the source. */
    HOLES_RECOLORED,
    /** Everything, as in the reference. */
    WHOLE
  }

  /** The reference's numbers; holes only, sides padded. */
  public static final DiffusionOptions DEFAULTS =
      new DiffusionOptions(
          ChunkPlan.DEFAULTS,
          1,
          MaskReduction.TOP_LEFT,
          Result.HOLES,
          false,
          FitPolicy.PAD_REFLECT,
          SamplingOptions.DEFAULTS);

  /** Checks the number of tiles. */
  public DiffusionOptions {
    Check.that(tiles >= 1 && tiles <= 16, "tiles must be in 1..16, was %s", tiles);
  }

  /** These options with other runs. */
  public DiffusionOptions withChunks(ChunkPlan chunks) {
    return new DiffusionOptions(chunks, tiles, mask, result, clearReused, fit, sampling);
  }

  /** These options with another number of parts. */
  public DiffusionOptions withTiles(int tiles) {
    return new DiffusionOptions(chunks, tiles, mask, result, clearReused, fit, sampling);
  }

  /** These options with another reduction of masks. */
  public DiffusionOptions withMask(MaskReduction mask) {
    return new DiffusionOptions(chunks, tiles, mask, result, clearReused, fit, sampling);
  }

  /** These options with another use of the result. */
  public DiffusionOptions withResult(Result result) {
    return new DiffusionOptions(chunks, tiles, mask, result, clearReused, fit, sampling);
  }

  /** These options with another treatment of sides. */
  public DiffusionOptions withFit(FitPolicy fit) {
    return new DiffusionOptions(chunks, tiles, mask, result, clearReused, fit, sampling);
  }

  /** These options with another sampling. */
  public DiffusionOptions withSampling(SamplingOptions sampling) {
    return new DiffusionOptions(chunks, tiles, mask, result, clearReused, fit, sampling);
  }
}
