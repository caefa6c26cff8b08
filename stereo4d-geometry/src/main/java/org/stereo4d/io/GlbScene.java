package org.stereo4d.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stereo4d.run.Json;

/**
 * The JSON of a {@link Glb} file: nodes, meshes, accessors and the animation.
 *
 * <p>The binary part is all points, frame after frame, 16 bytes each (3 floats, RGBA), then the
 * animation: three key times of each frame, then three scales of each frame.
 */
final class GlbScene {
  private static final int FLOAT = 5126;
  private static final int UNSIGNED_BYTE = 5121;
  private static final int ARRAY_BUFFER = 34962;
  private static final int POINT_BYTES = 16;
  private static final int TIMES_BYTES = 12;
  private static final int SCALES_BYTES = 36;

  private final Bounds[] bounds;
  private final double framesPerSecond;

  /**
   * A scene of frames without points yet.
   *
   * @param framesPerSecond 0 for a still scene
   */
  GlbScene(int frames, double framesPerSecond) {
    this.bounds = new Bounds[frames];
    for (int t = 0; t < frames; t++) {
      bounds[t] = new Bounds();
    }
    this.framesPerSecond = framesPerSecond;
  }

  /** Number, first point and extent of the points of one frame, relative to the first point. */
  static final class Bounds {
    private final float[] origin = new float[3];
    private final float[] least = new float[3];
    private final float[] most = new float[3];
    private int count;

    void add(float[] xyz, int k) {
      for (int d = 0; d < 3; d++) {
        if (count == 0) {
          origin[d] = xyz[k + d];
        }
        float v = xyz[k + d] - origin[d];
        least[d] = Math.min(least[d], v);
        most[d] = Math.max(most[d], v);
      }
      count++;
    }

    float origin(int axis) {
      return origin[axis];
    }
  }

  Bounds bounds(int frame) {
    return bounds[frame];
  }

  long points() {
    return Arrays.stream(bounds).mapToLong(b -> b.count).sum();
  }

  private boolean isAnimated() {
    return framesPerSecond > 0 && bounds.length > 1 && points() > 0;
  }

