package org.stereo4d.warp;

import org.stereo4d.camera.Camera;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/**
 * For each target pixel the place in the source picture it is read from. Built once, applied to
 * every frame of a clip.
 */
public final class RemapTable {
  private final ImageSize targetSize;
  private final ImageSize sourceSize;
  private final float[] xIndex;
  private final float[] yIndex;
  private volatile PackedTaps packed = PackedTaps.NONE;

  private RemapTable(ImageSize targetSize, ImageSize sourceSize, float[] xIndex, float[] yIndex) {
    this.targetSize = targetSize;
    this.sourceSize = sourceSize;
    this.xIndex = xIndex;
    this.yIndex = yIndex;
  }

  /**
   * The table between two cameras with one centre.
   *
   * @param sourceFromTarget rotation of a ray of the target camera into the source camera
   */
  public static RemapTable between(Camera target, Camera source, Rotation3 sourceFromTarget) {
    CameraWarp warp = new CameraWarp(target, source, sourceFromTarget);
    int width = target.size().width();
    float[] xs = new float[target.size().area()];
    float[] ys = new float[target.size().area()];
    Parallel.blocks(
        target.size().height(),
        8,
        (start, end) -> {
          double[] rowX = new double[width];
          double[] rowY = new double[width];
          for (int y = start; y < end; y++) {
            warp.row(y, rowX, rowY);
            for (int x = 0; x < width; x++) {
              xs[y * width + x] = (float) rowX[x];
              ys[y * width + x] = (float) rowY[x];
            }
          }
        });
    return new RemapTable(target.size(), source.size(), xs, ys);
  }

  /**
   * A table on given index coordinates, which are not copied.
   *
   * @param xIndex source column of each target pixel, row-major; NaN = sees nothing
   * @param yIndex source row of each target pixel
   */
  public static RemapTable of(
      ImageSize targetSize, ImageSize sourceSize, float[] xIndex, float[] yIndex) {
    Check.that(
        xIndex.length == targetSize.area() && yIndex.length == targetSize.area(),
        "a table of %s needs %s coordinates, had %s and %s",
        targetSize,
        targetSize.area(),
        xIndex.length,
        yIndex.length);
    return new RemapTable(targetSize, sourceSize, xIndex, yIndex);
  }

  /** Size of the picture it makes. */
  public ImageSize targetSize() {
    return targetSize;
  }

  /** Size of the picture it reads. */
  public ImageSize sourceSize() {
    return sourceSize;
  }

  /** Source column of each target pixel, not copied. */
  public float[] xIndex() {
    return xIndex;
  }

  /** Source row of each target pixel, not copied. */
  public float[] yIndex() {
    return yIndex;
  }

  /** The picture seen through this table, bilinear, black outside. */
  public ByteImage apply(ByteImage source) {
    return PlainRemapper.INSTANCE.remap(source, this, RemapOptions.DEFAULTS);
  }

  /** Overwrites a contiguous picture of the target size with what {@link #apply} would give. */
  public void apply(ByteImage source, ByteImage target) {
    PlainRemapper.INSTANCE.remap(source, this, RemapOptions.DEFAULTS, target);
  }

  /** The picture seen through this table, bilinear, 0 outside. */
  public FloatImage apply(FloatImage source) {
    return PlainRemapper.INSTANCE.remap(source, this, RemapOptions.DEFAULTS);
  }

  /** Checks that a picture can take what this table shows of a source. */
  public void checkTarget(ByteImage source, ByteImage target) {
    Check.that(
        target.size().equals(targetSize())
            && target.channels() == source.channels()
            && target.offset() == 0
            && target.isContiguous()
            && target.array() != source.array(),
        "the target must be a contiguous picture of %s with %s channels and its own array, was %s",
        targetSize(),
        source.channels(),
        target);
  }

  /** Taps and fractions in the form of the byte kernels; made at the first use. */
  PackedTaps packed() {
    PackedTaps taps = packed;
    if (taps == PackedTaps.NONE) {
      taps = PackedTaps.of(this);
      packed = taps;
    }
    return taps;
  }

  void checkSource(ImageSize size) {
    Check.that(
        size.equals(sourceSize), "the table reads pictures of %s, was given %s", sourceSize, size);
  }
}
