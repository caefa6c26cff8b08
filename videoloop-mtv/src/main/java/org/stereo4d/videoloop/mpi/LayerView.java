package org.stereo4d.videoloop.mpi;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Parallel;

/**
 * The layers that each pixel of a camera meets.
 *
 * <p>The camera's picture may be a window of a larger one: crop it by shifting the principal point.
 */
public final class LayerView {
  private final LayerMap map;
  private final ImageSize size;
  private final Vec3 origin;
  private final double[] directionAtZero = new double[3];
  private final double[] directionPerX = new double[3];
  private final double[] directionPerY = new double[3];
  private final double[] depth;
  private final double[] texelsPerUnit;
  private final double offsetX;
  private final double offsetY;
  private final int slots;

  /** The view of a camera at a place. */
  public LayerView(LayerMap map, PinholeCamera camera, Rigid3 cameraFromWorld) {
    this.map = map;
    this.size = camera.size();
    PlaneGeometry geometry = map.geometry();
    Rigid3 referenceFromCamera = geometry.referenceFromWorld().compose(cameraFromWorld.inverse());
    this.origin = referenceFromCamera.translation();
    double[] r = referenceFromCamera.rotation().toMatrix();
    for (int i = 0; i < 3; i++) {
      directionPerX[i] = r[3 * i] / camera.focalXPx();
      directionPerY[i] = r[3 * i + 1] / camera.focalYPx();
      directionAtZero[i] =
          r[3 * i + 2]
              - directionPerX[i] * camera.centerXPx()
              - directionPerY[i] * camera.centerYPx();
    }
    PinholeCamera reference = geometry.camera();
    this.offsetX = reference.centerXPx() + geometry.padColumns();
    this.offsetY = reference.centerYPx() + geometry.padRows();
    this.depth = IntStream.range(0, geometry.planes()).mapToDouble(geometry::depth).toArray();
    this.texelsPerUnit = new double[depth.length];
    for (int p = 0; p < depth.length; p++) {
      texelsPerUnit[p] = reference.focalXPx() / depth[p];
    }
    this.slots = countSlots();
  }

  /** The largest number of layers; a pixel that meets all planes ends the search. */
  private int countSlots() {
    SlotTaps middle = new SlotTaps(size.width(), depth.length);
    fill(size.height() / 2, middle);
    if (IntStream.of(middle.count).max().orElse(0) == depth.length) {
      return depth.length;
    }
    int[] most = new int[size.height()];
    Parallel.rows(
        size.height(),
        (start, end) -> {
          SlotTaps taps = new SlotTaps(size.width(), depth.length);
          for (int y = start; y < end; y++) {
            fill(y, taps);
            most[y] = IntStream.of(taps.count).max().orElse(0);
          }
        });
    return IntStream.of(most).max().orElse(0);
  }

  /** Where points are stored. */
  public LayerMap map() {
    return map;
  }

  /** Size of the picture. */
  public ImageSize size() {
    return size;
  }

  /** K, the largest number of layers that a pixel meets. */
  public int slots() {
    return slots;
  }

  /** Finds the layers of one row of pixels, nearest first. */
  void fill(int y, SlotTaps taps) {
    PlaneGeometry geometry = map.geometry();
    double lastX = geometry.planeSize().width() - 1.0;
    double lastY = geometry.planeSize().height() - 1.0;
    int width = size.width();
    findDirections(y, taps);
    Arrays.fill(taps.count, 0);
    for (int p = 0; p < depth.length; p++) {
      double ahead = depth[p] - origin.z();
      toPlane(taps.slopeX, origin.x(), ahead, texelsPerUnit[p], offsetX, taps.planeX);
      toPlane(taps.slopeY, origin.y(), ahead, texelsPerUnit[p], offsetY, taps.planeY);
      int start = 0;
      while (start < width && !isInside(start, ahead, lastX, lastY, taps)) {
        start++;
      }
      int end = width;
      while (end > start && !isInside(end - 1, ahead, lastX, lastY, taps)) {
        end--;
      }
      map.locateRun(p, start, end, 1 / ahead, taps);
    }
  }

  /** Rays of a row that meet a plane inside its texels follow each other: all limits are linear. */
  private static boolean isInside(int x, double ahead, double lastX, double lastY, SlotTaps taps) {
    double px = taps.planeX[x];
    double py = taps.planeY[x];
    boolean isAhead = ahead > 0 ? taps.forward[x] > 0 : ahead < 0 && taps.forward[x] < 0;
    return isAhead && px > 0 && px < lastX && py > 0 && py < lastY;
  }

  private void findDirections(int y, SlotTaps taps) {
    double v = y + 0.5;
    for (int x = 0; x < taps.forward.length; x++) {
      double u = x + 0.5;
      double dz = directionAtZero[2] + u * directionPerX[2] + v * directionPerY[2];
      taps.forward[x] = dz;
      taps.slopeX[x] = (directionAtZero[0] + u * directionPerX[0] + v * directionPerY[0]) / dz;
      taps.slopeY[x] = (directionAtZero[1] + u * directionPerX[1] + v * directionPerY[1]) / dz;
    }
  }

  private static void toPlane(
      double[] slopes, double start, double ahead, double scale, double offset, double[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] = (start + ahead * slopes[x]) * scale + offset;
    }
  }
}
