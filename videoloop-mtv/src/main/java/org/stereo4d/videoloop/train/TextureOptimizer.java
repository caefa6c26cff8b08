package org.stereo4d.videoloop.train;

import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;

/** Updates raw texels by Adam (0.9, 0.999) or momentum 0.9. */
final class TextureOptimizer {
  private static final float FIRST = 0.9f;
  private static final float SECOND = 0.999f;
  private static final int BLOCK = 1 << 15;

  private final UpdateRule rule;
  private final double epsilon;
  private final float[] first;
  private final float[] second;
  private long steps;

  TextureOptimizer(UpdateRule rule, double epsilon, int values) {
    this(rule, epsilon, new float[values], new float[rule == UpdateRule.MOMENTUM ? 0 : values], 0);
  }

  TextureOptimizer(UpdateRule rule, double epsilon, float[] first, float[] second, long steps) {
    this.rule = rule;
    this.epsilon = epsilon;
    this.first = first;
    this.second = second;
    this.steps = steps;
  }

  float[] first() {
    return first;
  }

  float[] second() {
    return second;
  }

  long steps() {
    return steps;
  }

  /** Moves values against their gradient, which is cleared. */
  void step(float[] values, float[] gradient, double rate) {
    Check.that(
        values.length == first.length && gradient.length == first.length,
        "values must be %s, were %s and %s",
        first.length,
        values.length,
        gradient.length);
    steps++;
    Parallel.blocks(
        values.length,
        BLOCK,
        (start, end) -> {
          if (rule == UpdateRule.MOMENTUM) {
            momentum(values, gradient, (float) rate, start, end);
          } else {
            adam(values, gradient, rate, start, end);
          }
        });
  }

  private void momentum(float[] values, float[] gradient, float rate, int start, int end) {
    for (int i = start; i < end; i++) {
      first[i] = FIRST * first[i] + gradient[i];
      values[i] -= rate * first[i];
      gradient[i] = 0;
    }
  }

  private void adam(float[] values, float[] gradient, double rate, int start, int end) {
    boolean lazy = rule == UpdateRule.LAZY_ADAM;
    float correction = (float) (1 / Math.sqrt(1 - Math.pow(SECOND, steps)));
    float stepSize = (float) (rate / (1 - Math.pow(FIRST, steps)));
    float floor = (float) epsilon;
    for (int i = start; i < end; i++) {
      float g = gradient[i];
      if (lazy && g == 0) {
        continue;
      }
      float m = FIRST * first[i] + (1 - FIRST) * g;
      float v = SECOND * second[i] + (1 - SECOND) * g * g;
      first[i] = m;
      second[i] = v;
      values[i] -= stepSize * m / ((float) Math.sqrt(v) * correction + floor);
      gradient[i] = 0;
    }
  }
}
