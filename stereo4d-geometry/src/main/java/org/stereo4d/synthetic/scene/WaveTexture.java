package org.stereo4d.synthetic.scene;

import java.util.SplittableRandom;
import org.stereo4d.run.Check;

/**
 * Waves that travel over a still bed and repeat exactly: each wave makes a whole number of cycles
 * in one period.
 *
 * <pre>
 * rgb(p, t) = bed(p) + sum_k amplitude fade_k sin(wave_k . p - 2 pi n_k t / period + phase_k) color_k
 * </pre>
 */
public final class WaveTexture implements Texture {
  private static final int WAVES = 12;

  private final NoiseTexture bed;
  private final double periodSeconds;
  private final double[] wave = new double[3 * WAVES]; // radians per metre
  private final double[] cellMeters = new double[WAVES];
  private final double[] phaseRadians = new double[WAVES];
  private final int[] cycles = new int[WAVES];
  private final float[] color = new float[3 * WAVES];

  private WaveTexture(NoiseTexture bed, double periodSeconds) {
    this.bed = bed;
    this.periodSeconds = periodSeconds;
  }

  /**
   * Waves with lengths from 25 cm to 1 m and one or two cycles per period.
   *
   * @param seed which of the many
   * @param bed what is seen below
   * @param periodSeconds time after which every wave repeats; > 0 and finite
   * @param amplitude of each wave, in [0, 1]; 0.1 gives a standard deviation near 0.25
   */
  public static WaveTexture of(
      long seed, NoiseTexture bed, double periodSeconds, double amplitude) {
    Check.that(
        periodSeconds > 0 && Double.isFinite(periodSeconds),
        "periodSeconds must be > 0 and finite, was %s",
        periodSeconds);
    Check.that(amplitude >= 0 && amplitude <= 1, "amplitude must be in [0, 1], was %s", amplitude);
    WaveTexture out = new WaveTexture(bed, periodSeconds);
    SplittableRandom random = new SplittableRandom(seed);
    for (int k = 0; k < WAVES; k++) {
      double length = 0.25 * Math.pow(4, random.nextDouble());
      double direction = random.nextDouble(2 * Math.PI);
      double number = 2 * Math.PI / length;
      // a wave front crosses any face: some of each axis
      out.wave[3 * k] = number * Math.cos(direction);
      out.wave[3 * k + 1] = number * Math.sin(direction) * 0.8;
      out.wave[3 * k + 2] = number * Math.sin(direction) * 0.6;
      out.cellMeters[k] = length / 2;
      out.phaseRadians[k] = random.nextDouble(2 * Math.PI);
      out.cycles[k] = 1 + random.nextInt(2);
      for (int c = 0; c < 3; c++) {
        out.color[3 * k + c] = (float) (amplitude * (1 + random.nextDouble(-0.4, 0.4)));
      }
    }
    return out;
  }

  /** Time after which the texture repeats. */
  public double periodSeconds() {
    return periodSeconds;
  }

  @Override
  public void rgb(
      int count, double[] xyz, double[] footprintMeters, double timeSeconds, float[] rgb) {
    bed.rgb(count, xyz, footprintMeters, timeSeconds, rgb);
    double turn = 2 * Math.PI * timeSeconds / periodSeconds;
    for (int k = 0; k < WAVES; k++) {
      double phase = phaseRadians[k] - cycles[k] * turn;
      for (int i = 0, j = 0; i < count; i++, j += 3) {
        float fade = NoiseTexture.fade(cellMeters[k] / footprintMeters[i]);
        double angle =
            wave[3 * k] * xyz[j] + wave[3 * k + 1] * xyz[j + 1] + wave[3 * k + 2] * xyz[j + 2];
        float v = fade > 0 ? fade * (float) Math.sin(angle + phase) : 0;
        rgb[j] += v * color[3 * k];
        rgb[j + 1] += v * color[3 * k + 1];
        rgb[j + 2] += v * color[3 * k + 2];
      }
    }
  }
}
