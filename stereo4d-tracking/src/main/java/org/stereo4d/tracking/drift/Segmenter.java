package org.stereo4d.tracking.drift;

import org.stereo4d.image.ByteImage;

/** Says of what kind each pixel is. */
public interface Segmenter {
  /** Classes of an RGB picture, at the size of the picture. */
  ClassMap segment(ByteImage picture);

  /** What the classes mean. */
  ClassNames names();
}
