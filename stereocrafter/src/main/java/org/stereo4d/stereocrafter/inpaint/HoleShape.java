package org.stereo4d.stereocrafter.inpaint;

import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;

/** Changes of the shape of holes. What lies outside the picture never counts. */
public final class HoleShape {
  private HoleShape() {}

  /** Dilated n times and eroded n times by a 3x3 square: gaps and notches up to 2 n close. */
  public static Mask closing(Mask mask, int times) {
    Check.that(times >= 0, "times must be >= 0, was %s", times);
    Mask out = mask;
    for (int n = 0; n < times; n++) {
      out = dilated(out);
    }
    for (int n = 0; n < times; n++) {
      out = dilated(out.not()).not();
    }
    return out;
  }

  /** The mask and its {@link #closing} of two. */
  public static Mask closed(Mask mask) {
    return closing(mask, 2).or(mask);
  }

  /** The mask and the pixels up to n to the right of it. */
  public static Mask grownRight(Mask mask, int n) {
    return grown(mask, n, 1);
  }

  /** The mask and the pixels up to n to the left of it. */
  public static Mask grownLeft(Mask mask, int n) {
    return grown(mask, n, -1);
  }

  /** The mask and all neighbours, also diagonal ones. */
  public static Mask dilated(Mask mask) {
    ImageSize size = mask.size();
    boolean[] across = besides(mask);
    boolean[] out = across.clone();
    int width = size.width();
    for (int i = 0; i < out.length; i++) {
      out[i] =
          across[i]
              || (i >= width && across[i - width])
              || (i + width < across.length && across[i + width]);
    }
    return Mask.wrap(out, size);
  }

  private static boolean[] besides(Mask mask) {
    boolean[] in = mask.array();
    boolean[] out = new boolean[in.length];
    int width = mask.size().width();
    for (int i = 0; i < out.length; i++) {
      int x = i % width;
      out[i] = in[i] || (x > 0 && in[i - 1]) || (x < width - 1 && in[i + 1]);
    }
    return out;
  }

  private static Mask grown(Mask mask, int n, int step) {
    Check.that(n >= 0, "n must be >= 0, was %s", n);
    int width = mask.size().width();
    boolean[] in = mask.array();
    boolean[] out = in.clone();
    for (int i = 0; i < in.length; i++) {
      int x = i % width;
      for (int k = 1; in[i] && k <= n && x + step * k >= 0 && x + step * k < width; k++) {
        out[i + step * k] = true;
      }
    }
    return Mask.wrap(out, mask.size());
  }
}
