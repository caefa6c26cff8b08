package org.stereo4d.warp;

import org.stereo4d.image.Border;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/** Applies tables in plain Java, rows in parallel. */
public final class PlainRemapper implements ImageRemapper {
  /** The one instance; it holds no state. */
  public static final PlainRemapper INSTANCE = new PlainRemapper();

  private static final int ROWS = 8;

  private PlainRemapper() {}

  @Override
  public void remap(ByteImage source, RemapTable table, RemapOptions options, ByteImage target) {
    table.checkSource(source.size());
    table.checkTarget(source, target);
    Check.that(options.border() != Border.NAN, "border NAN needs a float picture");
    ByteRows kernel =
        switch (options.sampling()) {
          case BILINEAR -> BilinearBytes.of(source, table, options.border(), target);
          case NEAREST, BICUBIC, FIXED_POINT, FIXED_POINT_BICUBIC ->
              new GeneralBytes(source, table, options, target);
        };
    Parallel.blocks(target.height(), ROWS, kernel::run);
  }

  @Override
  public FloatImage remap(FloatImage source, RemapTable table, RemapOptions options) {
    table.checkSource(source.size());
    FloatImage target = FloatImage.create(table.targetSize(), source.channels());
    FloatRows kernel = new FloatRows(source, table, options, target);
    Parallel.blocks(target.height(), ROWS, kernel::run);
    return target;
  }
}
