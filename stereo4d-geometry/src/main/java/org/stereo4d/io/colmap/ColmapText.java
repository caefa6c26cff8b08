package org.stereo4d.io.colmap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.TextLines;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Limits;

/** The text files of a model. Blank lines and lines that begin with # are skipped. */
final class ColmapText implements AutoCloseable {
  /** An image line holds all key points of the image, up to tens of thousands. */
  private static final int LONGEST_LINE = 16 << 20;

  private final Limits limits;
  private final TextLines lines;

  private ColmapText(Path path, Limits limits) throws IOException {
    this.limits = limits;
    limits.requireBytes(Files.size(path), path.toString());
    this.lines = TextLines.open(path, LONGEST_LINE);
  }

  static List<ColmapCamera> cameras(Path path, Limits limits) throws IOException {
    try (ColmapText file = new ColmapText(path, limits)) {
      return file.all(file::camera);
    }
  }

  static List<ColmapImage> images(Path path, Limits limits) throws IOException {
    try (ColmapText file = new ColmapText(path, limits)) {
      return file.all(file::image);
    }
  }

  static List<ColmapPoint> points(Path path, Limits limits) throws IOException {
    try (ColmapText file = new ColmapText(path, limits)) {
      return file.all(file::point);
    }
  }

  private interface Item<T> {
    T parse(String line) throws IOException;
  }

