package org.stereo4d.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.stereo4d.run.Check;

/**
 * Tables of 256 colours for values in [0, 1].
 *
 * <p>The tables are the numbers of the plotting library that the reference programs use: turbo and
 * inferno as published, hsv and Spectral interpolated from their anchors.
 */
public enum ColorMap {
  /** Dark blue over green to dark red; for depth. */
  TURBO {
    @Override
    double[] load() {
      return read("turbo.txt", 1e5);
    }
  },
  /** Black over purple and orange to pale yellow; for inverse depth. */
  INFERNO {
    @Override
    double[] load() {
      return read("inferno.txt", 1e6);
    }
  },
  /** The colour circle from red to red; for track numbers. */
  HSV {
    @Override
    double[] load() {
      return interpolate(
          new double[][] {
            {
              0, 1, 0.158730, 1, 0.174603, 0.96875, 0.333333, 0.03125, 0.349206, 0, 0.666667, 0,
              0.682540, 0.03125, 0.841270, 0.96875, 0.857143, 1, 1, 1
            },
            {0, 0, 0.158730, 0.9375, 0.174603, 1, 0.507937, 1, 0.666667, 0.0625, 0.682540, 0, 1, 0},
            {
              0, 0, 0.333333, 0, 0.349206, 0.0625, 0.507937, 1, 0.841270, 1, 0.857143, 0.9375, 1,
              0.09375
            }
          });
    }
  },
  /** Dark red over pale yellow to violet: the eleven colours of ColorBrewer's Spectral. */
  SPECTRAL {
    @Override
    double[] load() {
      int[] anchors = {
        0x9e0142, 0xd53e4f, 0xf46d43, 0xfdae61, 0xfee08b, 0xffffbf, 0xe6f598, 0xabdda4, 0x66c2a5,
        0x3288bd, 0x5e4fa2
      };
      double[][] channels = new double[3][2 * anchors.length];
      for (int c = 0; c < 3; c++) {
        for (int i = 0; i < anchors.length; i++) {
          channels[c][2 * i] = i / (anchors.length - 1.0);
          channels[c][2 * i + 1] = (anchors[i] >> (16 - 8 * c) & 0xff) / 255.0;
        }
      }
      return interpolate(channels);
    }
  };

  /** Colours per table. */
  public static final int ENTRIES = 256;

  private final double[] table;
  private final int[] rgb = new int[ENTRIES];

  ColorMap() {
    table = load();
    for (int i = 0; i < table.length; i++) {
      rgb[i / 3] = rgb[i / 3] << 8 | (int) (255 * table[i]);
    }
  }

  /** Components in [0, 1], red first. */
  abstract double[] load();

  /** One component in [0, 1] of an entry 0..255; channel 0 is red. */
  public double component(int entry, int channel) {
    Check.that(entry >= 0 && entry < ENTRIES, "entry must be in 0..255, was %s", entry);
    Check.that(channel >= 0 && channel < 3, "channel must be in 0..2, was %s", channel);
    return table[3 * entry + channel];
  }

  /** An entry as 8-bit red, green, blue in bits 16, 8 and 0, each {@code floor(255 component)}. */
  public int rgb(int entry) {
    Check.that(entry >= 0 && entry < ENTRIES, "entry must be in 0..255, was %s", entry);
    return rgb[entry];
  }

  /** Entry of a value in [0, 1]: {@code floor(256 value)}, clamped to 0..255. */
  public static int entryOf(double value) {
    return (int) Math.max(0, Math.min(ENTRIES - 1, Math.floor(ENTRIES * value)));
  }

  /**
   * Colours of a one-channel image.
   *
   * @param low the value of entry 0; finite
   * @param high the value of entry 255; finite, different from {@code low}, may be smaller
   * @return RGB; black where the value is NaN
   */
  public ByteImage colorize(FloatImage values, double low, double high) {
    Check.that(values.channels() == 1, "values must have 1 channel, had %s", values.channels());
    Check.that(
        Double.isFinite(low) && Double.isFinite(high) && low != high,
        "low and high must be finite and different, were %s and %s",
        low,
        high);
    ByteImage out = ByteImage.create(values.size(), 3);
    for (int y = 0, to = 0; y < values.height(); y++) {
      for (int i = values.index(0, y), end = i + values.width(); i < end; i++, to += 3) {
        float value = values.array()[i];
        if (!Float.isNaN(value)) {
          int color = rgb[entryOf((value - low) / (high - low))];
          out.array()[to] = (byte) (color >> 16);
          out.array()[to + 1] = (byte) (color >> 8);
          out.array()[to + 2] = (byte) color;
        }
      }
    }
    return out;
  }

  /** Samples piecewise linear channels, each a list of place, value, place, value ... */
  private static double[] interpolate(double[][] channels) {
    double[] out = new double[3 * ENTRIES];
    for (int i = 0; i < ENTRIES; i++) {
      double place = i / (ENTRIES - 1.0);
      for (int c = 0; c < 3; c++) {
        double[] points = channels[c];
        int k = 2;
        while (points[k] < place) {
          k += 2;
        }
        double t = (place - points[k - 2]) / (points[k] - points[k - 2]);
        out[3 * i + c] = points[k - 1] + t * (points[k + 1] - points[k - 1]);
      }
    }
    return out;
  }

  private static double[] read(String resource, double scale) {
    try (InputStream in = ColorMap.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing from the jar");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      double[] out = new double[3 * ENTRIES];
      for (int i = 0; i < ENTRIES; i++) {
        String[] numbers = String.valueOf(reader.readLine()).split(" ", 3);
        for (int c = 0; c < 3; c++) {
          out[3 * i + c] = Integer.parseInt(numbers[c]) / scale;
        }
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
