package org.stereo4d.io.pose;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Check;
import org.stereo4d.run.Json;
import org.stereo4d.run.Limits;

/**
 * A named pinhole camera with its pose, and our JSON file of them.
 *
 * <pre>
 * {"cameras": [{"name": "0000", "width": 640, "height": 360,
 *   "focalXPx": 520, "focalYPx": 520, "centerXPx": 320, "centerYPx": 180,
 *   "worldFromCamera": [r00, r01, r02, tx, r10, ...]}]}
 * </pre>
 *
 * The pose is a row-major 3x4 matrix in our axes (x right, y down, z forward), metres.
 *
 * @param name of the picture, view or frame; not blank
 * @param camera intrinsics
 * @param worldFromCamera pose
 */
public record PosedCamera(String name, PinholeCamera camera, Rigid3 worldFromCamera) {
  private static final String LIST = "cameras";

  /** Checks the name. */
  public PosedCamera {
    Check.that(!name.isBlank(), "name must not be blank, was '%s'", name);
  }

  /** Reads a file. */
  public static List<PosedCamera> readAll(Path path) throws IOException {
    return readAll(path, Limits.DEFAULTS);
  }

  /** Reads a file. */
  public static List<PosedCamera> readAll(Path path, Limits limits) throws IOException {
    // a document in memory takes some times the bytes of its text
    limits.requireBytes(8 * Files.size(path), path.toString());
    String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    String place = LIST;
    try {
      List<PosedCamera> cameras = new ArrayList<>();
      Map<String, Object> file = Json.object(Json.parse(text, limits), "file");
      for (Object item : Json.list(member(file, LIST), LIST)) {
        place = LIST + "[" + cameras.size() + "]";
        cameras.add(parse(Json.object(item, place)));
      }
      return cameras;
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + place + ": " + e.getMessage(), e);
    }
  }

  private static PosedCamera parse(Map<String, Object> item) {
    ImageSize size = new ImageSize(side(item, "width"), side(item, "height"));
    PinholeCamera camera =
        new PinholeCamera(
            size,
            number(item, "focalXPx"),
            number(item, "focalYPx"),
            number(item, "centerXPx"),
            number(item, "centerYPx"));
    List<Object> matrix = Json.list(member(item, "worldFromCamera"), "worldFromCamera");
    double[] m = new double[matrix.size()];
    for (int i = 0; i < m.length; i++) {
      m[i] = number(matrix.get(i), "worldFromCamera[" + i + "]");
    }
    Object name = member(item, "name");
    Check.that(name instanceof String, "name must be a text, was %s", name);
    return new PosedCamera((String) name, camera, Rigid3.ofMatrix34(m));
  }

  private static Object member(Map<String, Object> item, String key) {
    return item.getOrDefault(key, Json.NULL);
  }

  private static int side(Map<String, Object> item, String key) {
    double value = number(item, key);
    Check.that(
        value == Math.rint(value) && value >= 1 && value <= Integer.MAX_VALUE,
        "%s must be a whole number > 0, was %s",
        key,
        value);
    return (int) value;
  }

  private static double number(Map<String, Object> item, String key) {
    return number(member(item, key), key);
  }

  private static double number(Object value, String key) {
    Check.that(value instanceof Number, "%s must be a number, was %s", key, value);
    return ((Number) value).doubleValue();
  }

  /** Writes a file. */
  public static void writeAll(Path path, List<PosedCamera> cameras) throws IOException {
    List<Object> items = new ArrayList<>();
    for (PosedCamera posed : cameras) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("name", posed.name);
      item.put("width", posed.camera.size().width());
      item.put("height", posed.camera.size().height());
      item.put("focalXPx", posed.camera.focalXPx());
      item.put("focalYPx", posed.camera.focalYPx());
      item.put("centerXPx", posed.camera.centerXPx());
      item.put("centerYPx", posed.camera.centerYPx());
      List<Double> matrix = new ArrayList<>();
      for (double m : posed.worldFromCamera.toMatrix34()) {
        matrix.add(m);
      }
      item.put("worldFromCamera", matrix);
      items.add(item);
    }
    String text = Json.format(Map.of(LIST, items));
    AtomicOutput.write(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
