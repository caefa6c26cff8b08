package org.stereo4d.synthetic.scene;

import java.util.SplittableRandom;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.run.Check;

/**
 * Smooth noise in octaves, each turned, shifted and coloured its own way, in solid object
 * coordinates, so that no shape needs a parametrisation.
 *
 * <pre>
 * rgb(p) = base + contrast sum_k fade(cell_k / footprint) noise(A_k p + b_k) color_k
 * </pre>
 *
 * The noise interpolates a periodic lattice of random values by {@code 3 u^2 - 2 u^3}, so its slope
 * is continuous. The lattice values are smoothed, which takes away what lies near one cycle per two
 * cells: the finest ripple is about four cells long. So an octave keeps its full strength down to a
 * cell of {@value #FULL_CELL_PX} pixels, and has vanished at {@value #LAST_CELL_PX} pixel, where a
 * ripple would be as short as a pixel grid can still show.
 */
public final class NoiseTexture implements Texture {
  /** Cell size, in pixels, from which an octave has its full strength. */
  static final double FULL_CELL_PX = 2;

  /** Cell size, in pixels, at which an octave has vanished. */
  static final double LAST_CELL_PX = 1;

  /** Ratio of cells from one octave to the next. */
  static final double LACUNARITY = 2.5;

  private static final int BITS = 4;
  private static final int SIDE = 1 << BITS;
  private static final int WRAP = SIDE - 1;
  private static final float[] CELLS = cells();

  /** Whole periods added to lattice coordinates, so that truncation is the floor in any scene. */
  private static final int FAR_CELLS = SIDE << 16;

  private final int octaves;
  private final double[] cell;
  private final double[][] map; // per octave 3x4: lattice point from object point
  private final float[] color; // 3 per octave
  private final float[] base;

  private NoiseTexture(int octaves, float[] base) {
    this.octaves = octaves;
    this.base = base;
    this.cell = new double[octaves];
    this.map = new double[octaves][12];
    this.color = new float[3 * octaves];
  }

  /**
   * A texture with cells from 25 cm down to 2.6 mm, enough for views of any size in a room.
   *
   * @param seed which of the many
   * @param baseRgb mean colour, each in [0, 1]
   * @param contrast amplitude of each octave, in [0, 1]; 0.16 gives a standard deviation near 0.15
   */
  public static NoiseTexture of(long seed, Vec3 baseRgb, double contrast) {
    return of(seed, baseRgb, contrast, 0.25, 6);
  }

  /**
   * A texture with chosen detail.
   *
   * @param seed which of the many
   * @param baseRgb mean colour, each in [0, 1]
   * @param contrast amplitude of each octave, in [0, 1]
   * @param coarsestCellMeters lattice cell of the first octave; each next is {@value #LACUNARITY}
   *     times narrower
   * @param octaves number of octaves, in 1..20
   */
  public static NoiseTexture of(
      long seed, Vec3 baseRgb, double contrast, double coarsestCellMeters, int octaves) {
    Check.that(contrast >= 0 && contrast <= 1, "contrast must be in [0, 1], was %s", contrast);
    Check.that(octaves >= 1 && octaves <= 20, "octaves must be in 1..20, was %s", octaves);
    Check.that(
        coarsestCellMeters > 0 && Double.isFinite(coarsestCellMeters),
        "coarsestCellMeters must be > 0 and finite, was %s",
        coarsestCellMeters);
    float[] base = {(float) baseRgb.x(), (float) baseRgb.y(), (float) baseRgb.z()};
    NoiseTexture out = new NoiseTexture(octaves, base);
    SplittableRandom random = new SplittableRandom(seed);
    for (int k = 0; k < octaves; k++) {
      out.cell[k] = coarsestCellMeters / Math.pow(LACUNARITY, k);
      out.drawOctave(k, contrast, random);
    }
    return out;
  }

