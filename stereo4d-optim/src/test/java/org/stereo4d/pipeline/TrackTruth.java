package org.stereo4d.pipeline;

import java.util.Arrays;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.synthetic.scene.TrueTracks;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.track.Tracks3d;

/** Where the points of a synthetic clip really were, in the frame of an estimated calibration. */
final class TrackTruth {
  private final TrueTracks tracks;
  private final Rotation3 estimatedFromTrue;

  /**
   * Truth about queries.
   *
   * @param calibration the estimate, which may differ from the truth by a turn about the baseline
   */
  TrackTruth(
      SyntheticClip clip, PinholeCamera view, Vr180Calibration calibration, QueryPoints queries) {
    estimatedFromTrue =
        calibration
            .leftFromRectified()
            .inverse()
            .compose(clip.options().calibration().leftFromRectified());
    int[] frames = new int[queries.count()];
    float[] xy = new float[2 * frames.length];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = queries.frame(i);
      Vec3 ray = estimatedFromTrue.inverse().apply(view.ray(queries.xPx(i), queries.yPx(i)));
      xy[2 * i] = (float) (view.focalXPx() * ray.x() / ray.z() + view.centerXPx());
      xy[2 * i + 1] = (float) (view.focalYPx() * ray.y() / ray.z() + view.centerYPx());
    }
    tracks = clip.tracks(view, QueryPoints.wrap(frames, xy));
  }

  /** Distance of an estimated point from the truth, metres; NaN where the truth is the sky. */
  double errorMeters(Tracks3d estimate, int track, int frame) {
    if (!tracks.everywhere().isVisible(track, frame)) {
      return Double.NaN;
    }
    return estimatedFromTrue
        .apply(tracks.everywhere().point(track, frame))
        .distanceTo(estimate.point(track, frame));
  }

  /** Whether the surface a track was asked for moves by more than a millimetre over the clip. */
  boolean moves(int track) {
    Vec3 first = tracks.everywhere().point(track, 0);
    for (int t = 1; t < tracks.everywhere().frameCount(); t++) {
      if (tracks.everywhere().point(track, t).distanceTo(first) > 1e-3) {
        return true;
      }
    }
    return false;
  }

  /** Errors of all entries that are visible in a mask of entries, sorted, metres. */
  double[] sortedErrors(Tracks3d estimate, Tracks3d mask) {
    double[] out = new double[mask.visible().length];
    int n = 0;
    for (int i = 0; i < mask.count(); i++) {
      for (int t = 0; t < mask.frameCount(); t++) {
        double error = mask.isVisible(i, t) ? errorMeters(estimate, i, t) : Double.NaN;
        if (!Double.isNaN(error)) {
          out[n++] = error;
        }
      }
    }
    double[] sorted = Arrays.copyOf(out, n);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Root mean square step of static points between neighbouring frames, metres. */
  double staticJitter(Tracks3d estimate, Tracks3d mask) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < mask.count(); i++) {
      if (moves(i)) {
        continue;
      }
      for (int t = 1; t < mask.frameCount(); t++) {
        if (mask.isVisible(i, t) && mask.isVisible(i, t - 1)) {
          double step = estimate.point(i, t).distanceTo(estimate.point(i, t - 1));
          sum += step * step;
          n++;
        }
      }
    }
    return n == 0 ? Double.NaN : Math.sqrt(sum / n);
  }
}
