package org.stereo4d.nvds;

import java.util.List;
import java.util.Optional;
import org.stereo4d.depth.InverseDepthMap;

/**
 * Every stage of a clip that was steadied.
 *
 * @param initial maps the passes started from, without holes
 * @param forward pass from the first frame to the last
 * @param backward pass from the last frame to the first, in frame order; equal to {@code forward}
 *     when there was no second pass
 * @param mix the result
 * @param branch what the mix is made of
 * @param scores warping errors, when they were asked for
 * @param warnings for people: holes, constant maps, scene cuts
 */
public record StabilizedClip(
    List<InverseDepthMap> initial,
    List<InverseDepthMap> forward,
    List<InverseDepthMap> backward,
    List<InverseDepthMap> mix,
    MixBranch branch,
    Optional<ClipScores> scores,
    List<String> warnings) {
  /** Copies the lists. */
  public StabilizedClip {
    initial = List.copyOf(initial);
    forward = List.copyOf(forward);
    backward = List.copyOf(backward);
    mix = List.copyOf(mix);
    warnings = List.copyOf(warnings);
  }
}
