package org.stereo4d.synthetic.scene;

import java.util.Arrays;
import java.util.List;
import org.stereo4d.run.Check;
import org.stereo4d.synthetic.scene.Snapshot.Hit;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;

/** Follows the surface points of queries through all views; blocks of queries run in parallel. */
final class TrackCaster {
  private final QueryPoints queries;
  private final int frames;
  private final Snapshot[] snapshots;
  private final PixelRays[] rays;
  private final float[] xy;
  private final boolean[] visible;
  private final float[] xyz;
  private final boolean[] solid;
  private final byte[] rgb;
  private final int[] object;

  TrackCaster(SyntheticScene scene, List<View> views, QueryPoints queries) {
    Check.that(!views.isEmpty(), "tracks need at least one view, had %s", views.size());
    this.queries = queries;
    this.frames = views.size();
    this.snapshots =
        views.stream().map(v -> new Snapshot(scene, v.timeSeconds())).toArray(Snapshot[]::new);
    this.rays = views.stream().map(PixelRays::new).toArray(PixelRays[]::new);
    int entries = Math.multiplyExact(queries.count(), frames);
    this.xy = new float[Math.multiplyExact(2, entries)];
    this.visible = new boolean[entries];
    this.xyz = new float[Math.multiplyExact(3, entries)];
    this.solid = new boolean[entries];
    this.rgb = new byte[3 * queries.count()];
    this.object = new int[queries.count()];
  }

  void run(int startInclusive, int endExclusive) {
    Hit hit = new Hit();
    double[] ray = new double[6];
    Shading shading = new Shading();
    for (int i = startInclusive; i < endExclusive; i++) {
      int frame = queries.frame(i);
      Check.that(frame < frames, "query %s: frame must be < %s, was %s", i, frames, frame);
      double pixelRadians = rays[frame].ray(queries.xPx(i), queries.yPx(i), ray);
      snapshots[frame].cast(ray, hit);
      float[] color = shading.colorOf(snapshots[frame], ray, hit, pixelRadians);
      for (int c = 0; c < 3; c++) {
        rgb[3 * i + c] = (byte) Math.max(0, Math.min(255, Math.round(255 * color[c])));
      }
      object[i] = hit.object;
      follow(i, SurfacePoint.of(hit, ray));
    }
  }

  private void follow(int i, SurfacePoint point) {
    double[] xyzWorld = new double[3];
    double[] xyPx = new double[2];
    for (int t = 0; t < frames; t++) {
      int k = i * frames + t;
      visible[k] = point.seenBy(snapshots[t], rays[t], xyzWorld, xyPx);
      solid[k] = point.object() >= 0;
      xy[2 * k] = (float) xyPx[0];
      xy[2 * k + 1] = (float) xyPx[1];
      for (int c = 0; c < 3; c++) {
        xyz[3 * k + c] = (float) xyzWorld[c];
      }
    }
  }

  TrueTracks result() {
    return new TrueTracks(
        Tracks2d.wrap(queries, frames, xy, visible),
        Tracks3d.wrap(frames, xyz.clone(), visible.clone(), rgb),
        Tracks3d.wrap(frames, xyz, solid, Arrays.copyOf(rgb, rgb.length)),
        object);
  }
}
