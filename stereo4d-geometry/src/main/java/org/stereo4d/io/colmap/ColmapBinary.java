package org.stereo4d.io.colmap;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Limits;

/** The binary files of a model, little endian. Counts are checked against the bytes that remain. */
final class ColmapBinary implements AutoCloseable {
  private static final int LONGEST_NAME = 4096;
  private static final int CAMERA_BYTES = 4 + 4 + 8 + 8 + 3 * 8;
  private static final int IMAGE_BYTES = 4 + 7 * 8 + 4 + 1 + 8;
  private static final int POINT_BYTES = 8 + 3 * 8 + 3 + 8 + 8;

  private final Path path;
  private final Limits limits;
  private final DataInputStream in;
  private long left;

  private ColmapBinary(Path path, Limits limits) throws IOException {
    this.path = path;
    this.limits = limits;
    this.left = Files.size(path);
    limits.requireBytes(left, path.toString());
    this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16));
  }

  static List<ColmapCamera> cameras(Path path, Limits limits) throws IOException {
    try (ColmapBinary file = new ColmapBinary(path, limits)) {
      return file.all(CAMERA_BYTES, file::camera);
    }
  }

  static List<ColmapImage> images(Path path, Limits limits) throws IOException {
    try (ColmapBinary file = new ColmapBinary(path, limits)) {
      return file.all(IMAGE_BYTES, file::image);
    }
  }

  static List<ColmapPoint> points(Path path, Limits limits) throws IOException {
    try (ColmapBinary file = new ColmapBinary(path, limits)) {
      return file.all(POINT_BYTES, file::point);
    }
  }

  private interface Item<T> {
    T read() throws IOException;
  }

  private <T> List<T> all(int leastBytes, Item<T> item) throws IOException {
    int count = count(leastBytes, "items");
    List<T> out = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      try {
        out.add(item.read());
      } catch (IllegalArgumentException e) {
        throw new IOException(path + ": item " + i + ": " + e.getMessage(), e);
      }
    }
    if (left != 0) {
      throw new IOException(path + ": has " + left + " bytes behind its " + count + " items");
    }
    return out;
  }

  private ColmapCamera camera() throws IOException {
    int id = int32();
    int modelId = int32();
    ColmapCameraModel model =
        ColmapCameraModel.ofId(modelId)
            .orElseThrow(
                () ->
                    new IOException(
                        path + ": camera " + id + " has model " + modelId + ", expected 0 to 11"));
    long width = int64();
    long height = int64();
    limits.requireImage(width, height, 1, path + ": camera " + id);
    double[] parameters = new double[model.parameters()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = float64();
    }
    return new ColmapCamera(id, model, new ImageSize((int) width, (int) height), parameters);
  }

  private ColmapImage image() throws IOException {
    int id = int32();
    Rotation3 rotation = new Rotation3(float64(), float64(), float64(), float64());
    Rigid3 pose = new Rigid3(rotation, new Vec3(float64(), float64(), float64()));
    int cameraId = int32();
    String name = name();
    int count = count(24, "key points");
    double[] xy = new double[2 * count];
    long[] pointIds = new long[count];
    for (int i = 0; i < count; i++) {
      xy[2 * i] = float64();
      xy[2 * i + 1] = float64();
      pointIds[i] = int64();
    }
    return new ColmapImage(id, pose, cameraId, name, xy, pointIds);
  }

  private ColmapPoint point() throws IOException {
    long id = int64();
    Vec3 position = new Vec3(float64(), float64(), float64());
    int rgb = int8() << 16 | int8() << 8 | int8();
    double error = float64();
    int count = count(8, "images of a point");
    int[] imageIds = new int[count];
    int[] keyPoints = new int[count];
    for (int i = 0; i < count; i++) {
      imageIds[i] = int32();
      keyPoints[i] = int32();
    }
    return new ColmapPoint(id, position, rgb, error, imageIds, keyPoints);
  }

  private String name() throws IOException {
    byte[] bytes = new byte[LONGEST_NAME];
    for (int i = 0; i < LONGEST_NAME; i++) {
      bytes[i] = (byte) int8();
      if (bytes[i] == 0) {
        return new String(bytes, 0, i, StandardCharsets.UTF_8);
      }
    }
    throw new IOException(path + ": has a name of more than " + LONGEST_NAME + " bytes");
  }

  private int count(int leastBytesEach, String what) throws IOException {
    long count = int64();
    if (count < 0 || count > left / leastBytesEach || count > Integer.MAX_VALUE / 2 - 8) {
      throw new IOException(
          path + ": has " + Long.toUnsignedString(count) + " " + what + " in " + left + " bytes");
    }
    return (int) count;
  }

  private void take(int bytes) throws IOException {
    if (left < bytes) {
      throw new EOFException(path + ": ends within an item");
    }
    left -= bytes;
  }

  private int int8() throws IOException {
    take(1);
    return in.readUnsignedByte();
  }

  private int int32() throws IOException {
    take(4);
    return Integer.reverseBytes(in.readInt());
  }

  private long int64() throws IOException {
    take(8);
    return Long.reverseBytes(in.readLong());
  }

  private double float64() throws IOException {
    return Double.longBitsToDouble(int64());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
