package org.stereo4d.stereocrafter.inpaint;

import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Check;
import org.stereo4d.stereocrafter.splat.ByteSplat;

/**
 * One frame on its way to the other eye.
 *
 * @param source the frame it was made from, RGB
 * @param splat the warped view with its holes
 * @param shift motion of the warp in disparities, as given to the splatter; not 0
 * @param startsScene whether nothing before it belongs to the same scene
 */
public record WarpedFrame(ByteImage source, ByteSplat splat, double shift, boolean startsScene) {
  /** Checks sizes and shift. */
  public WarpedFrame {
    Check.that(
        source.size().equals(splat.image().size()) && source.channels() == 3,
        "source must be RGB of %s, was %s",
        splat.image().size(),
        source);
    Check.that(
        shift != 0 && Double.isFinite(shift), "shift must be finite and not 0, was %s", shift);
  }
}
