package org.stereo4d.nvds;

import org.stereo4d.run.Check;

/**
 * Which four frames the network sees for a target: three earlier ones in processing order, farthest
 * first, and the target. With position i and step s,
 *
 * <pre>
 *   i in {0, 1, 2}   i, i, i, i
 *   3 &lt;= i &lt; L       i-3, i-2, i-1, i
 *   i >= L           i-3s, i-2s, i-s, i
 * </pre>
 *
 * @param rule gives L. Default scaled
 * @param clipStep s, > 0; at most 3 for {@link WindowRule#FIXED}. Default 1
 * @param start windows of the first three positions. Default: the target repeated
 */
public record WindowSelector(WindowRule rule, int clipStep, StartPolicy start) {
  /** Frames per window. */
  public static final int FRAMES = 4;

  /** The defaults named at each component. */
  public static final WindowSelector DEFAULTS =
      new WindowSelector(WindowRule.SCALED, 1, StartPolicy.REPEAT_TARGET);

  /** Checks the step. */
  public WindowSelector {
    Check.that(clipStep > 0, "clipStep must be > 0, was %s", clipStep);
    Check.that(
        rule != WindowRule.FIXED || clipStep <= 3,
        "clipStep must be <= 3 with the fixed rule, was %s",
        clipStep);
    Check.that(clipStep < 1 << 20, "clipStep must be < 2^20, was %s", clipStep);
  }

  /** This selection with another step. */
  public WindowSelector withClipStep(int clipStep) {
    return new WindowSelector(rule, clipStep, start);
  }

  /** This selection with another rule. */
  public WindowSelector withRule(WindowRule rule) {
    return new WindowSelector(rule, clipStep, start);
  }

  /** This selection with another start. */
  public WindowSelector withStart(StartPolicy start) {
    return new WindowSelector(rule, clipStep, start);
  }

  /** Window of a frame of a clip. */
  public int[] window(int frameIndex, int frameCount, Direction direction) {
    return window(frameIndex, 0, frameCount, direction);
  }

  /**
   * Window of a frame of a scene, which it never leaves.
   *
   * @param startInclusive first frame of the scene
   * @param endExclusive frame after its last
   * @return frame indices of the clip, target last
   */
  public int[] window(int frameIndex, int startInclusive, int endExclusive, Direction direction) {
    Check.that(
        frameIndex >= startInclusive && frameIndex < endExclusive,
        "frameIndex must be in [%s, %s), was %s",
        startInclusive,
        endExclusive,
        frameIndex);
    int count = endExclusive - startInclusive;
    int position = direction.mirror(frameIndex - startInclusive, count);
    int step = position >= Math.max(FRAMES - 1, rule.limit(clipStep)) ? clipStep : 1;
    int[] out = new int[FRAMES];
    for (int k = 0; k < FRAMES; k++) {
      int wanted = position - (FRAMES - 1 - k) * step;
      if (position < FRAMES - 1) {
        wanted = start == StartPolicy.CLAMP ? Math.max(0, wanted) : position;
      }
      out[k] = startInclusive + direction.mirror(wanted, count);
    }
    return out;
  }
}
