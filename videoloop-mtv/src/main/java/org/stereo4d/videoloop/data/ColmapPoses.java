package org.stereo4d.videoloop.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.stereo4d.camera.Vec3;
import org.stereo4d.io.colmap.ColmapCamera;
import org.stereo4d.io.colmap.ColmapImage;
import org.stereo4d.io.colmap.ColmapModel;
import org.stereo4d.io.colmap.ColmapPoint;
import org.stereo4d.io.pose.LlffPoses;
import org.stereo4d.run.Check;

/**
 * Turns a sparse reconstruction into the rows of {@code poses_bounds.npy}, in the order of picture
 * names.
 *
 * <p>Bounds are the 0.1 and 99.9 percentile of the depths of the points that a picture sees, by the
 * ids in their tracks. Points behind the camera are left out.
 */
public final class ColmapPoses {
  private static final int LEAST_POINTS = 10;
  private static final double NEAR_PERCENTILE = 0.1;
  private static final double FAR_PERCENTILE = 99.9;

  private ColmapPoses() {}

  /**
   * Rows for the registered pictures.
   *
   * @param poses one row per name
   * @param names of the registered pictures, sorted
   * @param distorted names of pictures whose camera model has a distortion that is ignored
   */
  public record Result(LlffPoses poses, List<String> names, List<String> distorted) {
    /** Copies the lists. */
    public Result {
      names = List.copyOf(names);
      distorted = List.copyOf(distorted);
    }
  }

  /**
   * Rows for every picture of a model.
   *
   * @throws IllegalArgumentException if a picture sees fewer than ten points in front of it
   */
  public static Result of(ColmapModel model) {
    List<ColmapImage> images = new ArrayList<>(model.images().values());
    images.sort(Comparator.comparing(ColmapImage::name));
    Map<Integer, List<Double>> depths = depths(model);
    List<LlffPoses.View> views = new ArrayList<>();
    List<String> distorted = new ArrayList<>();
    for (ColmapImage image : images) {
      ColmapCamera camera = camera(model, image);
      if (!camera.model().isPinhole()) {
        distorted.add(image.name());
      }
      double[] sorted =
          depths.getOrDefault(image.id(), List.of()).stream()
              .mapToDouble(d -> d)
              .sorted()
              .toArray();
      Check.that(
          sorted.length >= LEAST_POINTS,
          "picture '%s' must see >= %s points in front of it, saw %s",
          image.name(),
          LEAST_POINTS,
          sorted.length);
      views.add(
          new LlffPoses.View(
              image.worldFromCamera(),
              camera.size().height(),
              camera.size().width(),
              camera.focalXPx(),
              percentile(sorted, NEAR_PERCENTILE),
              percentile(sorted, FAR_PERCENTILE)));
    }
    return new Result(
        new LlffPoses(views), images.stream().map(ColmapImage::name).toList(), distorted);
  }

  private static ColmapCamera camera(ColmapModel model, ColmapImage image) {
    ColmapCamera camera = model.cameras().get(image.cameraId());
    if (camera == null) {
      throw new IllegalArgumentException(
          "picture '" + image.name() + "' refers to camera " + image.cameraId());
    }
    return camera;
  }

  /** Depths of the points in front of each picture, by image id. */
  private static Map<Integer, List<Double>> depths(ColmapModel model) {
    Map<Integer, List<Double>> out = new HashMap<>();
    for (ColmapPoint point : model.points().values()) {
      for (int id : Arrays.stream(point.imageIds()).distinct().toArray()) {
        ColmapImage image = model.images().get(id);
        if (image != null) {
          Vec3 inCamera = image.cameraFromWorld().apply(point.pointWorld());
          if (inCamera.z() > 0) {
            out.computeIfAbsent(id, key -> new ArrayList<>()).add(inCamera.z());
          }
        }
      }
    }
    return out;
  }

  /** Linear between order statistics: position {@code q/100 (n-1)}. */
  private static double percentile(double[] sorted, double percent) {
    double at = percent / 100 * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /**
   * Checks that every picture was registered; names are compared without their extension.
   *
   * @param pictures names of all pictures
   * @throws IllegalArgumentException naming the pictures without a pose
   */
  public static void requireAll(Result result, List<String> pictures) {
    TreeSet<String> missing = missing(result, pictures);
    Check.that(
        missing.isEmpty(),
        "every picture must be registered, these were not: %s; remove them and their clips, or go"
            + " on with the others",
        missing);
  }

  /** Names, without their extension, of the pictures that have no pose. */
  public static TreeSet<String> missing(Result result, List<String> pictures) {
    TreeSet<String> out = new TreeSet<>();
    pictures.forEach(name -> out.add(stem(name)));
    result.names().forEach(name -> out.remove(stem(name)));
    return out;
  }

  private static String stem(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }
}
