package org.stereo4d.stereocrafter.format;

import java.util.Locale;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.StereoPair;
import org.stereo4d.run.Check;

/**
 * Both eyes in one picture for red and cyan glasses. Encode it with colour at full resolution,
 * since halved colour smears red.
 */
public enum Anaglyph {
  /** Red of the left eye, green and blue of the right one: the reference's. */
  COLOR,
  /** Luma of the left eye in red, green and blue of the right one. */
  HALF_COLOR,
  /** Luma of both. */
  GRAY,
  /** Green and blue of the left eye make red: less rivalry on red objects. */
  WIMMER,
  /** The same with red spread over both and a brighter red. */
  WIMMER2,
  /** Least-squares colours of Dubois in linear light, each eye clamped: the default. */
  DUBOIS,
  /** {@link #DUBOIS} without the clamp of each eye. */
  DUBOIS2,
  /** Another published pair of matrices, on encoded values. */
  DUBOIS_GAMMA;

  private static final float[] LEFT = {
    .437f, .449f, .164f, -.062f, -.062f, -.024f, -.048f, -.050f, -.017f
  };
  private static final float[] RIGHT = {
    -.011f, -.032f, -.007f, .377f, .761f, .009f, -.026f, -.093f, 1.234f
  };
  private static final float[] GAMMA_LEFT = {
    .456f, .500f, .176f, -.040f, -.038f, -.016f, -.015f, -.021f, -.005f
  };
  private static final float[] GAMMA_RIGHT = {
    -.043f, -.088f, -.002f, .378f, .734f, -.018f, -.072f, -.113f, 1.226f
  };

  /** End of the file's name before its extension. */
  public String suffix() {
    return "_redcyan_" + name().toLowerCase(Locale.ROOT);
  }

  /** The anaglyph of an RGB pair, rounded to the nearest level. */
  public ByteImage pack(StereoPair pair) {
    if (this == COLOR) {
      return reference(pair);
    }
    return pack(pair.left().toFloat(), pair.right().toFloat()).toBytes();
  }

  private static ByteImage reference(StereoPair pair) {
    checkRgb(pair.left().channels());
    ByteImage out = pair.right().copy();
    for (int y = 0; y < out.height(); y++) {
      for (int x = 0; x < out.width(); x++) {
        out.array()[out.index(x, y)] = pair.left().array()[pair.left().index(x, y)];
      }
    }
    return out;
  }

  /** The anaglyph of two RGB pictures with values in [0, 1]. */
  public FloatImage pack(FloatImage left, FloatImage right) {
    checkRgb(left.channels());
    Check.that(
        left.size().equals(right.size()) && right.channels() == 3,
        "left %s and right %s must have one shape",
        left,
        right);
    FloatImage out = FloatImage.create(left.size(), 3);
    float[] l = new float[3];
    float[] r = new float[3];
    float[] mixed = new float[3];
    for (int y = 0; y < out.height(); y++) {
      for (int x = 0; x < out.width(); x++) {
        System.arraycopy(left.array(), left.index(x, y), l, 0, 3);
        System.arraycopy(right.array(), right.index(x, y), r, 0, 3);
        mix(l, r, mixed);
        int to = out.index(x, y);
        for (int c = 0; c < 3; c++) {
          out.array()[to + c] = clamp(mixed[c]);
        }
      }
    }
    return out;
  }

  private static void checkRgb(int channels) {
    Check.that(channels == 3, "an anaglyph needs RGB, had %s channels", channels);
  }

  private void mix(float[] l, float[] r, float[] out) {
    switch (this) {
      case COLOR -> set(out, l[0], r[1], r[2]);
      case HALF_COLOR -> set(out, luma(l), r[1], r[2]);
      case GRAY -> set(out, luma(l), luma(r), luma(r));
      case WIMMER -> set(out, 0.7f * l[1] + 0.3f * l[2], r[1], r[2]);
      case WIMMER2 -> {
        double red = 0.75 * greenish(l) + 0.25 * bluish(l);
        set(out, (float) Math.pow(red, 1 / 1.6), greenish(r), bluish(r));
      }
      case DUBOIS, DUBOIS2 -> dubois(l, r, this == DUBOIS, out);
      case DUBOIS_GAMMA -> {
        for (int c = 0; c < 3; c++) {
          out[c] = row(GAMMA_LEFT, c, l) + row(GAMMA_RIGHT, c, r);
        }
      }
    }
  }

  private static void dubois(float[] l, float[] r, boolean clampEach, float[] out) {
    float[] linearLeft = {linear(l[0]), linear(l[1]), linear(l[2])};
    float[] linearRight = {linear(r[0]), linear(r[1]), linear(r[2])};
    for (int c = 0; c < 3; c++) {
      float fromLeft = row(LEFT, c, linearLeft);
      float fromRight = row(RIGHT, c, linearRight);
      float sum = clampEach ? clamp(fromLeft) + clamp(fromRight) : fromLeft + fromRight;
      out[c] = encoded(clamp(sum));
    }
  }

  private static void set(float[] out, float red, float green, float blue) {
    out[0] = red;
    out[1] = green;
    out[2] = blue;
  }

  private static float row(float[] matrix, int c, float[] v) {
    return matrix[3 * c] * v[0] + matrix[3 * c + 1] * v[1] + matrix[3 * c + 2] * v[2];
  }

  private static float luma(float[] v) {
    return 0.299f * v[0] + 0.587f * v[1] + 0.114f * v[2];
  }

  private static float greenish(float[] v) {
    return v[1] + 0.45f * Math.max(v[0] - v[1], 0);
  }

  private static float bluish(float[] v) {
    return v[2] + 0.25f * Math.max(v[0] - v[2], 0);
  }

  private static float clamp(float v) {
    return Math.max(0, Math.min(1, v));
  }

  private static float linear(float v) {
    return v <= 0.04045f ? v / 12.92f : (float) Math.pow((v + 0.055) / 1.055, 2.4);
  }

  private static float encoded(float v) {
    return v <= 0.0031308f ? v * 12.92f : (float) (1.055 * Math.pow(v, 1 / 2.4) - 0.055);
  }
}
