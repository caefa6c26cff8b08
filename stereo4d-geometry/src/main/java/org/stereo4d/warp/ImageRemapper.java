package org.stereo4d.warp;

import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;

/** Applies tables to pictures. */
public interface ImageRemapper {
  /** The picture seen through a table, of the table's target size. */
  default ByteImage remap(ByteImage source, RemapTable table, RemapOptions options) {
    ByteImage target = ByteImage.create(table.targetSize(), source.channels());
    remap(source, table, options, target);
    return target;
  }

  /**
   * Overwrites a picture with the one seen through a table, so that a stream of frames needs no
   * memory of its own.
   *
   * @param target of the table's target size and the channels of the source, contiguous, another
   *     array than the source's
   */
  void remap(ByteImage source, RemapTable table, RemapOptions options, ByteImage target);

  /** The picture seen through a table, of the table's target size. */
  FloatImage remap(FloatImage source, RemapTable table, RemapOptions options);
}
