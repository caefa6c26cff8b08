package org.stereo4d.synthetic.scene;

import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;

/**
 * What the centre of each pixel of a view sees.
 *
 * @param rangeMeters distance along the ray, one channel; NaN on the sky and where nothing is seen
 * @param object index of the body, row-major; {@link #SKY} or {@link #NOTHING} without one
 * @param semanticClass class of ADE20K, row-major; 0 where nothing is seen
 */
@SuppressWarnings("ArrayRecordComponent") // maps of pixels, shared like the arrays of images
public record SurfaceMap(FloatImage rangeMeters, int[] object, byte[] semanticClass) {
  /** Object index of the sky. */
  public static final int SKY = Snapshot.Hit.SKY;

  /** Object index of a pixel without a ray. */
  public static final int NOTHING = Snapshot.Hit.NOTHING;

  /** Width and height. */
  public ImageSize size() {
    return rangeMeters.size();
  }

  /** Object index at a pixel. */
  public int objectAt(int x, int y) {
    return object[y * size().width() + x];
  }

  /** Class at a pixel. */
  public int semanticClassAt(int x, int y) {
    return semanticClass[y * size().width() + x] & 0xff;
  }

  /** Pixels whose body the scene calls moving. */
  public Mask moving(SyntheticScene scene) {
    boolean[] out = new boolean[object.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = object[i] >= 0 && scene.objects().get(object[i]).moving();
    }
    return Mask.wrap(out, size());
  }
}
