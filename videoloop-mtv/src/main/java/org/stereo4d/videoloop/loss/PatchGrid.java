package org.stereo4d.videoloop.loss;

import org.stereo4d.run.Check;

/**
 * Where patches lie. Remainders at the right, the bottom and the end that no patch reaches are left
 * out of every size.
 *
 * @param options patch and steps
 * @param queryFrames length of the padded loop after fitting; {@code >= pt}
 * @param keyFrames length of the video; {@code >= pt}
 * @param height rows after fitting; {@code >= p}
 * @param width columns after fitting; {@code >= p}
 */
public record PatchGrid(
    MatchOptions options, int queryFrames, int keyFrames, int height, int width) {

  /** The patches of a padded loop and of a video of the same picture size. */
  public static PatchGrid of(MatchOptions options, ColorClip loop, ColorClip video) {
    Check.that(
        loop.size().equals(video.size()),
        "loop and video must have one size, were %s and %s",
        loop.size(),
        video.size());
    Check.that(
        loop.size().height() >= options.patchPx() && loop.size().width() >= options.patchPx(),
        "patchPx must fit into %s, was %s",
        loop.size(),
        options.patchPx());
    Check.that(
        loop.frames() >= options.patchFrames() && video.frames() >= options.patchFrames(),
        "patchFrames must fit into loop and video of %s and %s frames, was %s",
        loop.frames(),
        video.frames(),
        options.patchFrames());
    return new PatchGrid(
        options,
        fit(loop.frames(), options.patchFrames(), options.strideFrames()),
        video.frames(),
        fit(loop.size().height(), options.patchPx(), options.stridePx()),
        fit(loop.size().width(), options.patchPx(), options.stridePx()));
  }

  /**
   * The part of a length that patches cover: {@code floor((length - patch) / stride) stride +
   * patch}.
   */
  public static int fit(int length, int patch, int stride) {
    return (length - patch) / stride * stride + patch;
  }

  /** Rows of patches. */
  public int rows() {
    return (height - options.patchPx()) / options.stridePx() + 1;
  }

  /** Patches in a row. */
  public int columns() {
    return (width - options.patchPx()) / options.stridePx() + 1;
  }

  /** Patches of the loop at one place. */
  public int queries() {
    return (queryFrames - options.patchFrames()) / options.strideFrames() + 1;
  }

  /** Patches of the video at one place. */
  public int keys() {
    return (keyFrames - options.patchFrames()) / options.strideFrames() + 1;
  }

  /** Values in one patch. */
  public int patchValues() {
    return 3 * options.patchFrames() * options.patchPx() * options.patchPx();
  }

  /** How many patches cover each index of an axis. */
  public static int[] coverage(int length, int patch, int stride) {
    int[] out = new int[length];
    for (int start = 0; start + patch <= length; start += stride) {
      for (int i = 0; i < patch; i++) {
        out[start + i]++;
      }
    }
    return out;
  }
}
