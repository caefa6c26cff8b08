package org.stereo4d.synthetic.scene;

import java.util.List;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.synthetic.scene.Snapshot.Hit;
import org.stereo4d.track.QueryPoints;

/**
 * Exact answers about a scene, by rays through pixel centres. Immutable and thread-safe.
 *
 * @param scene what is asked about
 */
public record SceneTruth(SyntheticScene scene) {
  /** What each pixel sees. */
  public SurfaceMap surfaces(View view) {
    ImageSize size = view.camera().size();
    FloatImage range = FloatImage.create(size, 1);
    int[] object = new int[size.area()];
    byte[] semantic = new byte[size.area()];
    forEachPixel(
        view,
        (index, ray, hit) -> {
          range.array()[index] = hit.object < 0 ? Float.NaN : (float) hit.rangeMeters;
          object[index] = hit.object;
          semantic[index] = (byte) semanticClass(hit);
        });
    return new SurfaceMap(range, object, semantic);
  }

  private int semanticClass(Hit hit) {
    if (hit.object < 0) {
      return hit.object == Hit.SKY ? Surface.SKY : 0;
    }
    return scene.objects().get(hit.object).surface(hit.face).semanticClass();
  }

  /** Depth along the axis of a perspective view; NaN on the sky. */
  public DepthMap depth(View view) {
    return new DepthMap(depthMeters(view, 1, false));
  }

  /** {@code 1 / depth} of a perspective view; 0 on the sky. */
  public InverseDepthMap inverseDepth(View view) {
    FloatImage out = depthMeters(view, 1, true);
    float[] values = out.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.isNaN(values[i]) ? 0 : values[i];
    }
    return new InverseDepthMap(out);
  }

  /** {@code fx B / depth} of the left view of a rectified pair; NaN on the sky. */
  public DisparityMap disparity(View left, double baselineMeters) {
    Check.that(
        baselineMeters > 0 && Double.isFinite(baselineMeters),
        "baselineMeters must be > 0 and finite, was %s",
        baselineMeters);
    return new DisparityMap(depthMeters(left, pinhole(left).focalXPx() * baselineMeters, true));
  }

  private static PinholeCamera pinhole(View view) {
    Check.that(
        view.camera() instanceof PinholeCamera,
        "depth along the axis needs a perspective view, was %s",
        view.camera());
    return (PinholeCamera) view.camera();
  }

  private FloatImage depthMeters(View view, double factor, boolean inverse) {
    PixelRays rays = new PixelRays(view);
    FloatImage out = FloatImage.create(pinhole(view).size(), 1);
    forEachPixel(
        view,
        (index, ray, hit) -> {
          double depth = rays.depthMeters(hit.rangeMeters, ray[3], ray[4], ray[5]);
          double value = inverse ? factor / depth : factor * depth;
          out.array()[index] = hit.object < 0 ? Float.NaN : (float) value;
        });
    return out;
  }

  /**
   * Where each pixel's surface point is in another view, minus where it is in this one; NaN where
   * the other camera model cannot project it. Hidden points have flow too.
   */
  public FlowField flow(View from, View to) {
    FloatImage out = FloatImage.create(from.camera().size(), 2);
    int width = out.width();
    forEachCorrespondence(
        from,
        to,
        (index, xPx, yPx, seen) -> {
          int y = index / width;
          int x = index - y * width;
          out.array()[2 * index] = (float) (xPx - x - 0.5);
          out.array()[2 * index + 1] = (float) (yPx - y - 0.5);
        });
    return new FlowField(out);
  }

  /** Pixels whose surface point another view does not see: out of the picture, or covered. */
  public Mask occlusion(View from, View to) {
    Mask out = Mask.none(from.camera().size());
    forEachCorrespondence(from, to, (index, xPx, yPx, seen) -> out.array()[index] = !seen);
    return out;
  }

  @FunctionalInterface
  private interface PixelBody {
    void accept(int index, double[] ray, Hit hit);
  }

  private void forEachPixel(View view, PixelBody body) {
    Snapshot snapshot = new Snapshot(scene, view.timeSeconds());
    PixelRays rays = new PixelRays(view);
    int width = rays.size().width();
    Parallel.rows(
        rays.size().height(),
        (from, to) -> {
          double[] direction = new double[3 * width];
          double[] pixelRadians = new double[width];
          double[] ray = new double[6];
          Hit hit = new Hit();
          rays.startRay(ray);
          for (int y = from; y < to; y++) {
            rays.fill(0, y, width, 1, direction, pixelRadians);
            for (int x = 0; x < width; x++) {
              System.arraycopy(direction, 3 * x, ray, 3, 3);
              snapshot.cast(ray, hit);
              body.accept(y * width + x, ray, hit);
            }
          }
        });
  }

  @FunctionalInterface
  private interface CorrespondenceBody {
    void accept(int index, double xPx, double yPx, boolean seen);
  }

  private void forEachCorrespondence(View from, View to, CorrespondenceBody body) {
    Snapshot later = new Snapshot(scene, to.timeSeconds());
    PixelRays target = new PixelRays(to);
    forEachPixel(
        from,
        (index, ray, hit) -> {
          SurfacePoint point = SurfacePoint.of(hit, ray);
          double[] xyPx = new double[2];
          boolean seen = point.seenBy(later, target, new double[3], xyPx);
          body.accept(index, xyPx[0], xyPx[1], seen);
        });
  }

  /**
   * Follows the surface point that each query's pixel sees.
   *
   * @param views one per frame; the queries count them
   */
  public TrueTracks tracks(List<View> views, QueryPoints queries) {
    TrackCaster caster = new TrackCaster(scene, views, queries);
    Parallel.blocks(queries.count(), 64, caster::run);
    return caster.result();
  }
}