  private <T> List<T> all(Item<T> item) throws IOException {
    List<T> out = new ArrayList<>();
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      String content = line.get().strip();
      if (content.isEmpty() || content.startsWith("#")) {
        continue;
      }
      try {
        out.add(item.parse(content));
      } catch (IllegalArgumentException e) {
        // a malformed number, or a value that the record refuses
        throw new IOException(lines.place() + ": " + e.getMessage(), e);
      }
    }
    return out;
  }

  private String[] words(String line, int least, String expected) throws IOException {
    String[] words = line.split("\\s+");
    if (words.length < least) {
      throw new IOException(lines.place() + ": is '" + line + "', expected " + expected);
    }
    return words;
  }

  private ColmapCamera camera(String line) throws IOException {
    String[] w = words(line, 4, "id MODEL width height params...");
    ColmapCameraModel model =
        ColmapCameraModel.ofName(w[1])
            .orElseThrow(
                () -> new IOException(lines.place() + ": camera model " + w[1] + " is not known"));
    long width = Long.parseLong(w[2]);
    long height = Long.parseLong(w[3]);
    limits.requireImage(width, height, 1, lines.place());
    double[] parameters = new double[w.length - 4];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = Double.parseDouble(w[4 + i]);
    }
    ImageSize size = new ImageSize((int) width, (int) height);
    return new ColmapCamera(Integer.parseInt(w[0]), model, size, parameters);
  }

  /** An image has two lines; the second one, of key points, may be empty. */
  private ColmapImage image(String line) throws IOException {
    String[] w = line.split("\\s+", 10);
    if (w.length < 10) {
      throw new IOException(lines.place() + ": is '" + line + "', expected 9 numbers and a name");
    }
    double[] v = new double[8];
    for (int i = 1; i < 8; i++) {
      v[i] = Double.parseDouble(w[i]);
    }
    Rigid3 pose = new Rigid3(new Rotation3(v[1], v[2], v[3], v[4]), new Vec3(v[5], v[6], v[7]));
    String keyPoints = lines.next().orElse("").strip();
    String[] k = keyPoints.isEmpty() ? new String[0] : keyPoints.split("\\s+");
    if (k.length % 3 != 0) {
      throw new IOException(
          lines.place() + ": has " + k.length + " numbers, expected x y id triples");
    }
    double[] xy = new double[k.length / 3 * 2];
    long[] ids = new long[k.length / 3];
    for (int i = 0; i < ids.length; i++) {
      xy[2 * i] = Double.parseDouble(k[3 * i]);
      xy[2 * i + 1] = Double.parseDouble(k[3 * i + 1]);
      ids[i] = Long.parseLong(k[3 * i + 2]);
    }
    return new ColmapImage(Integer.parseInt(w[0]), pose, Integer.parseInt(w[8]), w[9], xy, ids);
  }

  private ColmapPoint point(String line) throws IOException {
    String[] w = words(line, 8, "id x y z r g b error imageId index...");
    if (w.length % 2 != 0) {
      throw new IOException(
          lines.place() + ": has " + w.length + " numbers, expected an even number");
    }
    Vec3 position =
        new Vec3(Double.parseDouble(w[1]), Double.parseDouble(w[2]), Double.parseDouble(w[3]));
    int rgb = 0;
    for (int i = 4; i < 7; i++) {
      rgb = rgb << 8 | (Integer.parseInt(w[i]) & 0xff);
    }
    int count = (w.length - 8) / 2;
    int[] imageIds = new int[count];
    int[] keyPoints = new int[count];
    for (int i = 0; i < count; i++) {
      imageIds[i] = Integer.parseInt(w[8 + 2 * i]);
      keyPoints[i] = Integer.parseInt(w[9 + 2 * i]);
    }
    double error = Double.parseDouble(w[7]);
    return new ColmapPoint(Long.parseLong(w[0]), position, rgb, error, imageIds, keyPoints);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  static void write(ColmapModel model, Path folder) throws IOException {
    write(folder.resolve("cameras.txt"), "id MODEL width height params", cameraLines(model));
    write(
        folder.resolve("images.txt"),
        "id qw qx qy qz tx ty tz cameraId name, then x y pointId of each key point",
        imageLines(model));
    write(
        folder.resolve("points3D.txt"),
        "id x y z r g b error, then imageId index of each picture",
        pointLines(model));
  }

  private static void write(Path path, String comment, List<String> lines) throws IOException {
    AtomicOutput.write(
        path,
        out -> {
          out.write(("# " + comment + "\n").getBytes(StandardCharsets.UTF_8));
          for (String line : lines) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private static List<String> cameraLines(ColmapModel model) {
    List<String> lines = new ArrayList<>();
    for (ColmapCamera c : model.cameras().values()) {
      StringBuilder line = new StringBuilder();
      line.append(c.id()).append(' ').append(c.model()).append(' ').append(c.size().width());
      line.append(' ').append(c.size().height());
      for (double p : c.parameters()) {
        line.append(' ').append(p);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static List<String> imageLines(ColmapModel model) {
    List<String> lines = new ArrayList<>();
    for (ColmapImage image : model.images().values()) {
      Rotation3 q = image.cameraFromWorld().rotation();
      Vec3 t = image.cameraFromWorld().translation();
      lines.add(
          String.format(
              Locale.ROOT,
              "%d %s %s %s %s %s %s %s %d %s",
              image.id(),
              q.w(),
              q.x(),
              q.y(),
              q.z(),
              t.x(),
              t.y(),
              t.z(),
              image.cameraId(),
              image.name()));
      StringBuilder keyPoints = new StringBuilder();
      for (int i = 0; i < image.pointIds().length; i++) {
        keyPoints.append(i == 0 ? "" : " ").append(image.xyPx()[2 * i]).append(' ');
        keyPoints.append(image.xyPx()[2 * i + 1]).append(' ').append(image.pointIds()[i]);
      }
      lines.add(keyPoints.toString());
    }
    return lines;
  }

  private static List<String> pointLines(ColmapModel model) {
    List<String> lines = new ArrayList<>();
    for (ColmapPoint p : model.points().values()) {
      StringBuilder line = new StringBuilder();
      line.append(p.id()).append(' ').append(p.pointWorld().x()).append(' ');
      line.append(p.pointWorld().y()).append(' ').append(p.pointWorld().z()).append(' ');
      line.append(p.rgb() >> 16 & 0xff).append(' ').append(p.rgb() >> 8 & 0xff).append(' ');
      line.append(p.rgb() & 0xff).append(' ').append(p.errorPx());
      for (int i = 0; i < p.imageIds().length; i++) {
        line.append(' ').append(p.imageIds()[i]).append(' ').append(p.keyPointIndices()[i]);
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