  /**
   * Key times and scales. A node is hidden from time 0, shown from its start, hidden from its end;
   * the first one is shown from time 0, the last one stays.
   */
  byte[] animationData() {
    if (!isAnimated()) {
      return new byte[0];
    }
    int bytes = Math.multiplyExact(bounds.length, TIMES_BYTES + SCALES_BYTES);
    ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int t = 0; t < bounds.length; t++) {
      // key times must rise, so that the first frame has its middle key half way
      out.putFloat(0).putFloat(t == 0 ? seconds(1) / 2 : seconds(t)).putFloat(seconds(t + 1));
    }
    for (int t = 0; t < bounds.length; t++) {
      float before = t == 0 ? 1 : 0;
      float after = t == bounds.length - 1 ? 1 : 0;
      for (float scale : new float[] {before, 1, after}) {
        out.putFloat(scale).putFloat(scale).putFloat(scale);
      }
    }
    return out.array();
  }

  private float seconds(int frame) {
    return (float) (frame / framesPerSecond);
  }

  /** The JSON chunk. A frame without points has no node: nothing is shown while it lasts. */
  String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("asset", Map.of("version", "2.0", "generator", "stereo4d-java"));
    root.put("scene", 0);
    root.put("scenes", List.of(Map.of("nodes", List.of(0))));
    List<Object> nodes = new ArrayList<>();
    List<Object> meshes = new ArrayList<>();
    List<Object> accessors = new ArrayList<>();
    nodes.add(Map.of());
    for (int t = 0, offset = 0; t < bounds.length; offset += bounds[t].count, t++) {
      if (bounds[t].count > 0) {
        nodes.add(node(t, meshes.size()));
        meshes.add(mesh(accessors.size()));
        addPointAccessors(bounds[t], (long) offset * POINT_BYTES, accessors);
      }
    }
    nodes.set(0, worldNode(meshes.size()));
    root.put("nodes", nodes);
    if (!meshes.isEmpty()) {
      root.put("meshes", meshes);
      if (isAnimated()) {
        root.put("animations", List.of(animation(accessors)));
      }
      root.put("accessors", accessors);
      addBuffers(root);
    }
    return Json.format(root);
  }

  private static Map<String, Object> worldNode(int children) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("name", "world: x right, y down, z forward");
    node.put("rotation", List.of(1, 0, 0, 0));
    if (children > 0) {
      List<Integer> indices = new ArrayList<>();
      for (int i = 1; i <= children; i++) {
        indices.add(i);
      }
      node.put("children", indices);
    }
    return node;
  }

  private Map<String, Object> node(int frame, int mesh) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("name", "frame " + frame);
    node.put("mesh", mesh);
    node.put("translation", list(bounds[frame].origin));
    if (isAnimated() && frame > 0) {
      node.put("scale", List.of(0, 0, 0));
    }
    return node;
  }

  private static Map<String, Object> mesh(int accessor) {
    Map<String, Object> attributes = Map.of("POSITION", accessor, "COLOR_0", accessor + 1);
    return Map.of("primitives", List.of(Map.of("mode", 0, "attributes", attributes)));
  }

  private static void addPointAccessors(Bounds b, long offset, List<Object> accessors) {
    Map<String, Object> positions = accessor(0, offset, FLOAT, b.count, "VEC3");
    positions.put("min", list(b.least));
    positions.put("max", list(b.most));
    accessors.add(positions);
    Map<String, Object> colors = accessor(0, offset + 12, UNSIGNED_BYTE, b.count, "VEC4");
    colors.put("normalized", true);
    accessors.add(colors);
  }

  private static Map<String, Object> accessor(
      int view, long offset, int componentType, int count, String type) {
    Map<String, Object> accessor = new LinkedHashMap<>();
    accessor.put("bufferView", view);
    accessor.put("byteOffset", offset);
    accessor.put("componentType", componentType);
    accessor.put("count", count);
    accessor.put("type", type);
    return accessor;
  }

  private Map<String, Object> animation(List<Object> accessors) {
    List<Object> samplers = new ArrayList<>();
    List<Object> channels = new ArrayList<>();
    for (int t = 0; t < bounds.length; t++) {
      if (bounds[t].count == 0) {
        continue;
      }
      Map<String, Object> times = accessor(1, (long) TIMES_BYTES * t, FLOAT, 3, "SCALAR");
      times.put("min", List.of(0));
      times.put("max", List.of(seconds(t + 1)));
      long scales = (long) TIMES_BYTES * bounds.length + (long) SCALES_BYTES * t;
      int input = accessors.size();
      accessors.add(times);
      accessors.add(accessor(1, scales, FLOAT, 3, "VEC3"));
      int node = channels.size() + 1;
      channels.add(
          Map.of("sampler", samplers.size(), "target", Map.of("node", node, "path", "scale")));
      samplers.add(Map.of("input", input, "interpolation", "STEP", "output", input + 1));
    }
    return Map.of("name", "tracks", "samplers", samplers, "channels", channels);
  }

  private void addBuffers(Map<String, Object> root) {
    long pointBytes = points() * POINT_BYTES;
    int animationBytes = animationData().length;
    List<Object> views = new ArrayList<>();
    Map<String, Object> points = new LinkedHashMap<>();
    points.put("buffer", 0);
    points.put("byteOffset", 0);
    points.put("byteLength", pointBytes);
    points.put("byteStride", POINT_BYTES);
    points.put("target", ARRAY_BUFFER);
    views.add(points);
    if (animationBytes > 0) {
      views.add(Map.of("buffer", 0, "byteOffset", pointBytes, "byteLength", animationBytes));
    }
    root.put("bufferViews", views);
    root.put("buffers", List.of(Map.of("byteLength", pointBytes + animationBytes)));
  }

  private static List<Float> list(float[] values) {
    return List.of(values[0], values[1], values[2]);
  }
}
