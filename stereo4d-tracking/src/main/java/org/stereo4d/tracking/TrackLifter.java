package org.stereo4d.tracking;

import java.util.Iterator;
import java.util.List;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;

/**
 * Turns tracks of one view into world points (spec F.1).
 *
 * <p>An entry is visible when its 2D entry is, its place lies inside the picture and its depth d is
 * known with {@code 0 < d < max}. The colour of a track is the pixel of its query.
 */
public final class TrackLifter {
  private static final int BLOCK = 1024;

  private final PinholeCamera camera;
  private final LiftOptions options;

  /** A lifter for the view of a camera. */
  public TrackLifter(PinholeCamera camera, LiftOptions options) {
    this.camera = camera;
    this.options = options;
  }

  /**
   * Lifts tracks.
   *
   * @param depths one map per frame, read once in order; of the camera's size
   * @param worldFromCameras one pose per frame
   * @param frames one RGB picture per frame, read once in order; of the camera's size
   */
  public Tracks3d lift(
      Tracks2d tracks,
      Iterable<DepthMap> depths,
      List<Rigid3> worldFromCameras,
      Iterable<ByteImage> frames) {
    int frameCount = tracks.frameCount();
    Check.that(
        worldFromCameras.size() == frameCount,
        "tracks of %s frames need as many poses, had %s",
        frameCount,
        worldFromCameras.size());
    float[] xyz = new float[Math.multiplyExact(3, tracks.visible().length)];
    boolean[] visible = new boolean[tracks.visible().length];
    byte[] rgb = new byte[3 * tracks.count()];
    Iterator<DepthMap> depth = depths.iterator();
    Iterator<ByteImage> picture = frames.iterator();
    for (int t = 0; t < frameCount; t++) {
      Check.that(
          depth.hasNext() && picture.hasNext(),
          "tracks of %s frames need as many depth maps and pictures, had %s",
          frameCount,
          t);
      liftFrame(tracks, t, checked(depth.next()), worldFromCameras.get(t), xyz, visible);
      readColors(tracks.queries(), t, checked(picture.next()), rgb);
    }
    Check.that(
        !depth.hasNext() && !picture.hasNext(),
        "tracks of %s frames need as many depth maps and pictures, had more",
        frameCount);
    return Tracks3d.wrap(frameCount, xyz, visible, rgb);
  }

  private DepthMap checked(DepthMap depth) {
    Check.that(
        depth.size().equals(camera.size()),
        "depth maps must have the camera's size %s, had %s",
        camera.size(),
        depth.size());
    return depth;
  }

  private ByteImage checked(ByteImage picture) {
    Check.that(
        picture.size().equals(camera.size()) && picture.channels() == 3,
        "pictures must be RGB of the camera's size %s, had %s",
        camera.size(),
        picture);
    return picture;
  }

  private void liftFrame(
      Tracks2d tracks, int t, DepthMap depth, Rigid3 pose, float[] xyz, boolean[] visible) {
    double[] worldFromCamera = pose.toMatrix34();
    Parallel.blocks(
        tracks.count(),
        BLOCK,
        (start, end) -> {
          double[] world = new double[3];
          for (int i = start; i < end; i++) {
            int k = i * tracks.frameCount() + t;
            double x = tracks.xy()[2 * k];
            double y = tracks.xy()[2 * k + 1];
            if (tracks.visible()[k] && liftPoint(x, y, depth, worldFromCamera, world)) {
              visible[k] = true;
              xyz[3 * k] = (float) world[0];
              xyz[3 * k + 1] = (float) world[1];
              xyz[3 * k + 2] = (float) world[2];
            }
          }
        });
  }

  /**
   * The world point of a raster point.
   *
   * @param worldFromCamera row-major 3x4
   * @param world receives x, y, z; unset when the point does not lift
   * @return whether it lifts
   */
  boolean liftPoint(
      double xPx, double yPx, DepthMap depth, double[] worldFromCamera, double[] world) {
    if (!camera.contains(xPx, yPx)) {
      return false;
    }
    int column = options.lookup().index(xPx, camera.size().width());
    int row = options.lookup().index(yPx, camera.size().height());
    double d = depth.meters().array()[depth.meters().index(column, row)];
    if (!(d > 0 && d < options.maxDepthMeters())) {
      return false;
    }
    double x = d * (xPx - camera.centerXPx()) / camera.focalXPx();
    double y = d * (yPx - camera.centerYPx()) / camera.focalYPx();
    double[] m = worldFromCamera;
    world[0] = m[0] * x + m[1] * y + m[2] * d + m[3];
    world[1] = m[4] * x + m[5] * y + m[6] * d + m[7];
    world[2] = m[8] * x + m[9] * y + m[10] * d + m[11];
    return true;
  }

  private static void readColors(QueryPoints queries, int t, ByteImage picture, byte[] rgb) {
    for (int i = 0; i < queries.count(); i++) {
      if (queries.frame(i) == t) {
        int column = (int) Math.max(0, Math.min(picture.width() - 1, queries.xPx(i)));
        int row = (int) Math.max(0, Math.min(picture.height() - 1, queries.yPx(i)));
        System.arraycopy(picture.array(), picture.index(column, row), rgb, 3 * i, 3);
      }
    }
  }
}
