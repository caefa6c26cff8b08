package org.stereo4d.examples.report;

import java.util.List;
import java.util.Locale;
import org.stereo4d.run.Check;

/** Plots as inline SVG. Each has a text for readers who do not see it. */
public final class SvgPlot {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 220;
  private static final int LEFT = 48;
  private static final int RIGHT = 12;
  private static final int TOP = 12;
  private static final int BOTTOM = 34;

  private SvgPlot() {}

  /**
   * A line of a plot.
   *
   * @param name in the legend
   * @param values y; NaN leaves a gap
   */
  @SuppressWarnings("ArrayRecordComponent") // drawn once, never compared
  public record Line(String name, double[] values) {}

  /** How often values fall into equal classes between two bounds; those outside are left out. */
  public static String histogram(String title, String unit, float[] values, double[] range) {
    int bins = 40;
    double low = range[0];
    double high = range[1];
    Check.that(high > low, "range must rise, was %s to %s", low, high);
    double[] counts = new double[bins];
    for (float value : values) {
      if (value >= low && value < high) {
        counts[(int) ((value - low) / (high - low) * bins)]++;
      }
    }
    double most = 1;
    for (double count : counts) {
      most = Math.max(most, count);
    }
    StringBuilder out = open(title);
    axes(out, low, high, 0, most, unit);
    double step = (WIDTH - LEFT - RIGHT) / (double) bins;
    for (int b = 0; b < bins; b++) {
      double height = counts[b] / most * (HEIGHT - TOP - BOTTOM);
      out.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
              LEFT + b * step,
              HEIGHT - BOTTOM - height,
              Math.max(1, step - 1),
              height));
    }
    return out.append("</svg>").toString();
  }

  /** One or two lines over an even x axis. */
  public static String lines(String title, String xUnit, double[] xRange, List<Line> lines) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Line line : lines) {
      for (double value : line.values()) {
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    if (low > high) {
      low = 0;
      high = 1;
    }
    low = Math.min(low, 0);
    high = high > low ? high : low + 1;
    StringBuilder out = open(title);
    axes(out, xRange[0], xRange[1], low, high, xUnit);
    for (int i = 0; i < lines.size(); i++) {
      path(out, lines.get(i).values(), low, high, i == 0 ? "first" : "second");
      out.append(
          String.format(
              Locale.ROOT,
              "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>"
                  + "<text x=\"%d\" y=\"%d\">%s</text>",
              i == 0 ? "first" : "second",
              LEFT + 12 + 150 * i,
              TOP + 6,
              LEFT + 32 + 150 * i,
              TOP + 6,
              LEFT + 38 + 150 * i,
              TOP + 10,
              HtmlPage.escape(lines.get(i).name())));
    }
    return out.append("</svg>").toString();
  }

  private static void path(
      StringBuilder out, double[] values, double low, double high, String style) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        pen = false;
        continue;
      }
      double x = LEFT + (WIDTH - LEFT - RIGHT) * i / (double) Math.max(1, values.length - 1);
      double y = HEIGHT - BOTTOM - (values[i] - low) / (high - low) * (HEIGHT - TOP - BOTTOM);
      path.append(String.format(Locale.ROOT, "%s%.1f %.1f", pen ? "L" : "M", x, y));
      pen = true;
    }
    out.append("<path class=\"").append(style).append("\" d=\"").append(path).append("\"/>");
  }

  /** Bars with their names at the left and their values at the end. */
  public static String bars(String title, String unit, List<String> names, double[] values) {
    Check.that(names.size() == values.length, "%s bars had %s names", values.length, names.size());
    double most = 0;
    for (double value : values) {
      most = Double.isFinite(value) ? Math.max(most, value) : most;
    }
    int row = 28;
    int height = 8 + row * values.length;
    int start = 130;
    StringBuilder out = open(title, height);
    for (int i = 0; i < values.length; i++) {
      double width = most > 0 && values[i] > 0 ? values[i] / most * (WIDTH - start - 80) : 0;
      int y = 6 + row * i;
      out.append(
          String.format(
              Locale.ROOT,
              "<text x=\"0\" y=\"%d\">%s</text>"
                  + "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\"/>"
                  + "<text x=\"%.1f\" y=\"%d\">%.3g %s</text>",
              y + 14,
              HtmlPage.escape(names.get(i)),
              start,
              y,
              width,
              start + width + 6,
              y + 14,
              values[i],
              HtmlPage.escape(unit)));
    }
    return out.append("</svg>").toString();
  }

  private static StringBuilder open(String title) {
    return open(title, HEIGHT);
  }

  private static StringBuilder open(String title, int height) {
    return new StringBuilder(
        String.format(
            Locale.ROOT,
            "<svg role=\"img\" viewBox=\"0 0 %d %d\"><title>%s</title>",
            WIDTH,
            height,
            HtmlPage.escape(title)));
  }

  private static void axes(
      StringBuilder out, double xLow, double xHigh, double yLow, double yHigh, String unit) {
    int bottom = HEIGHT - BOTTOM;
    out.append(
        String.format(
            Locale.ROOT,
            "<path class=\"axis\" fill=\"none\" d=\"M%d %dV%dH%d\"/>",
            LEFT,
            TOP,
            bottom,
            WIDTH - RIGHT));
    for (int i = 0; i <= 4; i++) {
      double x = LEFT + (WIDTH - LEFT - RIGHT) * i / 4.0;
      out.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
              x,
              bottom + 14,
              number(xLow + (xHigh - xLow) * i / 4)));
    }
    for (int i = 0; i <= 2; i++) {
      double y = bottom - (bottom - TOP) * i / 2.0;
      out.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
              LEFT - 5,
              y + 4,
              number(yLow + (yHigh - yLow) * i / 2)));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
            WIDTH - RIGHT,
            HEIGHT - 4,
            HtmlPage.escape(unit)));
  }

  private static String number(double value) {
    String text =
        Math.abs(value) >= 10_000
            ? String.format(Locale.ROOT, "%.0fk", value / 1000)
            : String.format(Locale.ROOT, "%.3g", value);
    return text.contains("e") ? String.format(Locale.ROOT, "%.1g", value) : text;
  }
}
