package org.stereo4d.warp;

import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;

/** Applies tables to pictures. */
public interface ImageRemapper {
  /** The picture seen through a table, of the table's target size. */
  ByteImage remap(ByteImage source, RemapTable table, RemapOptions options);

  /** The picture seen through a table, of the table's target size. */
  FloatImage remap(FloatImage source, RemapTable table, RemapOptions options);
}
