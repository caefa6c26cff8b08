package org.stereo4d.videoloop.metric;

import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageQuality;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;

/** {@code (1 - SSIM) / 2} averaged over up to three scales; needs no weights. */
public final class StructuralDistance implements FrameDistance {
  private static final int SCALES = 3;
  private static final int LEAST_SIDE = 16;

  /** A distance. */
  public StructuralDistance() {}

  @Override
  public double between(ByteImage a, ByteImage b) {
    ImageResizer resizer = new ImageResizer(ResizeFilter.AREA);
    ByteImage left = a;
    ByteImage right = b;
    double sum = 0;
    int scales = 0;
    while (scales < SCALES) {
      sum += (1 - ImageQuality.ssim(left, right)) / 2;
      scales++;
      ImageSize half = new ImageSize((left.width() + 1) / 2, (left.height() + 1) / 2);
      if (Math.min(half.width(), half.height()) < LEAST_SIDE) {
        break;
      }
      left = resizer.resize(left, half);
      right = resizer.resize(right, half);
    }
    return sum / scales;
  }
}
