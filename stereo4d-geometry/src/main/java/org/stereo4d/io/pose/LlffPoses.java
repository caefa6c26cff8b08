package org.stereo4d.io.pose;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.run.Check;

/**
 * The rows of {@code poses_bounds.npy}, one per view, as OpenCV poses.
 *
 * <p>A row is a row-major 3x5 matrix, then near and far depth. Its columns are the camera's down
 * axis, right axis, backward axis, centre, and (image height, image width, focal length); so {@code
 * worldFromCamera} has the rotation columns {@code [c1, c0, -c2]}. Sizes refer to the pictures of
 * full resolution; the unit of length is that of the file.
 *
 * @param views in the order of the file, which is the order of the pictures' names
 */
public record LlffPoses(List<View> views) {
  private static final int COLUMNS = 17;

  /** Copies the list. */
  public LlffPoses {
    views = List.copyOf(views);
  }

  /**
   * One view.
   *
   * @param worldFromCamera pose, in the unit of the file
   * @param heightPx picture height; > 0
   * @param widthPx picture width; > 0
   * @param focalPx focal length; > 0
   * @param nearBound depth of the nearest point, in the unit of the file; finite
   * @param farBound depth of the farthest point, in the unit of the file; finite
   */
  public record View(
      Rigid3 worldFromCamera,
      double heightPx,
      double widthPx,
      double focalPx,
      double nearBound,
      double farBound) {
    /** Checks sizes and bounds. */
    public View {
      Check.that(
          isPositive(heightPx) && isPositive(widthPx) && isPositive(focalPx),
          "height, width and focal length must be > 0 and finite, were %s, %s and %s",
          heightPx,
          widthPx,
          focalPx);
      Check.that(
          Double.isFinite(nearBound) && Double.isFinite(farBound),
          "near and far must be finite, were %s and %s",
          nearBound,
          farBound);
    }

    private static boolean isPositive(double value) {
      return value > 0 && Double.isFinite(value);
    }

    private double[] row() {
      double[] m = worldFromCamera.toMatrix34();
      double[] size = {heightPx, widthPx, focalPx};
      double[] row = new double[COLUMNS];
      for (int r = 0; r < 3; r++) {
        row[5 * r] = m[4 * r + 1];
        row[5 * r + 1] = m[4 * r];
        row[5 * r + 2] = -m[4 * r + 2];
        row[5 * r + 3] = m[4 * r + 3];
        row[5 * r + 4] = size[r];
      }
      row[15] = nearBound;
      row[16] = farBound;
      return row;
    }
  }

  /** Reads a file of any floating type and order. */
  public static LlffPoses read(Path path) throws IOException {
    NpyArray array = NpyArray.read(path);
    if (array.rank() != 2 || array.shape()[1] != COLUMNS || !array.type().isFloating()) {
      throw new IOException(
          path + ": is " + array + ", expected floating point numbers of shape (N, 17)");
    }
    double[] all = array.doubles();
    List<View> views = new ArrayList<>();
    for (int i = 0; i < array.shape()[0]; i++) {
      double[] row = Arrays.copyOfRange(all, COLUMNS * i, COLUMNS * (i + 1));
      try {
        views.add(view(row));
      } catch (IllegalArgumentException e) {
        throw new IOException(path + ": row " + i + ": " + e.getMessage(), e);
      }
    }
    return new LlffPoses(views);
  }

  private static View view(double[] row) {
    double[] r = new double[9];
    for (int k = 0; k < 3; k++) {
      r[3 * k] = row[5 * k + 1];
      r[3 * k + 1] = row[5 * k];
      r[3 * k + 2] = -row[5 * k + 2];
    }
    Rigid3 pose = new Rigid3(Rotation3.ofMatrix(r), new Vec3(row[3], row[8], row[13]));
    return new View(pose, row[4], row[9], row[14], row[15], row[16]);
  }

  /** The rows as (N, 17) numbers. */
  public double[] toRows() {
    double[] rows = new double[COLUMNS * views.size()];
    for (int i = 0; i < views.size(); i++) {
      System.arraycopy(views.get(i).row(), 0, rows, COLUMNS * i, COLUMNS);
    }
    return rows;
  }

  /** Writes a file, float64. */
  public void write(Path path) throws IOException {
    NpyArray.of(toRows(), views.size(), COLUMNS).write(path);
  }
}
