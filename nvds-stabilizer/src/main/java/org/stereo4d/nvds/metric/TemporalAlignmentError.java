package org.stereo4d.nvds.metric;

import java.util.List;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.run.Check;

/**
 * Temporal alignment error of metric depth under known poses: depth of one frame is lifted, moved
 * into a neighbouring frame, projected with rounding and compared there, relative to the depth of
 * that frame; the mean over both directions of all pairs that follow each other.
 */
public final class TemporalAlignmentError {
  private TemporalAlignmentError() {}

  /**
   * The error of a clip.
   *
   * @param worldFromCameras one pose per map
   * @return NaN when no pixel meets another
   */
  public static double of(
      List<DepthMap> depths, PinholeCamera camera, List<Rigid3> worldFromCameras) {
    Check.that(
        depths.size() == worldFromCameras.size(),
        "%s maps need as many poses, got %s",
        depths.size(),
        worldFromCameras.size());
    double sum = 0;
    int count = 0;
    for (int t = 1; t < depths.size(); t++) {
      for (int back = 0; back < 2; back++) {
        int from = back == 0 ? t - 1 : t;
        int to = back == 0 ? t : t - 1;
        Rigid3 toFromFrom = worldFromCameras.get(to).inverse().compose(worldFromCameras.get(from));
        double error = pair(depths.get(from), depths.get(to), camera, toFromFrom);
        if (!Double.isNaN(error)) {
          sum += error;
          count++;
        }
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  private static double pair(DepthMap from, DepthMap to, PinholeCamera camera, Rigid3 toFromFrom) {
    double sum = 0;
    int count = 0;
    for (int y = 0; y < from.size().height(); y++) {
      for (int x = 0; x < from.size().width(); x++) {
        float depth = from.at(x, y);
        if (depth > 0 && depth < Float.POSITIVE_INFINITY) {
          Vec3 moved = toFromFrom.apply(camera.unproject(x + 0.5, y + 0.5, depth));
          double error = moved.z() > 0 ? errorAt(moved, to, camera) : Double.NaN;
          if (!Double.isNaN(error)) {
            sum += error;
            count++;
          }
        }
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  private static double errorAt(Vec3 point, DepthMap map, PinholeCamera camera) {
    double[] px = new double[2];
    camera.project(point.x(), point.y(), point.z(), px);
    double x = Math.floor(px[0]);
    double y = Math.floor(px[1]);
    if (x < 0 || y < 0 || x >= map.size().width() || y >= map.size().height()) {
      return Double.NaN;
    }
    float depth = map.at((int) x, (int) y);
    return depth > 0 ? Math.abs(point.z() - depth) / depth : Double.NaN;
  }
}
