package org.stereo4d.examples.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Json;

/** A page under construction: sections of cards, figures, tables and a viewer, all in one file. */
public final class HtmlPage {
  private final String title;
  private final String subtitle;
  private final StringBuilder body = new StringBuilder();
  private final Map<String, Object> numbers = new LinkedHashMap<>();
  private boolean figuresOpen;
  private boolean hasViewer;

  /** An empty page. */
  public HtmlPage(String title, String subtitle) {
    this.title = title;
    this.subtitle = subtitle;
  }

  /** Text as it may stand between tags and in quoted attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Adds numbers to {@code report.json}. */
  public HtmlPage record(String name, Object value) {
    numbers.put(name, value);
    return this;
  }

  /** Begins a section. */
  public HtmlPage section(String heading) {
    endFigures();
    body.append("<h2>").append(escape(heading)).append("</h2>\n");
    return this;
  }

  /** A paragraph. */
  public HtmlPage text(String text) {
    endFigures();
    body.append("<p>").append(escape(text)).append("</p>\n");
    return this;
  }

  /** Small boxes of one figure each. */
  public HtmlPage cards(Map<String, Object> figures) {
    endFigures();
    body.append("<div class=\"cards\">");
    figures.forEach(
        (name, value) ->
            body.append("<div class=\"card\"><b>")
                .append(escape(shown(value)))
                .append("</b><span>")
                .append(escape(name))
                .append("</span></div>"));
    body.append("</div>\n");
    return this;
  }

  static String shown(Object value) {
    if (!(value instanceof Double number)) {
      return value.toString();
    }
    return Double.isNaN(number) ? "–" : String.format(Locale.ROOT, "%.3g", number);
  }

  /**
   * A table; cells of class {@code Double} stand at the right, "ok", "missed" and "failed" in
   * colour.
   */
  public HtmlPage table(List<String> heads, List<List<Object>> rows) {
    endFigures();
    body.append("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
    heads.forEach(head -> body.append("<th scope=\"col\">").append(escape(head)).append("</th>"));
    body.append("</tr></thead><tbody>\n");
    for (List<Object> row : rows) {
      body.append("<tr>");
      row.forEach(this::cell);
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
    return this;
  }

  private void cell(Object value) {
    String style =
        value instanceof Number
            ? " class=\"number\""
            : "ok".equals(value)
                ? " class=\"good\""
                : "missed".equals(value) || "failed".equals(value) ? " class=\"bad\"" : "";
    body.append("<td").append(style).append('>').append(escape(shown(value))).append("</td>");
  }

  /** A plot. */
  public HtmlPage plot(String caption, String svg) {
    return figure(svg, caption);
  }

  /** A photograph, as JPEG. */
  public HtmlPage picture(String caption, ByteImage image) throws IOException {
    return figure(
        "<img loading=\"lazy\" alt=\""
            + escape(caption)
            + "\" src=\""
            + dataUri("image/jpeg", jpeg(image))
            + "\">",
        caption);
  }

  /** A small video. */
  public HtmlPage video(String caption, Path mp4) throws IOException {
    return figure(
        "<video controls loop muted playsinline aria-label=\""
            + escape(caption)
            + "\" src=\""
            + dataUri("video/mp4", Files.readAllBytes(mp4))
            + "\"></video>",
        caption);
  }

  private HtmlPage figure(String content, String caption) {
    if (!figuresOpen) {
      body.append("<div class=\"figures\">");
      figuresOpen = true;
    }
    body.append("<figure>").append(content).append("<figcaption>").append(escape(caption));
    body.append("</figcaption></figure>\n");
    return this;
  }

  private void endFigures() {
    if (figuresOpen) {
      body.append("</div>\n");
      figuresOpen = false;
    }
  }

  /** Everything another page holds but its title. */
  public HtmlPage append(HtmlPage other) {
    endFigures();
    other.endFigures();
    body.append(other.body);
    numbers.putAll(other.numbers);
    hasViewer |= other.hasViewer;
    return this;
  }

  /** The 3D viewer. */
  public HtmlPage viewer(TrackViewer viewer) {
    endFigures();
    body.append(viewer.html());
    hasViewer = true;
    return this;
  }

  /** A link to a file beside the page. */
  public HtmlPage link(String text, String target) {
    endFigures();
    body.append("<p><a href=\"").append(escape(target)).append("\">").append(escape(text));
    body.append("</a></p>\n");
    return this;
  }

  /** A picture as JPEG bytes. */
  public static byte[] jpeg(ByteImage image) throws IOException {
    BufferedImage picture =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    int blue = image.channels() == 1 ? 0 : 2;
    int green = image.channels() == 1 ? 0 : 1;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        picture.setRGB(
            x, y, image.at(x, y, 0) << 16 | image.at(x, y, green) << 8 | image.at(x, y, blue));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(picture, "jpeg", out)) {
      throw new IOException("this Java platform has no JPEG encoder");
    }
    return out.toByteArray();
  }

  private static String dataUri(String type, byte[] content) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
  }

  static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes {@code index.html} and {@code report.json}.
   *
   * @return the page
   */
  public Path write(Path folder) throws IOException {
    endFigures();
    String html =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            + "<link rel=\"icon\" href=\"data:,\">\n<title>"
            + escape(title)
            + "</title>\n<style>\n"
            + resource("report.css")
            + "</style>\n</head>\n<body>\n<main>\n<h1>"
            + escape(title)
            + "</h1>\n<p class=\"soft\">"
            + escape(subtitle)
            + "</p>\n"
            + body
            + "</main>\n"
            + (hasViewer ? "<script>\n" + resource("viewer.js") + "</script>\n" : "")
            + "</body>\n</html>\n";
    Path page = folder.resolve("index.html");
    byte[] json = Json.format(numbers).getBytes(StandardCharsets.UTF_8);
    AtomicOutput.write(page, out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
    AtomicOutput.write(folder.resolve("report.json"), out -> out.write(json));
    return page;
  }
}
