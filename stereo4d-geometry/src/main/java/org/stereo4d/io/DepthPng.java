package org.stereo4d.io;

import java.io.IOException;
import java.nio.file.Path;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.Check;

/**
 * Metric depth as a 16-bit gray picture: {@code stored = round(depth * unitsPerMeter)}, 0 =
 * unknown.
 */
public final class DepthPng {
  /** Millimetres, the unit of most depth cameras. */
  public static final double MILLIMETERS = 1000;

  private static final int MOST = 65_535;

  private DepthPng() {}

  /**
   * Reads depth; 0 becomes NaN.
   *
   * @param unitsPerMeter stored units of one metre; > 0
   */
  public static DepthMap read(Path path, double unitsPerMeter) throws IOException {
    checkUnits(unitsPerMeter);
    PngImage image = PngImage.read(path);
    if (image.channels() != 1 || image.bitsPerSample() != 16) {
      throw new IOException(path + ": is " + image + ", expected 1 channel of 16 bit");
    }
    FloatImage meters = image.toValues();
    float[] values = meters.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] > 0 ? (float) (values[i] / unitsPerMeter) : Float.NaN;
    }
    return new DepthMap(meters);
  }

  /**
   * Writes depth; unknown, not positive, and too far for 16 bits become 0.
   *
   * @param unitsPerMeter stored units of one metre; > 0
   */
  public static void write(Path path, DepthMap depth, double unitsPerMeter) throws IOException {
    checkUnits(unitsPerMeter);
    float[] meters = depth.meters().contiguous();
    short[] samples = new short[meters.length];
    for (int i = 0; i < samples.length; i++) {
      double units = Math.rint(meters[i] * unitsPerMeter);
      samples[i] = (short) (units > 0 && units <= MOST ? (int) units : 0);
    }
    PngImage.of16(samples, depth.size(), 1).write(path);
  }

  private static void checkUnits(double unitsPerMeter) {
    Check.that(
        unitsPerMeter > 0 && Double.isFinite(unitsPerMeter),
        "unitsPerMeter must be > 0 and finite, was %s",
        unitsPerMeter);
  }
}
