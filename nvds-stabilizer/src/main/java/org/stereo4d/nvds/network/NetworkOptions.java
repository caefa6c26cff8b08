package org.stereo4d.nvds.network;

import java.util.Optional;
import org.stereo4d.image.ImageSize;
import org.stereo4d.nvds.MixPolicy;
import org.stereo4d.nvds.NormalizationScope;
import org.stereo4d.nvds.WindowSelector;

/**
 * How a network is fed and its passes are put together.
 *
 * @param window which frames it sees. Default: one apart
 * @param mix how both passes become one; those that need flow are the average without it. Default:
 *     the rule of the reference
 * @param inferenceSize size the network runs at; empty for height 384. Default: empty
 * @param normalization over what maps are stretched to [0, 1]. Default: each frame
 * @param quantizeInitial whether maps are rounded down to 16 bits first, as the reference stores
 *     them. Default: no
 */
public record NetworkOptions(
    WindowSelector window,
    MixPolicy mix,
    Optional<ImageSize> inferenceSize,
    NormalizationScope normalization,
    boolean quantizeInitial) {
  /** The defaults named at each component. */
  public static final NetworkOptions DEFAULTS =
      new NetworkOptions(
          WindowSelector.DEFAULTS,
          MixPolicy.REFERENCE,
          Optional.empty(),
          NormalizationScope.FRAME,
          false);

  /** These options with other windows. */
  public NetworkOptions withWindow(WindowSelector window) {
    return new NetworkOptions(window, mix, inferenceSize, normalization, quantizeInitial);
  }

  /** These options with another mix. */
  public NetworkOptions withMix(MixPolicy mix) {
    return new NetworkOptions(window, mix, inferenceSize, normalization, quantizeInitial);
  }

  /** These options at a size. */
  public NetworkOptions withInferenceSize(ImageSize size) {
    return new NetworkOptions(window, mix, Optional.of(size), normalization, quantizeInitial);
  }

  /** These options with another stretch. */
  public NetworkOptions withNormalization(NormalizationScope normalization) {
    return new NetworkOptions(window, mix, inferenceSize, normalization, quantizeInitial);
  }

  /** These options with maps of 16 bits or as they are. */
  public NetworkOptions withQuantizeInitial(boolean quantizeInitial) {
    return new NetworkOptions(window, mix, inferenceSize, normalization, quantizeInitial);
  }
}
