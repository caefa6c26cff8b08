package org.stereo4d.synthetic.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.stereo4d.camera.Vec3;

class NoiseTextureTest {
  private static final Vec3 BASE = new Vec3(0.5, 0.4, 0.3);
  private final NoiseTexture texture = NoiseTexture.of(3, BASE, 0.16);

  private static float[] at(Texture texture, double x, double y, double z, double footprint) {
    float[] rgb = new float[3];
    texture.rgb(1, new double[] {x, y, z}, new double[] {footprint}, 0, rgb);
    return rgb;
  }

  @Test
  void rgb_pixelWiderThanEveryCell_isTheMeanColour() {
    assertThat(at(texture, 0.3, 0.2, 0.1, 1)).containsExactly(0.5f, 0.4f, 0.3f);
  }

  @Test
  void rgb_alongALine_changesLittleWithinAPixel() {
    // band limit: at most half a cycle per pixel, so a tenth of a pixel changes little
    double footprint = 0.01;
    float[] previous = at(texture, 0, 0, 0, footprint);
    double deviation = 0;
    int n = 20_000;
    for (int i = 1; i <= n; i++) {
      float[] next = at(texture, i * footprint / 10, 0.3 * i * footprint / 10, 0, footprint);
      assertThat(Math.abs(next[0] - previous[0])).isLessThan(0.06f);
      deviation += (next[0] - BASE.x()) * (next[0] - BASE.x());
      previous = next;
    }
    assertThat(Math.sqrt(deviation / n)).isBetween(0.1, 0.25);
  }

  @Test
  void rgb_acrossALatticeCell_hasContinuousSlope() {
    double h = 1e-6;
    double worst = 0;
    double last = Double.NaN;
    for (int i = 0; i < 4000; i++) {
      double x = i * 1e-3;
      double slope = (at(texture, x + h, 0, 0, 0.1)[1] - at(texture, x - h, 0, 0, 0.1)[1]);
      if (i > 0) {
        worst = Math.max(worst, Math.abs(slope - last));
      }
      last = slope;
    }
    // float values near 0.5 have steps of 6e-8; a kink of a 25 cm cell would jump by 1e-6
    assertThat(worst).isLessThan(4e-7);
  }

  @Test
  void rgb_finerPixels_showMoreDetail() {
    double coarse = 0;
    double fine = 0;
    for (int i = 0; i < 2000; i++) {
      double x = i * 0.01;
      coarse += Math.pow(at(texture, x + 0.01, 0, 0, 0.1)[0] - at(texture, x, 0, 0, 0.1)[0], 2);
      fine += Math.pow(at(texture, x + 0.01, 0, 0, 0.005)[0] - at(texture, x, 0, 0, 0.005)[0], 2);
    }
    assertThat(fine).isGreaterThan(20 * coarse);
  }

  @Test
  void of_otherSeed_isAnotherTexture() {
    float[] here = at(texture, 0.31, 0.22, 0.13, 0.01);
    float[] other = at(NoiseTexture.of(4, BASE, 0.16), 0.31, 0.22, 0.13, 0.01);
    float[] again = at(NoiseTexture.of(3, BASE, 0.16), 0.31, 0.22, 0.13, 0.01);
    assertThat(again).isEqualTo(here);
    assertThat(other).isNotEqualTo(here);
  }

  @Test
  void rgb_waves_repeatAfterTheirPeriodOnly() {
    WaveTexture waves = WaveTexture.of(5, texture, 0.8, 0.1);
    float[] a = new float[3];
    float[] b = new float[3];
    double change = 0;
    for (int i = 0; i < 50; i++) {
      double[] xyz = {0.1 * i, 0.07 * i, 0.2};
      double[] footprint = {0.01};
      waves.rgb(1, xyz, footprint, 0.25, a);
      waves.rgb(1, xyz, footprint, 0.25 + 0.8, b);
      assertThat(b[0]).isEqualTo(a[0], within(1e-6f));
      waves.rgb(1, xyz, footprint, 0.25 + 0.4, b);
      change = Math.max(change, Math.abs(b[0] - a[0]));
    }
    assertThat(change).isGreaterThan(0.2);
  }
}