  private void drawOctave(int k, double contrast, SplittableRandom random) {
    double[] r =
        Rotation3.ofAxisAngleRadians(
                new Vec3(
                    random.nextDouble(-3, 3), random.nextDouble(-3, 3), random.nextDouble(-3, 3)))
            .toMatrix();
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        map[k][4 * row + column] = r[3 * row + column] / cell[k];
      }
      map[k][4 * row + 3] = FAR_CELLS + random.nextDouble(SIDE);
    }
    for (int c = 0; c < 3; c++) {
      // mostly luma, so that gray methods see what colour methods see
      color[3 * k + c] = (float) (contrast * (1 + random.nextDouble(-0.5, 0.5)));
    }
  }

  /**
   * Per cell of the lattice the eight coefficients of its trilinear polynomial, in the order 1, u,
   * v, uv, w, uw, vw, uvw, so that one evaluation reads one run of memory.
   */
  private static float[] cells() {
    SplittableRandom random = new SplittableRandom(0x5EED);
    float[] value = new float[SIDE * SIDE * SIDE];
    for (int i = 0; i < value.length; i++) {
      value[i] = (float) random.nextDouble(-1, 1);
    }
    for (int axis = 0; axis < 3; axis++) {
      value = smooth(value, BITS * axis);
    }
    float[] out = new float[8 * value.length];
    for (int i = 0; i < value.length; i++) {
      for (int c = 0; c < 8; c++) {
        int k = step(i, 0, c & 1);
        k = step(k, BITS, c >> 1 & 1);
        k = step(k, 2 * BITS, c >> 2);
        out[8 * i + c] = value[k];
      }
      for (int bit = 1; bit < 8; bit *= 2) {
        for (int c = 0; c < 8; c++) {
          if ((c & bit) != 0) {
            out[8 * i + c] -= out[8 * i + c - bit];
          }
        }
      }
    }
    return out;
  }

  /** The periodic filter (1 2 1) along one axis, scaled to keep the deviation. */
  private static float[] smooth(float[] value, int shift) {
    float scale = (float) (1 / Math.sqrt(6));
    float[] out = new float[value.length];
    for (int i = 0; i < value.length; i++) {
      out[i] = scale * (value[step(i, shift, -1)] + 2 * value[i] + value[step(i, shift, 1)]);
    }
    return out;
  }

  /** The lattice point some steps along the axis whose coordinate starts at a bit. */
  private static int step(int index, int shift, int steps) {
    int mask = WRAP << shift;
    return index & ~mask | index + (steps << shift) & mask;
  }

  @Override
  public void rgb(
      int count, double[] xyz, double[] footprintMeters, double timeSeconds, float[] rgb) {
    double finest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      rgb[3 * i] = base[0];
      rgb[3 * i + 1] = base[1];
      rgb[3 * i + 2] = base[2];
      finest = Math.min(finest, footprintMeters[i]);
    }
    for (int k = 0; k < octaves && cell[k] > LAST_CELL_PX * finest; k++) {
      addOctave(k, count, xyz, footprintMeters, rgb);
    }
  }

  private void addOctave(int k, int count, double[] xyz, double[] footprintMeters, float[] rgb) {
    double[] m = map[k];
    double size = cell[k];
    float red = color[3 * k];
    float green = color[3 * k + 1];
    float blue = color[3 * k + 2];
    for (int i = 0, j = 0; i < count; i++, j += 3) {
      double x = xyz[j];
      double y = xyz[j + 1];
      double z = xyz[j + 2];
      float v =
          fade(size / footprintMeters[i])
              * noise(
                  m[0] * x + m[1] * y + m[2] * z + m[3],
                  m[4] * x + m[5] * y + m[6] * z + m[7],
                  m[8] * x + m[9] * y + m[10] * z + m[11]);
      rgb[j] += v * red;
      rgb[j + 1] += v * green;
      rgb[j + 2] += v * blue;
    }
  }

  /** Strength of detail whose cell is so many pixels wide: a smooth step. */
  static float fade(double cellPx) {
    double u = (cellPx - LAST_CELL_PX) / (FULL_CELL_PX - LAST_CELL_PX);
    return u <= 0 ? 0 : u >= 1 ? 1 : (float) (u * u * (3 - 2 * u));
  }

  private static float noise(double x, double y, double z) {
    int ix = (int) x;
    int iy = (int) y;
    int iz = (int) z;
    float u = smoothstep((float) (x - ix));
    float v = smoothstep((float) (y - iy));
    float w = smoothstep((float) (z - iz));
    int i = ((iz & WRAP) << 2 * BITS | (iy & WRAP) << BITS | ix & WRAP) << 3;
    float[] c = CELLS;
    float near = c[i] + u * c[i + 1] + v * (c[i + 2] + u * c[i + 3]);
    float far = c[i + 4] + u * c[i + 5] + v * (c[i + 6] + u * c[i + 7]);
    return near + w * far;
  }

  private static float smoothstep(float u) {
    return u * u * (3 - 2 * u);
  }
}
