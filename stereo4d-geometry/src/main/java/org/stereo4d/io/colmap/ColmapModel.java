package org.stereo4d.io.colmap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stereo4d.run.Check;
import org.stereo4d.run.Limits;

/**
 * A sparse reconstruction, everything by id, in the order of the files.
 *
 * @param cameras by camera id
 * @param images by image id; each refers to a camera
 * @param points by point id; each refers to images
 */
public record ColmapModel(
    Map<Integer, ColmapCamera> cameras,
    Map<Integer, ColmapImage> images,
    Map<Long, ColmapPoint> points) {
  /** Checks that every image has its camera and every point its images; copies the maps. */
  public ColmapModel {
    for (ColmapImage image : images.values()) {
      Check.that(
          cameras.containsKey(image.cameraId()),
          "image %s '%s' refers to camera %s, which must exist",
          image.id(),
          image.name(),
          image.cameraId());
    }
    for (ColmapPoint point : points.values()) {
      for (int imageId : point.imageIds()) {
        Check.that(
            images.containsKey(imageId),
            "point %s refers to image %s, which must exist",
            point.id(),
            imageId);
      }
    }
    cameras = Collections.unmodifiableMap(new LinkedHashMap<>(cameras));
    images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
    points = Collections.unmodifiableMap(new LinkedHashMap<>(points));
  }

  /** Reads the model in a folder, binary where it exists, else text. */
  public static ColmapModel read(Path folder) throws IOException {
    return read(folder, Limits.DEFAULTS);
  }

  /** Reads the model in a folder, binary where it exists, else text. */
  public static ColmapModel read(Path folder, Limits limits) throws IOException {
    if (Files.isRegularFile(folder.resolve("cameras.bin"))) {
      return readBinary(folder, limits);
    }
    if (Files.isRegularFile(folder.resolve("cameras.txt"))) {
      return readText(folder, limits);
    }
    throw new IOException(folder + ": has neither cameras.bin nor cameras.txt");
  }

  private static ColmapModel readBinary(Path folder, Limits limits) throws IOException {
    return assemble(
        folder,
        ColmapBinary.cameras(folder.resolve("cameras.bin"), limits),
        ColmapBinary.images(folder.resolve("images.bin"), limits),
        ColmapBinary.points(folder.resolve("points3D.bin"), limits));
  }

  private static ColmapModel readText(Path folder, Limits limits) throws IOException {
    return assemble(
        folder,
        ColmapText.cameras(folder.resolve("cameras.txt"), limits),
        ColmapText.images(folder.resolve("images.txt"), limits),
        ColmapText.points(folder.resolve("points3D.txt"), limits));
  }

  private static ColmapModel assemble(
      Path folder, List<ColmapCamera> cameras, List<ColmapImage> images, List<ColmapPoint> points)
      throws IOException {
    Map<Integer, ColmapCamera> cameraOf = new LinkedHashMap<>();
    for (ColmapCamera camera : cameras) {
      requireNew(cameraOf.put(camera.id(), camera) == null, folder, "camera", camera.id());
    }
    Map<Integer, ColmapImage> imageOf = new LinkedHashMap<>();
    for (ColmapImage image : images) {
      requireNew(imageOf.put(image.id(), image) == null, folder, "image", image.id());
    }
    Map<Long, ColmapPoint> pointOf = new LinkedHashMap<>();
    for (ColmapPoint point : points) {
      requireNew(pointOf.put(point.id(), point) == null, folder, "point", point.id());
    }
    try {
      return new ColmapModel(cameraOf, imageOf, pointOf);
    } catch (IllegalArgumentException e) {
      throw new IOException(folder + ": " + e.getMessage(), e);
    }
  }

  private static void requireNew(boolean isNew, Path folder, String what, long id)
      throws IOException {
    if (!isNew) {
      throw new IOException(folder + ": " + what + " " + id + " appears twice");
    }
  }

  /** The camera of an image. */
  public ColmapCamera cameraOf(ColmapImage image) {
    return Optional.ofNullable(cameras.get(image.cameraId()))
        .orElseThrow(
            () -> new IllegalArgumentException("camera must exist, was " + image.cameraId()));
  }

  /** Images in the order of their names, which is the order of frames or views. */
  public List<ColmapImage> imagesByName() {
    return images.values().stream().sorted(Comparator.comparing(ColmapImage::name)).toList();
  }

  /** Writes the three text files into a folder. */
  public void writeText(Path folder) throws IOException {
    ColmapText.write(this, folder);
  }
}
