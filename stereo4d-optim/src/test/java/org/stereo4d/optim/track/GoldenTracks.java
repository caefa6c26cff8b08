package org.stereo4d.optim.track;

import java.io.IOException;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

/** The golden tracks in blocks. */
final class GoldenTracks {
  final int count;
  final int frames;
  final double[] points;
  final double[] centers;
  final boolean[] mask;
  final boolean[] visible;
  final double[] dynamicShare;
  final NpzFile terms;

  GoldenTracks() throws IOException {
    terms = NpzFile.open(Golden.file("stereo4d/energy_terms.npz"));
    int[] shape = terms.shape("points");
    count = shape[0];
    frames = shape[1];
    points = terms.doubles("points");
    centers = terms.doubles("camera_centers");
    mask = terms.booleans("mask");
    visible = terms.booleans("visible");
    dynamicShare = terms.doubles("weight_dynamic");
  }

  boolean isSkipped(int track) {
    return Double.isNaN(dynamicShare[track]);
  }

  /** Fills a block with tracks from the first; options are the reference's. */
  void fill(TrackBlock block, int first, TrackEnergyOptions options) {
    block.clear();
    for (int l = 0; l < TrackBlock.LANES && first + l < count; l++) {
      int track = first + l;
      if (isSkipped(track)) {
        continue;
      }
      block.dynamicShare[l] = dynamicShare[track];
      block.staticWeight[l] = options.staticWeight();
      block.regularizer[l] = options.regularizerWeight();
      for (int t = 0; t < frames; t++) {
        int k = track * frames + t;
        if (mask[k]) {
          block.set(
              l,
              t,
              new double[] {points[3 * k], points[3 * k + 1], points[3 * k + 2]},
              new double[] {centers[3 * t], centers[3 * t + 1], centers[3 * t + 2]});
        }
      }
    }
    block.prepare(options);
  }

  double[] lanes(double[] all, int first) {
    double[] out = new double[frames * TrackBlock.LANES];
    for (int l = 0; l < TrackBlock.LANES && first + l < count; l++) {
      for (int t = 0; t < frames; t++) {
        double value = all[(first + l) * frames + t];
        out[t * TrackBlock.LANES + l] = Double.isNaN(value) ? 0 : value;
      }
    }
    return out;
  }
}
