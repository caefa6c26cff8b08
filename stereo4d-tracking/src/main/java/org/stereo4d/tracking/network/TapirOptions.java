package org.stereo4d.tracking.network;

import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;

/**
 * Numbers of a TAPIR-class file.
 *
 * @param inputSize size of the frames the network takes. Default 512x512, the reference's
 * @param chunk most queries per run; > 0. Default 200, the reference's
 */
public record TapirOptions(ImageSize inputSize, int chunk) {
  /** The reference's numbers. */
  public static final TapirOptions DEFAULTS = new TapirOptions(new ImageSize(512, 512), 200);

  /** Checks the chunk. */
  public TapirOptions {
    Check.that(chunk > 0, "chunk must be > 0, was %s", chunk);
  }

  /** These options for another size of frames. */
  public TapirOptions withInputSize(ImageSize inputSize) {
    return new TapirOptions(inputSize, chunk);
  }

  /** These options with another number of queries per run. */
  public TapirOptions withChunk(int chunk) {
    return new TapirOptions(inputSize, chunk);
  }
}
